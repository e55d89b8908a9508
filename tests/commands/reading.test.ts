import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { READER_VERSION } from "../../src/read/version.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture, buildVersion } from "../support/rows.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
const text = "We will talk. We will wait.";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-reading-"));
  await saveCatalogue(db(), buildCatalogue(), noon);
  const ada = { text: "Ada Reed, a fellow", start: null, end: null, form: "name", via: "self" } as const;
  const said = ["We will talk.", "We will wait."].map((words) =>
    buildStatement(text, words, { speaker: ada, actors: [] }),
  );
  const capture = await buildCapture(db());
  await buildVersion(db(), {
    capture,
    readerVersion: READER_VERSION - 1,
    article: { text },
    statements: said.slice(1),
  });
  await buildVersion(db(), { capture, cause: "reread", article: { text, title: "Read again" }, statements: said });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parley = (...args: readonly string[]) => runParley(args, { PARLEY_DATA: folder, DATABASE_URL: db.url() });

test("`parley actors --unknown` lists who speaks and is no actor, and says how to add them", async () => {
  const listed = await parley("actors", "--unknown", "--format", "json");
  expect(JSON.parse(listed.out)).toMatchObject({ name: "Ada Reed", statements: 2, documents: 1 });
  expect(listed.err).toContain("overlay folder");
  expect((await parley("actors", "--unknown", "--at-least", "3")).err).toContain("Nobody unknown has spoken 3 times");
});

test("`parley replay read --moved` shows what a newer reader read differently", async () => {
  const moved = await parley("replay", "read", "--moved", "--format", "json");
  expect(JSON.parse(moved.out)).toMatchObject({ title: "Read again", gained: 1, lost: 0, textMoved: false });
  expect((await parley("replay", "read", "--moved", "--since", "2100")).err).toContain("Nothing was read differently.");
});
