import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Database } from "../db/client.ts";
import { type Gauges, gaugesNow } from "../db/postgres/gauges.ts";

/** What Prometheus is told, and how it is written. */
export type Metrics = {
  readonly contentType: string;
  /** Asks Postgres anew and writes everything out. */
  readonly text: (now: Date) => Promise<string>;
};

/** Makes the metrics of this process and of the archive it serves. */
export function createMetrics(db: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "parley_process_" });
  const gauge = (name: string, help: string, ...labelNames: readonly string[]) =>
    new Gauge({ name: `parley_${name}`, help, labelNames, registers: [registry] });
  const sources = gauge("sources", "Sources of the catalogue by how watching them goes.", "state");
  const quiet = gauge("sources_quiet", "Watched sources that are unusually quiet against their own last 28 days.");
  const complete = gauge(
    "watch_complete",
    "1 while silence may be believed: every watched source answers, last within 24 hours, and nothing waits; else 0.",
  );
  const polls = gauge("polls_last_hour", "Polls of the last hour by outcome.", "outcome");
  const incidents = gauge("incidents_open", "Open incidents by code.", "code");
  const waiting = gauge("rows_waiting", "Rows that wait for a stage.", "stage");
  const oldest = gauge("rows_waiting_oldest_seconds", "Age of the oldest row that waits for a stage.", "stage");
  const parked = gauge("failures_parked", "Subjects that a stage has put aside.", "stage");
  const set = (found: Gauges) => {
    // A code that is not open any more must not be told of for ever.
    for (const one of [polls, incidents, parked]) one.reset();
    for (const [state, n] of Object.entries(found.sources)) sources.set({ state }, n);
    quiet.set(found.quietSources);
    complete.set(found.complete ? 1 : 0);
    for (const [outcome, n] of Object.entries(found.pollsLastHour)) polls.set({ outcome }, n);
    for (const [code, n] of Object.entries(found.openIncidents)) incidents.set({ code }, n);
    for (const [stage, n] of Object.entries(found.parked)) parked.set({ stage }, n);
    for (const [stage, { rows, oldestSeconds }] of Object.entries(found.waiting)) {
      waiting.set({ stage }, rows);
      oldest.set({ stage }, oldestSeconds);
    }
  };
  return {
    contentType: registry.contentType,
    text: async (now) => {
      set(await gaugesNow(db, now));
      return registry.metrics();
    },
  };
}
