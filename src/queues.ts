import { type BulkJobOptions, createPostgresBackend, type JobsOptions, Queue, runMigrations, Worker } from "bullmq";
import { Redis } from "ioredis";
import { openPool, openQueuePool } from "./db/postgres/queue-pool.ts";
import { lightenQueueTables } from "./db/postgres/queue-tables.ts";
import { unlessAway } from "./unless-away.ts";

/** What each stage's job carries: ids only. Everything else stands in Postgres. */
export type JobData = {
  poll: { readonly sourceId: string };
  fetch: { readonly itemId: number };
  read: { readonly captureId: number };
  detect: { readonly versionId: number };
  match: { readonly developmentId: number };
  release: { readonly ruleId: number };
  correct: { readonly developmentId: number };
  deliver: { readonly deliveryId: string };
  letter: { readonly letterId: number };
  /** `period` is daily where left out. */
  digest: { readonly subscriberId: number; readonly day: string; readonly period?: "daily" | "weekly" };
  recheck: { readonly documentId: number };
  reconcile: Record<string, never>;
  watch: Record<string, never>;
};

/** Names a queue, its worker and the file of that worker. */
export type Stage = keyof JobData;

/** All stages, in the order a publication passes them; the last two look after the others. */
export const stages: readonly Stage[] = [
  "poll",
  "fetch",
  "read",
  "detect",
  "match",
  "release",
  "correct",
  "deliver",
  "letter",
  "digest",
  "recheck",
  "reconcile",
  "watch",
];

/** What `reconcile` does itself, one row after the other: it has no queue, and its failures are filed under these names. */
export const chores = ["link", "record", "index", "raise-unpaired", "raise-missed"] as const;

/** Names one of them. */
export type Chore = (typeof chores)[number];

/** Says of one job which subject it is about, as stage failures are filed under. */
export function subjectOf(data: JobData[Stage]): string {
  return Object.values(data).join(".");
}

/** Puts work on a queue. A job whose id is there already is not added twice. */
export type Enqueue = <S extends Stage>(
  stage: S,
  data: JobData[S] | readonly JobData[S][],
  options?: EnqueueOptions,
) => Promise<void>;

/** When a job is to run, and what tells it from another for the same subject. */
export type EnqueueOptions = {
  /** Not before this moment. */
  readonly at?: Date;
  /** The job tries again what failed before. */
  readonly retry?: boolean;
};

/** What a stage's worker does with one job; an error it throws makes the queue try again shortly. */
export type Perform = <S extends Stage>(
  stage: S,
  data: JobData[S],
  about: { readonly retry: boolean },
) => Promise<void>;

/** The queues, open. */
export type Queues = {
  readonly backend: "redis" | "postgres";
  readonly enqueue: Enqueue;
  /** Starts a worker for a stage; the returned function stops it after its current jobs. */
  readonly work: (stage: Stage, concurrency: number, perform: Perform) => Promise<() => Promise<void>>;
  /** Makes a job of the stage appear at a fixed pace, once for all processes; sees to it that it still does after the queue was emptied. */
  readonly repeat: (stage: "reconcile" | "watch", everyMs: number) => Promise<void>;
  /** Counts jobs by state. */
  readonly counts: (stage: Stage) => Promise<Readonly<Record<string, number>>>;
  /** All queues as BullMQ has them, in the order of the stages: for its own tools. */
  readonly all: () => readonly Queue[];
  /** Removes every job: the to-do list is made anew from Postgres by `reconcile`. */
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Where the queues live. */
export type QueuePlace = {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Tells several installations on one Redis apart. */
  readonly prefix?: string;
  /** The clock that times of jobs go by; that of this machine where left out. */
  readonly now?: () => Date;
  /** Told about trouble that repairs itself: the queue was away, `reconcile` will make it good. */
  readonly onTrouble?: (sentence: string, error: unknown) => void;
};

/** Connections of a process to queues in Postgres: one listens, the others each do a statement at a time. */
const CONNECTIONS = 9;

/** Jobs that are added in one go: the loop stands still while they are written. */
const JOBS_AT_ONCE = 500;

const JOB_OPTIONS: JobsOptions = {
  removeOnComplete: true,
  // A kept failed job would silently swallow every later job of the same id; failures are kept in Postgres.
  removeOnFail: true,
  // Only an unreachable database comes here: every other failure is filed by the worker.
  attempts: 1_000,
  backoff: { type: "growing" },
};

/** Makes the tables of the queues where they live in Postgres. Safe to run from several processes at once. */
export async function prepareQueues({ databaseUrl, redisUrl }: QueuePlace): Promise<void> {
  if (redisUrl) return;
  const pool = openPool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    await runMigrations(client, "bullmq");
    await lightenQueueTables(client);
  } finally {
    client.release();
    await pool.end();
  }
}

