import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { coverageSince } from "../../src/db/collection/coverage.ts";
import { openIncidents } from "../../src/db/collection/incidents.ts";
import { type PollResult, savePoll } from "../../src/db/collection/polls.ts";
import { coverageOf } from "../../src/db/digests/digest-facts.ts";
import { sources } from "../../src/db/schema/catalogue.ts";
import { sumUpCoverage } from "../../src/present/coverage-line.ts";
import { watch } from "../../src/workers/watch.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildFeedItem } from "../support/readings.ts";
import { buildItem, buildWatchedSource } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
let sourceId: string;

beforeEach(async () => {
  sourceId = await buildWatchedSource(db(), { entry: { title: "Harbour Wire" }, nextPollAt: hoursOn(1) });
});

function looked(failed: boolean): Promise<unknown> {
  const about = { sourceId, startedAt: noon, finishedAt: noon, nextPollAt: hoursOn(1), httpStatus: failed ? 503 : 304 };
  const result: PollResult = failed
    ? { ...about, outcome: "failed", failureCode: "http-busy", message: "It answered 503." }
    : { ...about, outcome: "unchanged" };
  return savePoll(db(), result);
}

async function incidentsHere(): Promise<readonly string[]> {
  return (await openIncidents(db()))
    .filter((one) => one.sourceId === sourceId)
    .map(({ code, message }) => `${code}: ${message}`);
}

test("a source that fails three times in a row is an incident until it is reached again", async () => {
  await looked(true);
  await looked(true);
  await watch({}, context());
  expect(await incidentsHere()).toEqual([]);
  await looked(true);
  const job = context();
  expect(await watch({}, job)).toMatchObject({ opened: 1 });
  expect(await incidentsHere()).toEqual([
    "source-failing: Harbour Wire had failed 3 times in a row when this was noted. It answered 503.",
  ]);
  expect(job.lines).toMatchObject([{ level: 40, msg: "something is wrong; parley doctor lists all of it" }]);
  expect(await watch({}, context())).toMatchObject({ opened: 0, closed: 0 });
  await looked(false);
  expect(await watch({}, context())).toMatchObject({ closed: 1 });
  expect(await incidentsHere()).toEqual([]);
});

test("a source that is due and that nobody polls is an incident: the queue's own word is not asked", async () => {
  await db().update(sources).set({ nextPollAt: noon }).where(eq(sources.id, sourceId));
  await watch({}, context({ at: secondsOn(119) }));
  expect(await incidentsHere()).toEqual([]);
  await watch({}, context({ at: secondsOn(121) }));
  expect((await incidentsHere())[0]).toMatch(/^source-overdue: Harbour Wire was due at 2026-05-19T12:00:00.000Z/);
  await looked(false);
  await watch({}, context({ at: secondsOn(122) }));
  expect(await incidentsHere()).toEqual([]);
});

test("rows that wait over ten minutes for a stage are an incident of Parley itself", async () => {
  await buildItem(db(), { firstSeenAt: secondsOn(-601) });
  await watch({}, context());
  const own = (await openIncidents(db())).filter((one) => one.sourceId === null);
  expect(own).toMatchObject([{ code: "stage-stuck-fetch", message: expect.stringContaining("fetch worker") }]);
});

test("many sources that nobody polls are one short line of the log", async () => {
  const others = ["Quay Post", "Ferry News", "Mole Gazette", "Pier Times"];
  for (const title of others) await buildWatchedSource(db(), { entry: { title }, nextPollAt: noon });
  const job = context({ at: secondsOn(121) });
  const { opened } = (await watch({}, job)) as { readonly opened: number };
  expect(opened).toBeGreaterThanOrEqual(others.length);
  const told = job.lines[0]?.troubles as readonly string[];
  expect(told.filter((line) => /was due at .* and was not polled/.test(line))).toHaveLength(3);
  expect(told).toContain(`And ${opened - 3} more of source-overdue.`);
  const again = context({ at: secondsOn(122) });
  await watch({}, again);
  expect(again.lines).toEqual([]);
});

describe("a source that answers but is not well", () => {
  const asked = (about: Partial<PollResult> & { readonly outcome: string }, at = noon) =>
    savePoll(db(), {
      ...{ sourceId, startedAt: at, finishedAt: at, nextPollAt: hoursOn(1), httpStatus: 200 },
      ...about,
    } as PollResult);
  const listing = (keys: readonly string[]) => ({
    ...{ outcome: "read" as const, etag: null, lastModified: null, problems: [] },
    items: keys.map((key) => buildFeedItem({ key })),
  });

  test("and whose list is empty twice after it had entries is an incident until it has some again", async () => {
    await asked(listing(["a"]));
    await asked(listing([]), secondsOn(600));
    await watch({}, context({ at: secondsOn(601) }));
    expect(await incidentsHere()).toEqual([]);
    await asked(listing([]), secondsOn(1_200));
    await watch({}, context({ at: secondsOn(1_201) }));
    expect((await incidentsHere())[0]).toMatch(/^source-empty: Harbour Wire published in the last four weeks/);
    await asked(listing(["b"]), secondsOn(1_800));
    await watch({}, context({ at: secondsOn(1_801) }));
    expect(await incidentsHere()).toEqual([]);
  });

  test("and whose list never had entries is none", async () => {
    await asked(listing([]));
    await asked(listing([]), secondsOn(600));
    await watch({}, context({ at: secondsOn(601) }));
    expect(await incidentsHere()).toEqual([]);
  });

  test("and keeps us out three times in a row is blocked", async () => {
    for (const _ of [1, 2, 3])
      await asked({ outcome: "failed", failureCode: "page-blocked", message: "A bot check.", httpStatus: 200 });
    await watch({}, context());
    expect(await incidentsHere()).toEqual([
      "source-blocked: Harbour Wire had failed 3 times in a row when this was noted. A bot check.",
    ]);
  });

  test("and says that it is gone for good is an incident, and silence is not believed", async () => {
    await asked({ outcome: "failed", failureCode: "http-gone", message: "410", httpStatus: 410, nextPollAt: null });
    await watch({}, context());
    expect((await incidentsHere())[0]).toMatch(/^source-gone: Harbour Wire answered 410/);
    const coverage = await coverageSince(db(), secondsOn(-86_400), secondsOn(1));
    expect(coverage.late.map(({ id }) => id)).toContain(sourceId);
    const told = await coverageOf(db(), secondsOn(-60), secondsOn(60));
    expect(sumUpCoverage(told).complete).toBe(false);
    expect(told.map(({ id }) => id)).toContain(sourceId);
  });

  test("and falls silent against its own habit is quiet until it speaks again", async () => {
    for (let day = 0; day < 12; day += 1) await asked(listing([`day-${day}`]), hoursOn(24 * day));
    await asked({ outcome: "unchanged", nextPollAt: hoursOn(24 * 15) }, hoursOn(24 * 14));
    await watch({}, context({ at: hoursOn(24 * 12) }));
    expect(await incidentsHere()).toEqual([]);
    await watch({}, context({ at: hoursOn(24 * 14 + 1) }));
    expect((await incidentsHere())[0]).toMatch(/^source-quiet: Harbour Wire has told nothing new since 2026-05-30/);
    await asked({ ...listing(["again"]), nextPollAt: hoursOn(24 * 15) }, hoursOn(24 * 14 + 2));
    await watch({}, context({ at: hoursOn(24 * 14 + 3) }));
    expect(await incidentsHere()).toEqual([]);
  });
});
