import { beforeEach, expect, test } from "vitest";
import { openIncidents } from "../../src/db/incidents.ts";
import { type PollResult, savePoll } from "../../src/db/polls.ts";
import { pollNow } from "../../src/db/sources.ts";
import { watch } from "../../src/workers/watch.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
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
  expect(await incidentsHere()).toEqual(["source-failing: Harbour Wire failed 3 times in a row. It answered 503."]);
  expect(job.lines).toMatchObject([{ level: 40, msg: "something is wrong" }]);
  expect(await watch({}, context())).toMatchObject({ opened: 0, closed: 0 });
  await looked(false);
  expect(await watch({}, context())).toMatchObject({ closed: 1 });
  expect(await incidentsHere()).toEqual([]);
});

test("a source that is due and that nobody polls is an incident: the queue's own word is not asked", async () => {
  await pollNow(db(), noon, [sourceId]);
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
