import { isDatabaseDown } from "../db/client.ts";
import { clearFailure } from "../db/collection/stage-failures.ts";
import type { Failure } from "../domain/failure.ts";
import { type Enqueue, type JobData, type Perform, type Stage, subjectOf } from "../queues.ts";
import type { Run, WorkerContext } from "./context.ts";
import { correct } from "./correct.ts";
import { deliver, giveUpDeliver } from "./deliver.ts";
import { detect } from "./detect.ts";
import { digest } from "./digest.ts";
import { fetchItem, giveUpFetch } from "./fetch.ts";
import { failureOf, fileJobFailure } from "./file-job-failure.ts";
import { letter } from "./letter.ts";
import { match } from "./match.ts";
import { type InPlace, roomFor } from "./places.ts";
import { giveUpPoll, poll } from "./poll.ts";
import { read } from "./read.ts";
import { giveUpRecheck, recheck } from "./recheck.ts";
import { reconcile } from "./reconcile.ts";
import { release } from "./release.ts";
import { watch } from "./watch.ts";

/** What the machinery around a stage needs to know of it. */
type StageWorker<S extends Stage> = {
  readonly run: Run<S>;
  /** Jobs of this stage that one process does at a time. */
  readonly concurrency: number;
  /** Tries before a failure that might pass is put aside. */
  readonly tries: number;
  /** Told when a subject is put aside for good. */
  readonly giveUp?: (data: JobData[S], failure: Failure, context: WorkerContext) => Promise<void>;
};

/** Pages that wait for the database while the reading threads are at the next ones. */
const WRITING = 5;

/** Every stage with its worker. */
export function stageWorkers(fetches: number, readers: number): { readonly [S in Stage]: StageWorker<S> } {
  return {
    poll: { run: poll, concurrency: fetches, tries: 1, giveUp: giveUpPoll },
    fetch: { run: fetchItem, concurrency: fetches, tries: 6, giveUp: giveUpFetch },
    read: { run: read, concurrency: readers + WRITING, tries: 3 },
    detect: { run: detect, concurrency: readers + WRITING, tries: 3 },
    match: { run: match, concurrency: 4, tries: 5 },
    release: { run: release, concurrency: 2, tries: 5 },
    correct: { run: correct, concurrency: 2, tries: 5 },
    // Most of the time an attempt waits for somebody else's server: the places cost little, and lanes share them out.
    deliver: { run: deliver, concurrency: 64, tries: 1, giveUp: giveUpDeliver },
    letter: { run: letter, concurrency: 2, tries: 5 },
    digest: { run: digest, concurrency: 2, tries: 12 },
    recheck: { run: recheck, concurrency: 4, tries: 6, giveUp: giveUpRecheck },
    reconcile: { run: reconcile, concurrency: 1, tries: 1 },
    watch: { run: watch, concurrency: 1, tries: 1 },
  };
}

/** Stages whose own tables remember failures and retries, or which come round again anyway. */
const KEEP_THEIR_OWN = new Set<Stage>(["poll", "deliver", "letter", "reconcile", "watch"]);

/** Stages that a process goes on to by itself with the one subject that the stage before has just made. */
const NEXT_AT_ONCE: { readonly [S in Stage]?: Stage } = { fetch: "read", read: "detect" };

/**
 * Does jobs with the workers of their stages. An expected failure is filed in Postgres and tried again or put aside by its remedy;
 * a defect of ours is filed the same way, with its stack in the log; only an unreachable database is handed back to the queue.
 *
 * A page that was fetched is read, and a reading searched, in the same job where this process has workers for these stages: the
 * queue would only give it back. Whatever is left undone between two stages, `reconcile` finds in the tables.
 *
 * @param here - Stages that this process works at.
 */
export function performWith(
  context: WorkerContext,
  workers: ReturnType<typeof stageWorkers>,
  here: readonly Stage[] = [],
): Perform {
  const rooms = new Map<Stage, InPlace>(here.map((stage) => [stage, roomFor(workers[stage].concurrency)]));
  const perform: Perform = async (stage, data, { retry }) => {
    const started = performance.now();
    const subject = subjectOf(data);
    const next: Next[] = [];
    try {
      const outcome = await (workers[stage].run as Run<typeof stage>)(data, keepingNext(stage, context, rooms, next));
      if (retry) await clearFailure(context.db, stage, subject);
      context.log.debug({ stage, subject, ms: Math.round(performance.now() - started), ...outcome }, "done");
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      await putAside(stage, data, error, context, workers);
    }
    for (const { room, stage: following, data: subject } of next)
      await room(() => perform(following, subject, { retry: false }));
  };
  return perform;
}

type Next = { readonly room: InPlace; readonly stage: Stage; readonly data: JobData[Stage] };

/** Makes a stage's context keep the next step of its subject instead of putting it on the queue, where this process can do it. */
function keepingNext(
  stage: Stage,
  context: WorkerContext,
  rooms: ReadonlyMap<Stage, InPlace>,
  next: Next[],
): WorkerContext {
  const following = NEXT_AT_ONCE[stage];
  const room = following && rooms.get(following);
  if (!following || !room) return context;
  const enqueue: Enqueue = async (to, data, options) => {
    if (to !== following || options) return context.enqueue(to, data, options);
    for (const one of [data].flat() as JobData[Stage][]) next.push({ room, stage: following, data: one });
  };
  return { ...context, enqueue };
}

/** Files what a job failed of, and sees to its next try, or tells the stage that there is none. */
async function putAside<S extends Stage>(
  stage: S,
  data: JobData[S],
  error: unknown,
  context: WorkerContext,
  workers: ReturnType<typeof stageWorkers>,
): Promise<void> {
  const subject = subjectOf(data);
  const failure = failureOf(stage, subject, error, context);
  const worker = workers[stage] as StageWorker<S>;
  // Their own tables must hear of it, or the same work would be due again at once, and for ever.
  if (KEEP_THEIR_OWN.has(stage)) return worker.giveUp?.(data, failure, context);
  const nextAt = await fileJobFailure({ stage, subject, tries: worker.tries }, failure, context);
  if (nextAt) await context.enqueue(stage, data, { at: nextAt, retry: true });
  else await worker.giveUp?.(data, failure, context);
}
