import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { detectDevelopments } from "../../../src/detect/developments.ts";
import { conflictOf } from "../../../src/detect/thread/conflict.ts";
import { shipped } from "../../../src/paths.ts";
import { readDocument } from "../../../src/read/document.ts";
import { noHints } from "../../../src/read/hints.ts";
import { compileLexicon } from "../../../src/read/statement/lexicon.ts";

const catalogue = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
const lexicon = compileLexicon(catalogue);
/** A Saturday. */
const PUBLISHED = { value: "2026-11-21", precision: "day", basis: "user", raw: "2026-11-21" } as const;

/** A text, and the types of what it tells as new. */
const cases = z.array(z.strictObject({ text: z.string(), new: z.array(z.string()), hedge: z.string().optional() }));

function casesOf(name: string) {
  return cases.parse(parse(readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8")));
}

/** Reads a text of 21 November 2026 by nobody official, and finds what it tells as new. */
function newIn(text: string) {
  const { article, statements } = readDocument(
    { bytes: new TextEncoder().encode(text), url: "file:///sentence.txt", headers: {} },
    { ...noHints, published: PUBLISHED },
    lexicon,
  );
  const { developmentTypes: types, events, actors } = catalogue;
  return detectDevelopments({
    ...{ article, statements, official: false, sourceActorId: null },
    ...{ types, events, actors, past: [], now: new Date("2026-11-22T00:00:00Z") },
  }).filter(({ status }) => status === "new");
}

describe("a text of one sentence or two, told on 21 November 2026", () => {
  test.each(casesOf("told.yaml"))("is news of $new: $text", ({ text, new: types, hedge }) => {
    const found = newIn(text);
    expect(found.map(({ type }) => type).sort()).toEqual([...types].sort());
    if (hedge) expect(found[0]?.hedge).toBe(hedge);
  });

  test.each(casesOf("look-alikes.yaml"))("that only looks like news is $new: $text", ({ text, new: types }) => {
    expect(
      newIn(text)
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...types].sort());
  });
});

test("that nothing was agreed at a meeting contradicts that something was, also where one side alone says so", () => {
  const linkOf = (documentId: number, text: string) => {
    const [found] = newIn(text);
    if (!found) throw new Error(`nothing new is found in: ${text}`);
    return { ...found, documentId, at: new Date("2026-11-21T00:00:00Z") };
  };
  const agreed = linkOf(1, "China and the United States agreed to hold a dialogue on AI at the Geneva meeting.");
  const denied = linkOf(2, "The White House said no agreement was reached on a dialogue on AI at the Geneva meeting.");
  expect(conflictOf(agreed, denied)).toBe("outcome");
});
