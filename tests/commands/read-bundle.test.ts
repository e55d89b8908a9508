import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Source } from "../../src/catalogue/source.ts";
import { evidenceParts } from "../../src/commands/export.ts";
import { compareTexts } from "../../src/commands/read-bundle.ts";
import { captureWithBody } from "../../src/db/archive/captures.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { type BundlePart, verifyBundle, writeBundle } from "../../src/present/evidence-bundle.ts";
import { readArticle } from "../../src/read/article/article.ts";
import { opened } from "../../src/read/container/open.ts";
import { READER_VERSION } from "../../src/read/version.ts";
import { buildActor, buildCatalogue, buildSource, buildType } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildCapture, buildVersion } from "../support/rows.ts";
import { keepDevelopment } from "../web/archive.ts";

const db = useDatabase();
const KEY = "apikey=do-not-tell";

const norland = (body: string) =>
  buildCatalogue({
    actors: [buildActor()],
    developmentTypes: [buildType("talks.announced")],
    sources: [
      buildSource({
        charset: "windows-1251",
        document: { layout: "general", body: [body], title: [], date: [], drop: [".aside"], fromFeed: false },
        list: { kind: "feed", url: `https://norland.example/feed?${KEY}`, fallbackUrls: [] },
        notes: ["Ask Ines for the key."],
      }),
    ],
  });

/** "Привет" as its source's charset has it, which neither the page nor its headers name. */
const greeting = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
const page = Buffer.concat([
  Buffer.from(
    "<html><title>Talks</title><main>Other words of the page.</main><div id=text><p class=aside>Left out.</p><p>",
  ),
  ...[greeting, Buffer.from(". A hotline was promised.</p></div></html>")],
]);

let parts: readonly BundlePart[];
let developmentId = 0;

beforeAll(async () => {
  await saveCatalogue(db(), norland("#text"), noon);
  const capture = await buildCapture(db(), {
    body: page,
    headers: { "content-type": "text/html" },
    sourceId: "norland-briefings",
  });
  const stored = await captureWithBody(db(), capture.captureId);
  const { source = null, fetched = { bytes: page, url: "", headers: {} } } = stored ?? {};
  const article = readArticle(await opened(fetched), { source, published: null, title: null, lang: null });
  expect(article.text).toBe("Привет. A hotline was promised.");
  const version = await buildVersion(db(), { capture, article });
  developmentId = await keepDevelopment(db(), version, { evidence: [{ start: 8, end: 17 }] });
  parts = (await evidenceParts(db(), developmentId)) ?? [];
});

const check = async (all: readonly BundlePart[]) => {
  const { breaches, texts } = verifyBundle(writeBundle(all, noon));
  return { ...(await compareTexts(texts, norland("#text").sources)), parts: breaches };
};
const changed = (kind: string, change: (value: Record<string, unknown>) => Record<string, unknown>) =>
  parts.map((part) =>
    part.name.startsWith(kind) ? { ...part, value: change(part.value as Record<string, unknown>) } : part,
  );

describe("the texts of a bundle", () => {
  test("are read again from its bytes, with the selectors and the charset that they were read with", async () => {
    expect(await check(parts)).toEqual({ compared: 1, breaches: [], notes: [], parts: [] });
  });

  test("say nothing of what the operator noted or asks with", () => {
    expect(JSON.stringify(parts)).toContain("#text");
    expect(JSON.stringify(parts)).not.toMatch(/do-not-tell|Ines/);
  });

  test("are named when they do not follow from the bytes, though every hash fits", async () => {
    const text = "Привет. A hot war was promised.";
    const textSha256 = createHash("sha256").update(text).digest("hex");
    const forged = changed("version", (value) => ({ ...value, text, textSha256 })).map((part) =>
      part.name.startsWith("evidence")
        ? { ...part, value: { ...(part.value as object), words: text.slice(8, 17) } }
        : part,
    );
    const name = parts.find((part) => part.name.startsWith("version"))?.name;
    expect(await check(forged)).toMatchObject({
      ...{ parts: [], compared: 1, notes: [] },
      breaches: [{ part: name, what: expect.stringContaining(`not what reader ${READER_VERSION} reads`) }],
    });
  });

  test.each([
    ["other selectors", { drop: [".aside", "p"] }, {}, 1],
    ["another charset", {}, { charset: "gb18030" }, 1],
    ["a source that is not there", {}, { id: "southmark-news" }, 0],
  ])(
    "that a bundle reads with %s than the catalogue are noted, whatever they give",
    async (_, document, says, broken) => {
      const found = await check(
        changed("version", (value) => {
          const { source, ...rest } = value.readAs as { source: Source };
          return {
            ...value,
            readAs: { ...rest, source: { ...source, ...says, document: { ...source.document, ...document } } },
          };
        }),
      );
      expect(found).toMatchObject({ compared: 1, notes: [{ what: expect.stringContaining("not your catalogue's") }] });
      expect(found.breaches).toHaveLength(broken);
    },
  );

  test.each([
    ["of an older reader", "version", { readerVersion: READER_VERSION - 1 }, `read by reader ${READER_VERSION - 1}`],
    ["of an older Parley's bundle", "version", { readAs: undefined }, "does not say what it was read with"],
    ["read with what nobody reads with", "version", { readAs: { source: 5 } }, "not written as this Parley writes it"],
    ["of a fetch without headers", "capture", { headers: undefined }, "not written as this Parley writes it"],
    ["whose bytes were taken away", "capture", { bytesBase64: null }, "its bytes were taken away"],
  ])("%s are noted and not compared", async (_, kind, says, note) => {
    const found = await check(changed(kind, (value) => ({ ...value, ...says })));
    expect(found).toMatchObject({
      compared: 0,
      breaches: [],
      parts: [],
      notes: [{ what: expect.stringContaining(note) }],
    });
  });

  test("of a source whose entry has changed since cannot be read again, which the bundle says", async () => {
    await saveCatalogue(db(), norland("main"), noon);
    const later = (await evidenceParts(db(), developmentId)) ?? [];
    await saveCatalogue(db(), norland("#text"), noon);
    expect(await check(later)).toMatchObject({ compared: 0, breaches: [], notes: [expect.anything()] });
  });
});
