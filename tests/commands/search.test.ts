import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepWords } from "../web/archive.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-search-"));
  await writeFile(
    join(folder, "note.txt"),
    `${"The weather was fine. ".repeat(60)}\n\nA zeppelin came over the lake.\n`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parley = (...args: readonly string[]) => runParley(args, { PARLEY_DATA: folder, DATABASE_URL: db.url() });

test("an imported document is found at once by words that nobody said", { timeout: 90_000 }, async () => {
  expect(await parley("import", join(folder, "note.txt"), "--origin", "a desk drawer")).toMatchObject({ code: 0 });
  const { code, out } = await parley("search", "--documents", "zeppelin -submarine", "--lang", "en");
  expect(code).toBe(0);
  const found = JSON.parse(out);
  expect(found).toMatchObject({
    origin: "a desk drawer (note.txt)",
    sourceId: null,
    lang: "en",
    statements: 0,
    version: 1,
  });
  const { text, highlights } = found.excerpt;
  expect(highlights.map(({ start, end }: { start: number; end: number }) => text.slice(start, end))).toEqual([
    "zeppelin",
  ]);
  const table = await parley("search", "--documents", "zeppelin", "--format", "table");
  expect(table.out).toMatch(/A zeppelin\s+came over the lake\./);
  expect((await parley("search", "--documents", "unheard")).err).toContain("No document meets this.");
  expect(await parley("search", "--documents", "(zeppelin")).toMatchObject({ code: 2 });
});

test("a term that begins with a hyphen is left out, and not taken for an option", { timeout: 90_000 }, async () => {
  await parley("import", join(folder, "note.txt"), "--origin", "a desk drawer");
  const found = async (...words: readonly string[]) => {
    const { code, out } = await parley("search", "--documents", ...words, "--format", "json");
    return [code, out === "" ? 0 : 1];
  };
  expect(await found("-submarine", "zeppelin")).toEqual([0, 1]);
  expect(await found("-zeppelin")).toEqual([0, 0]);
  expect(await found("weather", "-a zeppelin")).toEqual([0, 0]);
  expect(await found("-kind:direct lake")).toEqual([0, 1]);
  expect((await parley("search", "-kind:spoken")).err).toContain("kind");
  expect(await parley("search", "--unheard")).toMatchObject({ code: 2, err: expect.stringContaining("--unheard") });
});

test("a search that finds nothing because of a slip says what may have been meant, and how to ask it", {
  timeout: 60_000,
}, async () => {
  await keepCatalogue(db());
  await keepWords(db(), "Norland will open a hotline.");
  const { code, out, err } = await parley("search", "hotlnie", "lang:en");
  expect(out).toBe("");
  expect(err).toContain("No statement meets this.");
  expect(err).toContain("Did you mean “hotline”? With the question 'hotline lang:en' this finds 1 statement.");
  expect(code).toBe((await parley("search", "unheard")).code);
});
