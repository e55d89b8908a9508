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
import { cutAnalysts } from "./db/analysts/analysts.ts";
import { thinBodies } from "./db/archive/thin-bodies.ts";
import { openDatabase } from "./db/client.ts";
import { saveCatalogue } from "./db/collection/catalogue.ts";
import { saveSubscriber } from "./db/digests/subscribers.ts";
import { followDatabaseClock } from "./db/postgres/clock.ts";
import { openHostLoans } from "./db/postgres/host-loans.ts";
import { checkSecretKey } from "./db/postgres/installation.ts";
import { holdRunnerLock } from "./db/postgres/runner-lock.ts";
import { saidError } from "./db/without-values.ts";
import { createJudge } from "./detect/happening/judge.ts";
import { Failure } from "./domain/failure.ts";
import { siteTable } from "./domain/site.ts";
import { createFetcher } from "./net/fetcher.ts";
import { createHostTurns } from "./net/host-turns.ts";
import { openMailer } from "./open-mailer.ts";
import { shipped } from "./paths.ts";
import { openQueues, type Queues, type Stage, stages } from "./queues.ts";
import { reportSparingly } from "./report-sparingly.ts";
import { noteRunningWeb } from "./running-web.ts";
import { keyFingerprint, readSecretKey } from "./secret-key.ts";
import { keepHeapsSmall } from "./small-heaps.ts";
import { userAgent, version } from "./user-agent.ts";
import { isLoopback } from "./web/access.ts";
import { checkPort } from "./web/port.ts";
import type { RunningWeb } from "./web/server.ts";
import type { WorkerContext } from "./workers/context.ts";
import { createFirstLooks } from "./workers/first-looks.ts";
import { createLanes } from "./workers/lanes.ts";
import { startReader } from "./workers/reader.ts";
import { performWith, stageWorkers } from "./workers/worker.ts";

/** How often `reconcile` and `watch` come round. */
const RECONCILE_EVERY_MS = 15_000;
const WATCH_EVERY_MS = 60_000;
/** Longest query of a page or answer: nobody looks at a page for longer, and what they have left would go on without them. */
const LONGEST_ANSWER_MS = 15_000;
const REVIVE_EVERY_MS = 2_000;
/** How long a list may be shown again as it was made: shorter than a person takes to notice. */
const REMEMBER_MS = 3_000;
/** Connections of the pages: what they ask at the same time takes the processors from what is being kept. */
const WEB_CONNECTIONS = 6;

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

const THIN_EVERY_MS = 3_600_000;

/** How often sessions of analysts are looked at; see db/analysts/analysts.ts. */
const CUT_EVERY_MS = 1_000;

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
      const failed = (error: unknown) => warn("Sessions of analysts that run too long could not be ended", error);
      const timer = setInterval(() => void cutAnalysts(db).catch(failed), CUT_EVERY_MS);
      closing.push(async () => clearInterval(timer));
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

/** Thins bytes that nothing was read from, now and every hour; gives what stops it. */
function keepThin(db: Archive["db"], days: number, now: () => Date, log: Logger): () => Promise<void> {
  let busy: Promise<unknown> = Promise.resolve();
  const thin = () => {
    busy = busy.then(async () => {
      try {
        const thinned = await thinBodies(db, new Date(now().getTime() - days * 86_400_000));
        if (thinned > 0) log.info({ thinned }, "bytes were thinned");
      } catch (error) {
        log.warn({ err: error }, "bytes could not be thinned; tried again in an hour");
      }
    });
  };
  thin();
  const timer = setInterval(thin, THIN_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
  };
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

async function openWeb(
  config: Config,
  { url: databaseUrl }: Archive,
  log: Logger,
  anyPort: boolean,
  { queues, secretKey, now }: Pick<WorkerContext, "secretKey" | "now"> & { readonly queues: Queues },
): Promise<RunningWeb> {
  // Processes that only work need not wait for the pages' code: it is a quarter of all there is to load.
  const [{ createWeb }, { startWeb }] = await Promise.all([import("./web/app.tsx"), import("./web/server.ts")]);
  // Its own connections: a reader's question must neither run for ever nor keep the work of the stages waiting.
  const { db, close } = openDatabase(databaseUrl, {
    maxConnections: WEB_CONNECTIONS,
    longestQueryMs: LONGEST_ANSWER_MS,
  });
  // Which port it is, is known once it listens.
  let url: string | null = null;
  const app = createWeb({
    db,
    now,
    version,
    access: isLoopback(config.PARLEY_HOST) ? "loopback" : "token",
    publicUrl: config.PARLEY_PUBLIC_URL ?? null,
    rememberMs: REMEMBER_MS,
    acts: {
      ...{ enqueue: queues.enqueue, countJobs: queues.counts, allQueues: queues.all, secretKey },
      mailUrl: () => mailUrlOf(config, url),
      allowAddresses: config.PARLEY_ALLOW_ADDRESSES,
      openSubscription: config.PARLEY_OPEN_SUBSCRIPTION === "yes",
    },
    report: (error) => log.error({ err: error }, "a page failed"),
  });
  const { PARLEY_HOST: host, PARLEY_PORT: port } = config;
  const web = await startWeb({ app, host, port }).catch(async (error) => {
    if (anyPort && error instanceof Failure && error.code === "in-use") return startWeb({ app, host, port: 0 });
    await close();
    throw error;
  });
  url = web.url;
  return {
    ...web,
    close: async () => {
      await web.close();
      await close();
    },
  };
}

/** Gives the address that links in mails begin with, without a slash at the end; `webUrl` is where this process listens, if it does. */
function mailUrlOf(config: Config, webUrl: string | null): string {
  return (config.PARLEY_PUBLIC_URL ?? webUrl ?? `http://${config.PARLEY_HOST}:${config.PARLEY_PORT}`).replace(
    /\/$/,
    "",
  );
}

async function subscribe(address: string, config: Config, { db }: Archive, now: Date): Promise<void> {
  const { PARLEY_DIGEST_ZONE: timeZone, PARLEY_DIGEST_AT: sendAt } = config;
  await saveSubscriber(db, { address, timeZone, sendAt, lang: "en" }, now);
}

/**
 * Starts the embedded server again when its process is gone (killed by hand, or by a machine out of memory) and takes the lock
 * of the one monitor again, which went with it. Where another has it by then, this one has to leave.
 */
function keepAlive(
  revive: () => Promise<boolean>,
  keepLock: () => Promise<void>,
  log: Logger,
  onLost: (failure: Failure) => void,
): () => Promise<void> {
  let busy: Promise<unknown> = Promise.resolve();
  const look = async () => {
    try {
      if (await revive()) log.warn("Postgres was gone and was started again");
      await keepLock();
    } catch (error) {
      const taken = error instanceof Failure && error.code === "in-use";
      if (!taken) return log.error({ err: error }, "Postgres is gone and could not be reached again yet");
      clearInterval(timer);
      onLost(error);
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(look);
  }, REVIVE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
