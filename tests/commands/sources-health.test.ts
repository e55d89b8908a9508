import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { openDatabase } from "../../src/db/client.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { savePoll } from "../../src/db/collection/polls.ts";
import { shipped } from "../../src/paths.ts";
import { makeDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildFeedItem } from "../support/readings.ts";
import { runParley } from "./run-parley.ts";

let home: string;
let database: Awaited<ReturnType<typeof makeDatabase>>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "parley-health-"));
  database = await makeDatabase();
});
afterAll(async () => {
  await database?.drop();
  await rm(home, { recursive: true, force: true });
});

test("parley sources tells which sources answer, what they brought and what is wrong", async () => {
  const { db, close } = openDatabase(database.url);
  await saveCatalogue(db, loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }), noon);
  // The command judges by the clock of its own process what is late.
  const now = new Date();
  const look = { startedAt: now, finishedAt: now, nextPollAt: new Date(now.getTime() + 600_000) };
  await savePoll(db, {
    ...{ ...look, sourceId: "us-wh-news", httpStatus: 200, outcome: "read", etag: null, lastModified: null },
    items: [buildFeedItem()],
    problems: [{ code: "entries-missed", message: "None of the 10 entries was there." }],
  });
  await savePoll(db, {
    ...{ ...look, sourceId: "us-wh-actions", httpStatus: 503, outcome: "failed" },
    ...{ failureCode: "http-busy", message: "it answered 503" },
  });
  await close();
  const settings = { DATABASE_URL: database.url, PARLEY_DATA: join(home, "data") };
  const { out, code } = await runParley(["sources", "--find", "us-wh-", "--format", "json"], settings);
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (id: string) => lines.find((line) => line.id === id);
  expect(of("us-wh-news")).toMatchObject({
    ...{ health: "ok", lastReadAt: now.toISOString() },
    problems: ["entries-missed: None of the 10 entries was there."],
  });
  expect(of("us-wh-actions")).toMatchObject({ health: "failing (1)", problems: ["http-busy: it answered 503"] });
  expect(of("us-wh-briefings")).toMatchObject({ health: "not polled yet", problems: [] });
  const wrong = await runParley(["sources", "--problems", "--format", "json"], settings);
  expect(wrong.out.trim().split("\n")).toHaveLength(2);
  const shown = await runParley(["sources", "show", "us-wh-news"], settings);
  expect(shown.out).toMatch(/entries +1 seen: 0 became documents, .* 1 waiting/);
  expect(shown.out).toContain("1 entries, 1 new  (entries-missed)");
});
