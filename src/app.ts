import { resolve } from "node:path";
import type { Logger } from "pino";
import { type Archive, openArchive, type Say } from "./archive.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { loadCatalogue } from "./catalogue/load.ts";
import { mirrorTable } from "./catalogue/mirrors.ts";
import { checkRedis } from "./check-redis.ts";
import type { Config } from "./config.ts";
import { makeDataFolder } from "./data-folder.ts";
import { createRuleBook } from "./db/alerts/rule-book.ts";
import { saveCatalogue } from "./db/collection/catalogue.ts";
import { saveSubscriber } from "./db/digests/subscribers.ts";
import { followDatabaseClock } from "./db/postgres/clock.ts";
import { openHostLoans } from "./db/postgres/host-loans.ts";
import { checkSecretKey } from "./db/postgres/installation.ts";
import { holdRunnerLock } from "./db/postgres/runner-lock.ts";
import { saidError } from "./db/without-values.ts";
import { createJudge } from "./detect/happening/judge.ts";
import type { Failure } from "./domain/failure.ts";
import { siteTable } from "./domain/site.ts";
import { keepCutting, keepThin } from "./housekeeping.ts";
import { keepAlive } from "./keep-alive.ts";
import { createFetcher } from "./net/fetcher.ts";
import { createHostTurns } from "./net/host-turns.ts";
import { openMailer } from "./open-mailer.ts";
import { mailUrlOf, openWeb } from "./open-web.ts";
import { shipped } from "./paths.ts";
import { openQueues, type Queues, type Stage, stages } from "./queues.ts";
import { reportSparingly } from "./report-sparingly.ts";
import { noteRunningWeb } from "./running-web.ts";
import { keyFingerprint, readSecretKey } from "./secret-key.ts";
import { keepHeapsSmall } from "./small-heaps.ts";
import { userAgent } from "./user-agent.ts";
import { checkPort } from "./web/http/port.ts";
import type { WorkerContext } from "./workers/context.ts";
import { createFirstLooks } from "./workers/first-looks.ts";
import { createLanes } from "./workers/lanes.ts";
import { startReader } from "./workers/reader.ts";
import { performWith, stageWorkers } from "./workers/worker.ts";

/** How often `reconcile` and `watch` come round. */
const RECONCILE_EVERY_MS = 15_000;
const WATCH_EVERY_MS = 60_000;

/** The running system. */
export type App = {
  /** Where the pages are; null where the web server was left out. */
  readonly webUrl: string | null;
  readonly archive: Archive;
  readonly queues: Queues;
  readonly catalogue: Catalogue;
  readonly context: WorkerContext;
  /** Settles when another monitor took the data over while the server was away; by then this one has closed itself. */
  readonly lost: Promise<Failure>;
  /** Stops taking work, finishes what is under way, leaves the database as the last thing. */
  readonly close: () => Promise<void>;
};

/** What a start may leave out or be told. */
export type AppOptions = {
  /** Parts to run; everything, unless told otherwise. */
  readonly only?: readonly (Stage | "web")[];
  readonly log: Logger;
  readonly say: Say;
  /** Takes any free port for the pages when the one of the settings is taken. */
  readonly anyPort?: boolean;
  /** Called when the archive is open and the catalogue in it, before any work begins. */
  readonly prepare?: (archive: Archive) => Promise<void>;
};

/**
 * Starts the monitor: database, catalogue, queues, workers, scheduler and web server in one process.
 *
 * @throws {Failure} for everything that a person can set right: settings, catalogue, ports, servers that are not there.
 */
