import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runParley } from "../commands/run-parley.ts";
import { linkKept } from "../support/copies.ts";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const WORDS = "Norland will join the treaty.";
let id = 0;

beforeAll(async () => {
  await keepCatalogue(db());
  id = (await keepWords(db(), WORDS, { polarity: "negated", kind: "indirect" })).id;
});

const parley = async (...words: readonly string[]) =>
  (await runParley(words, { DATABASE_URL: db.url(), PARLEY_DATA: join(tmpdir(), "parley-none") })).out;

describe("words that were denied or not said", () => {
  test("are cited with that mark on their page, in both languages", async () => {
    const { $ } = await openWeb(db()).page(`/statements/${id}`);
    expect($(".citation").text()).toContain(`“${WORDS}” (denied or not said)`);
    expect($(".marks .markNegated").text()).toBe("denied or not said");
    const zh = await openWeb(db()).page(`/statements/${id}?lang=zh`);
    expect(zh.$(".citation").text()).toContain(`“${WORDS}” (否认或未说)`);
  });

  test("carry it where the same words stand elsewhere", async () => {
    const said = "The two sides will keep the line between their laboratories open at every hour of the day";
    const first = await keepWords(db(), said, { day: "2026-03-02", polarity: "negated" });
    const again = await keepWords(db(), said, { day: "2026-05-18", sourceId: "southmark-news" });
    for (const { versionId } of [first, again]) await linkKept(db(), versionId);
    const { $ } = await openWeb(db()).page(`/statements/${again.id}`);
    expect($(".elsewhere .markNegated").text()).toBe("denied or not said");
    expect((await openWeb(db()).page(`/statements/${first.id}`)).$(".elsewhere .markNegated")).toHaveLength(0);
  });

  test("are not told as said by BibTeX and CSL-JSON", async () => {
    expect(await (await openWeb(db()).get(`/statements/${id}.bib`)).text()).toContain("(denied or not said)");
    expect((await openWeb(db()).json(`/statements/${id}.csl.json`)).body[0].note).toBe("denied or not said");
  });

  test("carry the mark in feeds, for people and for programs", async () => {
    const [item] = (await openWeb(db()).json("/feeds/statements.json?q=treaty")).body.items;
    expect(item.title).toMatch(/^\(denied or not said\) /);
    expect(item.content_text).toContain(`${WORDS} (denied or not said)`);
    expect(item._parley).toEqual({ kind: "indirect", act: "speech", polarity: "negated" });
    const atom = await (await openWeb(db()).get("/feeds/statements.atom?q=treaty")).text();
    expect(atom).toContain("<title>(denied or not said) ");
    expect(atom).toContain('<category scheme="urn:parley:polarity" term="negated"/>');
  });

  test("carry it in what the command line prints", async () => {
    const table = (await parley("search", "treaty", "--format", "table")).replace(/\s+/g, " ");
    expect(table).toContain("(denied or");
    expect(await parley("search", "treaty", "--format", "csv")).toMatch(/,act,polarity\n[\s\S]*,speech,negated\n$/);
    expect(await parley("export", "treaty", "--format", "csv")).toMatch(/,polarity\n[\s\S]*,negated\n$/);
    expect(JSON.parse(await parley("export", "treaty"))).toMatchObject({ polarity: "negated", act: "speech" });
  });
});
