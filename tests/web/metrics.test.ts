import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { settleIncidents } from "../../src/db/collection/incidents.ts";
import { savePoll } from "../../src/db/collection/polls.ts";
import { shipped } from "../../src/paths.ts";
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

describe("the dashboard for Grafana", () => {
  type Panel = {
    readonly title: string;
    readonly gridPos: Place;
    readonly targets: readonly { readonly expr: string }[];
  };
  type Place = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  const { panels } = JSON.parse(readFileSync(shipped("docs/grafana-dashboard.json"), "utf8")) as {
    panels: readonly Panel[];
  };
  const asked = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
  const metricsIn = (expr: string) => [...expr.matchAll(/parley_\w+/g)].map(([name]) => name);

  test("asks for metrics that are served, by labels that they have, and leaves out none of Parley's own", async () => {
    const text = await (await openWeb(db()).get("/metrics")).text();
    const served = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    for (const { title, expr } of asked)
      for (const name of metricsIn(expr)) expect([title, name, served.has(name)]).toEqual([title, name, true]);
    const shown = new Set(asked.flatMap(({ expr }) => metricsIn(expr)));
    const own = [...served].filter((name) => !name?.startsWith("parley_process_"));
    expect(own.filter((name) => !shown.has(name ?? ""))).toEqual([]);
    const labels = { parley_sources: "state", parley_polls_last_hour: "outcome", parley_incidents_open: "code" };
    const labelOf = (name: string) => (labels as Record<string, string>)[name] ?? "stage";
    for (const { title, expr } of asked)
      for (const [, label] of expr.matchAll(/by \((\w+)\)/g))
        expect([title, label]).toEqual([title, labelOf(metricsIn(expr)[0] ?? "")]);
  });

  test("lays its panels beside each other, none over another", () => {
    const overlap = (a: Place, b: Place) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    for (const [index, { gridPos, title }] of panels.entries()) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (const other of panels.slice(index + 1))
        expect([title, other.title, overlap(gridPos, other.gridPos)]).toEqual([title, other.title, false]);
    }
  });
});