/** Opens the queues: in Redis where its address is given, else in Postgres. */
export function openQueues(place: QueuePlace): Queues {
  return place.redisUrl ? openRedisQueues(place, place.redisUrl) : openPostgresQueues(place);
}

function openPostgresQueues(place: QueuePlace): Queues {
  const pool = openQueuePool(place.databaseUrl, CONNECTIONS);
  const options = { connection: pool } as const;
  return assemble("postgres", place, {
    makeQueue: (stage) => {
      const queue = new Queue(stage, { ...options, defaultJobOptions: JOB_OPTIONS }, createPostgresBackend);
      queue.on("error", (error) => report(place, stage, error));
      // The same class; what differs by type are the options it was made with, which nobody asks for again.
      return queue as unknown as Queue;
    },
    makeWorker: (stage, concurrency, run) => {
      const worker = new Worker(stage, run, { ...options, ...workerOptions(concurrency) }, createPostgresBackend);
      worker.on("error", (error) => report(place, stage, error));
      return worker;
    },
    close: () => pool.end(),
  });
}

function openRedisQueues(place: QueuePlace, redisUrl: string): Queues {
  const prefix = place.prefix ?? "parley";
  // Producers fail fast while Redis is away, because Postgres remembers what is to do; workers wait for it.
  const producer = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const consumer = new Redis(redisUrl, { maxRetriesPerRequest: null });
  for (const client of [producer, consumer]) client.on("error", () => {});
  return assemble("redis", place, {
    makeQueue: (stage) => {
      const queue = new Queue(stage, { connection: producer, prefix, defaultJobOptions: JOB_OPTIONS });
      queue.on("error", (error) => report(place, stage, error));
      return queue;
    },
    makeWorker: (stage, concurrency, run) => {
      const options = { connection: consumer, prefix, ...workerOptions(concurrency) };
      const worker = new Worker(stage, run, options);
      worker.on("error", (error) => report(place, stage, error));
      return worker;
    },
    ready: () => waitForRedis(producer),
    isAway: () => consumer.status !== "ready",
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  });
}

function report(place: QueuePlace, stage: Stage, error: unknown): void {
  place.onTrouble?.(`The ${stage} queue is away`, error);
}

async function waitForRedis(client: Redis): Promise<void> {
  if (client.status === "ready") return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, 5_000);
    client.once("ready", () => {
      clearTimeout(timer);
      done();
    });
  });
}

function workerOptions(concurrency: number) {
  return {
    concurrency,
    // With the default of 1 a job is lost for good when its worker is killed twice.
    maxStalledCount: 1_000,
    lockDuration: 30_000,
    settings: { backoffStrategy: (tries: number) => Math.min(30_000, 250 * 2 ** Math.min(tries, 10)) },
  };
}

type RunJob = (job: { name: string; data: unknown }) => Promise<void>;
type AnyWorker = { waitUntilReady(): Promise<unknown>; close(): Promise<void> };
type Backend = {
  readonly makeQueue: (stage: Stage) => Queue;
  readonly makeWorker: (stage: Stage, concurrency: number, run: RunJob) => AnyWorker;
  readonly ready?: () => Promise<void>;
  /** Tells whether workers have lost the queue. */
  readonly isAway?: () => boolean;
  readonly close: () => Promise<void>;
};

