import { startApp } from "../app.ts";
import type { Database } from "../db/client.ts";
import { arrivalsSince, markArrivals } from "../db/collection/arrivals.ts";
import { reachNow } from "../db/collection/reach.ts";
import { Failure } from "../domain/failure.ts";
import { statusLine } from "../present/status-line.ts";
import { type Stage, stages } from "../queues.ts";
import { currentConfig, makeLog } from "./context.ts";
import { say } from "./output.ts";

/** Longest that a stop may take; then the process ends anyway and `reconcile` picks up at the next start. */
const LONGEST_STOP_MS = 25_000;

/** How often a running monitor may say how it does. */
const STATUS_EVERY_MS = 60_000;

/** Runs the monitor until it is told to stop. */
export async function startCommand({ only }: { readonly only?: string }): Promise<void> {
  const config = currentConfig();
  const app = await startApp(config, {
    only: only ? partsOf(only) : undefined,
    log: makeLog(config.PARLEY_LOG_LEVEL),
    say,
  });
  const watched = app.catalogue.sources.filter(({ enabled, list }) => enabled && list !== null).length;
  say(
    `Archive: ${config.DATABASE_URL ? "the Postgres of DATABASE_URL" : `own Postgres in ${app.archive.embedded?.dataDir}${app.archive.embedded?.adopted ? " (was running)" : ""}`}`,
  );
  say(`Queues: ${app.queues.backend === "redis" ? "Redis" : "in Postgres"}`);
  say(`Watching ${watched} sources of ${app.catalogue.sources.length} in the catalogue.`);
  if (only && !partsOf(only).includes("poll")) say("This process does not poll them (--only): another one has to.");
  if (app.webUrl) say(`Open ${app.webUrl}`);
  const stopTelling = await tellEachMinute(app.archive.db);
  const lost = await Promise.race([untilToldToStop(), app.lost]);
  stopTelling();
  if (lost) throw lost;
  say("Stopping: finishing what is under way …");
  const tooLong = setTimeout(() => {
    say("This takes too long; leaving. What was under way is taken up at the next start.");
    process.exit(1);
  }, LONGEST_STOP_MS - 1_000);
  await app.close();
  clearTimeout(tooLong);
}

/** Says once a minute what came in and what is wrong, and nothing where there is neither. */
async function tellEachMinute(db: Database): Promise<() => void> {
  let mark = await markArrivals(db);
  const tell = async () => {
    const { mark: next, ...arrived } = await arrivalsSince(db, mark);
    mark = next;
    const line = statusLine({ ...arrived, reach: await reachNow(db) });
    if (line !== null) say(`${new Date().toISOString().slice(0, 16)}Z  ${line}`);
  };
  const timer = setInterval(() => {
    tell().catch((error) => say(`The archive does not answer (${error instanceof Error ? error.message : error}).`));
  }, STATUS_EVERY_MS);
  return () => clearInterval(timer);
}

/** Waits for Ctrl-C or SIGTERM; a second one ends the process at once. */
export function untilToldToStop(): Promise<void> {
  return new Promise((done) => {
    let told = false;
    const onSignal = () => {
      if (told) process.exit(130);
      told = true;
      done();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

/**
 * Reads the list that `--only` takes: stages and `web`, with commas between them.
 *
 * @throws {Failure} `bad-input`, which names what is no part and those there are.
 */
export function partsOf(list: string): readonly (Stage | "web")[] {
  const known = new Set<string>([...stages, "web"]);
  const parts = list.split(",").map((part) => part.trim());
  const unknown = parts.filter((part) => !known.has(part));
  if (unknown.length > 0) {
    throw new Failure("bad-input", `--only ${unknown.join(",")}: no such part. There are: ${[...known].join(", ")}.`);
  }
  return parts as (Stage | "web")[];
}