export async function startApp(config: Config, { only, log, say, prepare, anyPort = false }: AppOptions): Promise<App> {
  keepHeapsSmall();
  const parts = new Set<Stage | "web">(only ?? [...stages, "web"]);
  const catalogue = loadCatalogue({
    shippedDir: shipped("catalogue"),
    overlayDir: config.PARLEY_CATALOGUE ?? null,
  });
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse())
      await step().catch((error) => log.error({ err: error }, "while stopping"));
  };
  const { promise: lost, resolve: lose } = promiseOfLoss();
  try {
    // What cannot work is said before anything is made.
    if (parts.has("web") && !anyPort) await checkPort(config.PARLEY_HOST, config.PARLEY_PORT);
    if (config.REDIS_URL) {
      const { warning } = await checkRedis(config.REDIS_URL);
      if (warning) say(warning);
    }
    const archive = await openArchive(config, say, { maxConnections: 20 });
    closing.push(archive.close);
    const { db, url, embedded } = archive;
    if (embedded) {
      const lock = await holdRunnerLock(url, resolve(config.PARLEY_DATA));
      closing.push(lock.release);
      closing.push(keepAlive(embedded.revive, lock.keep, log, (failure) => void close().then(() => lose(failure))));
    }
    const secretKey = await readSecretKey(config);
    if (parts.has("deliver")) await checkSecretKey(db, keyFingerprint(secretKey));
    const warn = reportSparingly(
      (sentence, error, times) => log.warn({ reason: saidError(error), times }, sentence),
      () => performance.now(),
    );
    const clock = await followDatabaseClock(db, (aheadMs) => {
      if (aheadMs !== 0) log.warn({ aheadMs }, "the clock of this machine is not that of the database, which counts");
    });
    closing.push(async () => clock.stop());
    await saveCatalogue(db, catalogue, clock.now());
    if (parts.has("watch")) {
      closing.push(keepCutting(db, warn));
      if (config.PARLEY_THIN_AFTER_DAYS !== undefined)
        closing.push(keepThin(db, config.PARLEY_THIN_AFTER_DAYS, clock.now, log));
    }
    if (config.PARLEY_DIGEST_TO) await subscribe(config.PARLEY_DIGEST_TO, config, archive, clock.now());
    await prepare?.(archive);

    const queues = openQueues({
      ...{ databaseUrl: url, redisUrl: config.REDIS_URL ?? null, prefix: `parley-${new URL(url).pathname.slice(1)}` },
      now: clock.now,
      onTrouble: warn,
    });
    closing.push(queues.close);
    const reader = startReader(catalogue, config.PARLEY_READERS);
    closing.push(reader.close);
    // An embedded server has one monitor; elsewhere others may ask the same hosts.
    const loans = embedded ? null : openHostLoans(url);
    if (loans) closing.push(loans.close);
    const fetcher = createFetcher({
      ...(loans ? { turns: createHostTurns(loans) } : {}),
      userAgent: userAgent(config.PARLEY_CONTACT),
      allowAddresses: config.PARLEY_ALLOW_ADDRESSES,
      perHostGapMs: config.PARLEY_HOST_GAP_MS,
    });
    closing.push(fetcher.close);
    const mailer = openMailer(config);

    const web = parts.has("web")
      ? await openWeb(config, archive, log, anyPort, { queues, secretKey, now: clock.now })
      : null;
    if (web) closing.push(web.close);
    if (web) closing.push(await noteRunningWeb(await makeDataFolder(config.PARLEY_DATA), web.url));
    const context: WorkerContext = {
      ...{
        db,
        enqueue: queues.enqueue,
        fetcher,
        mailer,
        reader,
        log,
        ruleBook: createRuleBook(),
        lanes: createLanes(),
        firstLooks: createFirstLooks(),
      },
      ...{
        judge: createJudge(catalogue),
        sites: siteTable(catalogue.sites),
        mirrorsOf: mirrorTable(catalogue.sources),
      },
      ...{ now: clock.now, random: Math.random },
      publicUrl: mailUrlOf(config, web?.url ?? null),
      allowAddresses: config.PARLEY_ALLOW_ADDRESSES,
      userAgent: userAgent(config.PARLEY_CONTACT),
      secretKey,
    };
    closing.push(await startWorkers(parts, queues, context, config));
    return { webUrl: web?.url ?? null, archive, queues, catalogue, context, lost, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function promiseOfLoss() {
  let resolveLoss: (failure: Failure) => void = () => {};
  const promise = new Promise<Failure>((done) => {
    resolveLoss = done;
  });
  return { promise, resolve: resolveLoss };
}

async function startWorkers(
  parts: ReadonlySet<Stage | "web">,
  queues: Queues,
  context: WorkerContext,
  config: Config,
): Promise<() => Promise<void>> {
  const workers = stageWorkers(config.PARLEY_FETCHES, config.PARLEY_READERS);
  const running = stages.filter((stage) => parts.has(stage));
  const perform = performWith(context, workers, running);
  const stops = await Promise.all(running.map((stage) => queues.work(stage, workers[stage].concurrency, perform)));
  if (parts.has("reconcile")) await queues.repeat("reconcile", RECONCILE_EVERY_MS);
  if (parts.has("watch")) await queues.repeat("watch", WATCH_EVERY_MS);
  // What was due while nobody ran need not wait for the first tick.
  if (parts.has("reconcile")) await queues.enqueue("reconcile", {}, { at: context.now() });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function subscribe(address: string, config: Config, { db }: Archive, now: Date): Promise<void> {
  const { PARLEY_DIGEST_ZONE: timeZone, PARLEY_DIGEST_AT: sendAt } = config;
  await saveSubscriber(db, { address, timeZone, sendAt, lang: "en" }, now);
}