function assemble(name: Queues["backend"], place: QueuePlace, backend: Backend): Queues {
  const trouble = place.onTrouble ?? (() => {});
  const now = place.now ?? (() => new Date());
  const open = new Map<Stage, Queue>();
  const timers: NodeJS.Timeout[] = [];
  const queue = (stage: Stage): Queue => {
    const existing = open.get(stage);
    if (existing) return existing;
    const made = backend.makeQueue(stage);
    open.set(stage, made);
    return made;
  };
  return {
    backend: name,
    enqueue: async (stage, data, options = {}) => {
      const all = (Array.isArray(data) ? data : [data]) as readonly JobData[Stage][];
      if (all.length === 0) return;
      try {
        await backend.ready?.();
        if (all.length === 1 && all[0]) await queue(stage).add(...describeJob(stage, all[0], options, now()));
        else {
          for (let from = 0; from < all.length; from += JOBS_AT_ONCE) {
            const part = all.slice(from, from + JOBS_AT_ONCE);
            await queue(stage).addBulk(part.map((one) => bulkJob(stage, one, options, now())));
          }
        }
      } catch (error) {
        // The row that asks for this work is committed: `reconcile` enqueues it when the queue is back.
        trouble(`Could not add to the ${stage} queue; reconcile will`, error);
      }
    },
    work: async (stage, concurrency, perform) => {
      const worker = backend.makeWorker(stage, concurrency, async (job) => {
        await perform(stage, job.data as never, { retry: job.name === "retry" });
      });
      await worker.waitUntilReady();
      return () => unlessAway(worker.close(), backend.isAway ?? (() => false));
    },
    repeat: async (stage, everyMs) => {
      await keepTicking(queue(stage), stage, everyMs, now());
      // Whoever empties the queue takes the pace away with it, and without `reconcile` nothing would come back.
      const look = () => keepTicking(queue(stage), stage, everyMs, now()).catch((error) => report(place, stage, error));
      timers.push(setInterval(look, everyMs).unref());
    },
    counts: (stage) => queue(stage).getJobCounts(),
    all: () => stages.map(queue),
    clear: async () => {
      for (const stage of stages) await queue(stage).obliterate({ force: true });
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all([...open.values()].map((one) => one.close()));
      await backend.close();
    },
  };
}

/** Sets the pace of a stage, unless it is set and going. */
async function keepTicking(queue: Queue, stage: Stage, everyMs: number, now: Date): Promise<void> {
  const id = `${stage}-tick`;
  const pace = await queue.getJobScheduler(id);
  // A process whose clock is hours fast sets the next one hours away: that is not going either.
  if (pace?.next && Math.abs(pace.next - now.getTime()) < 2 * everyMs) return;
  const opts = { removeOnComplete: true, removeOnFail: true };
  await queue.upsertJobScheduler(id, { every: everyMs }, { name: "run", data: {}, opts });
}

function describeJob(
  stage: Stage,
  data: JobData[Stage],
  { at, retry }: EnqueueOptions,
  now: Date,
): [string, unknown, JobsOptions] {
  const delay = at ? Math.max(0, at.getTime() - now.getTime()) : 0;
  // A later look at the same subject must not be taken for the one that is running, so its time is part of the id.
  const mark = at ? `.${Math.floor(at.getTime() / 1_000)}` : "";
  const jobId = `${stage}-${subjectOf(data)}${mark}${retry ? ".retry" : ""}`;
  return [retry ? "retry" : "run", data, delay > 0 ? { jobId, delay } : { jobId }];
}

function bulkJob(
  stage: Stage,
  data: JobData[Stage],
  options: EnqueueOptions,
  now: Date,
): { name: string; data: unknown; opts: BulkJobOptions } {
  const [name, , opts] = describeJob(stage, data, options, now);
  return { name, data, opts };
}
