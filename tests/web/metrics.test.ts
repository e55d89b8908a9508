import { expect, test } from "vitest";
import { settleIncidents } from "../../src/db/incidents.ts";
import { savePoll } from "../../src/db/polls.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildItem, buildWatchedSource } from "../support/rows.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();

test("Prometheus is told how sources, polls, stages and incidents do, and nothing of an incident that is over", async () => {
  const sourceId = await buildWatchedSource(db(), { nextPollAt: hoursOn(1) });
  await savePoll(db(), {
    ...{ sourceId, startedAt: secondsOn(-60), finishedAt: secondsOn(-60), nextPollAt: hoursOn(1), httpStatus: 304 },
    outcome: "unchanged",
  });
  await buildWatchedSource(db(), { nextPollAt: null, failuresInRow: 1 });
  await buildItem(db(), { firstSeenAt: secondsOn(-90), sourceId });
  const trouble = { sourceId, code: "source-quiet", message: "invented for the test" };
  await settleIncidents(db(), [trouble], noon);
  const { get } = openWeb(db());
  const response = await get("/metrics");
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  const text = await response.text();
  for (const line of [
    'parley_sources{state="reached"} 1',
    'parley_sources{state="gone"} 1',
    'parley_polls_last_hour{outcome="unchanged"} 1',
    'parley_rows_waiting{stage="fetch"} 1',
    'parley_rows_waiting_oldest_seconds{stage="fetch"} 90',
    'parley_rows_waiting{stage="read"} 0',
    'parley_incidents_open{code="source-quiet"} 1',
  ])
    expect(text.split("\n")).toContain(line);
  expect(text).toContain("parley_process_nodejs_eventloop_lag_p99_seconds");
  await settleIncidents(db(), [], hoursOn(1));
  expect(await (await get("/metrics")).text()).not.toContain("source-quiet");
});
