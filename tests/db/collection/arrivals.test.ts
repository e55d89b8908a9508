import { beforeAll, expect, test } from "vitest";
import { arrivalsSince, markArrivals } from "../../../src/db/collection/arrivals.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { type PollResult, savePoll } from "../../../src/db/collection/polls.ts";
import { reachNow } from "../../../src/db/collection/reach.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { buildDevelopment, buildVersion, buildWatchedSource } from "../../support/rows.ts";

const db = useDatabase();
beforeAll(() => saveCatalogue(db(), buildCatalogue({ sources: [] }), noon));

test("what came in is counted from a mark on, once", async () => {
  await buildVersion(db());
  const mark = await markArrivals(db());
  expect(await arrivalsSince(db(), mark)).toEqual({ documents: 0, statements: 0, developments: 0, mark });
  await buildDevelopment(db());
  await buildDevelopment(db(), { status: "background" });
  const arrived = await arrivalsSince(db(), mark);
  expect(arrived).toMatchObject({ documents: 2, statements: 0, developments: 1 });
  expect(await arrivalsSince(db(), arrived.mark)).toMatchObject({ documents: 0, developments: 0 });
});

test("a source counts as unreachable by its last look alone", async () => {
  const poll = (sourceId: string, second: number, failureCode: string | null) => {
    const at = secondsOn(second);
    const about = { sourceId, startedAt: at, finishedAt: at, nextPollAt: hoursOn(1), httpStatus: null };
    const result: PollResult = failureCode
      ? { ...about, outcome: "failed", failureCode, message: "it failed" }
      : { ...about, outcome: "unchanged" };
    return savePoll(db(), result);
  };
  const [back, gone, busy] = [
    await buildWatchedSource(db()),
    await buildWatchedSource(db()),
    await buildWatchedSource(db()),
  ];
  await buildWatchedSource(db(), { enabled: false });
  await poll(back, 1, "net-unreachable");
  await poll(back, 2, null);
  await poll(gone, 1, "net-unreachable");
  await poll(busy, 1, "http-busy");
  expect(await reachNow(db())).toEqual({ watched: 3, failing: 2, unreachable: 1 });
});
