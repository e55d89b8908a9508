import { isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { coverageSince } from "../../src/db/collection/coverage.ts";
import { openIncidents } from "../../src/db/collection/incidents.ts";
import { type PollResult, savePoll } from "../../src/db/collection/polls.ts";
import { coverageOf, ownTroubles } from "../../src/db/digests/digest-facts.ts";
import { sources } from "../../src/db/schema/catalogue.ts";
import { items } from "../../src/db/schema/collection.ts";
import { sumUpCoverage } from "../../src/present/coverage-line.ts";
import { watch } from "../../src/workers/watch.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildFeedItem } from "../support/readings.ts";
import { buildItem, buildWatchedSource } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { openWeb } from "../web/open-web.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
let sourceId: string;

/** One source alone is watched, polled each hour; whatever the tests before have left is settled. */
beforeEach(async () => {
  await db().update(sources).set({ enabled: false });
  await settleItems();
  sourceId = await buildWatchedSource(db(), { entry: { title: "Harbour Wire" }, nextPollAt: hoursOn(1) });
});

async function settleItems(): Promise<void> {
  const settled = { outcome: "refused", failureCode: "robots-refused", decidedAt: noon } as const;
  await db().update(items).set(settled).where(isNull(items.outcome));
}

/** A poll at an hour after noon, with the next one due an hour later; what it brings is settled at once. */
async function looked(hour: number, about: Partial<PollResult> = { outcome: "unchanged" }): Promise<void> {
  const at = hoursOn(hour);
  const record = { sourceId, startedAt: at, finishedAt: at, nextPollAt: hoursOn(hour + 1), httpStatus: 200 };
  await savePoll(db(), { ...record, ...about } as PollResult);
  await settleItems();
}

const listOf = (keys: readonly string[], problem?: string): Partial<PollResult> => ({
  ...{ outcome: "read", etag: null, lastModified: null, items: keys.map((key) => buildFeedItem({ key })) },
  problems: problem ? [{ code: problem, message: "None of the 30 entries was there at the last poll." }] : [],
});

/** What each place says at an hour whether silence may be believed: the page and the API, the digest of that day, the metrics. */
async function believed(hour: number) {
  await watch({}, context({ at: hoursOn(hour) }));
  const now = hoursOn(hour);
  const since = hoursOn(hour - 24);
  const summary = await coverageSince(db(), since, now);
  const digest = sumUpCoverage(await coverageOf(db(), since, now), await ownTroubles(db()));
  const { get, json, page } = openWeb(db(), { now: () => now });
  const metrics = await (await get("/metrics")).text();
  const { body } = await json("/api/v1/sources");
  const all = [
    summary.complete,
    digest.complete,
    body.coverage.complete,
    metrics.split("\n").includes("parley_watch_complete 1"),
    (await page("/")).$(".empty").text().includes("so this silence is real"),
  ];
  return { all, why: digest.failing.map(({ why }) => why).concat(digest.troubles) };
}

const YES = [true, true, true, true, true];
const NO = [false, false, false, false, false];

describe("silence is believed in the digest, on the page, in the API and in the metrics", () => {
  test("while every source is reached when it is due", async () => {
    await looked(0, listOf(["a"]));
    expect((await believed(0.5)).all).toEqual(YES);
  });

  test("but not while the last poll of one failed", async () => {
    await looked(0);
    await looked(1, { outcome: "failed", failureCode: "http-busy", message: "It answered 503." });
    expect(await believed(1.5)).toEqual({ all: NO, why: ["It answered 503."] });
    await looked(2);
    expect((await believed(2.5)).all).toEqual(YES);
  });

  test("but not when nobody polled since it was due, although it was reached in the period", async () => {
    await looked(0);
    const { all, why } = await believed(20);
    expect(all).toEqual(NO);
    expect(why[0]).toBe("It was due at 2026-05-19 13:00 UTC and was not polled.");
    await looked(20);
    expect((await believed(20.5)).all).toEqual(YES);
    expect((await believed(21.01)).all).toEqual(YES);
  });

  test("but not while its list is empty that never was", async () => {
    await looked(0, listOf(["a"]));
    await looked(1, listOf([]));
    await looked(2, listOf([]));
    expect((await believed(2.5)).all).toEqual(NO);
    await looked(3, listOf(["a"]));
    expect((await believed(3.5)).all).toEqual(YES);
  });

  test("but not for a day after entries passed unseen, and not in the digest of that day", async () => {
    await looked(0, listOf(["b"], "entries-missed"));
    expect(await believed(0.5)).toEqual({ all: NO, why: [expect.stringContaining("None of the 30 entries")] });
    expect(await openHere()).toEqual(["source-entries-missed"]);
    await looked(23, listOf(["b"]));
    expect((await believed(23.5)).all).toEqual(NO);
    await looked(24.2);
    expect((await believed(24.3)).all).toEqual([true, false, true, true, true]);
    expect(await openHere()).toEqual([]);
    await looked(50);
    expect((await believed(50.5)).all).toEqual(YES);
  });

  test("but not while a gap is open that may still be filled", async () => {
    await looked(0, listOf(["c"], "gap-open"));
    expect((await believed(0.5)).all).toEqual(NO);
    await looked(1, listOf(["c"]));
    await watch({}, context({ at: hoursOn(1.1) }));
    expect(await openHere()).toEqual([]);
  });

  test("but not while what came in waits to be read", async () => {
    await looked(0);
    await buildItem(db(), { sourceId, firstSeenAt: noon });
    const { all, why } = await believed(0.5);
    expect(all).toEqual(NO);
    expect(why).toEqual(["1 rows have waited for the fetch worker for over ten minutes. Is it running?"]);
  });

  test("and never while nothing is watched", async () => {
    await db().update(sources).set({ enabled: false });
    expect((await believed(0.5)).all).toEqual(NO);
  });
});

async function openHere(): Promise<readonly string[]> {
  const open = await openIncidents(db());
  return open.filter((incident) => incident.sourceId === sourceId).map(({ code }) => code);
}
