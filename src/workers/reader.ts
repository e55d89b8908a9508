import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { DocumentEntry, DocumentToIndex } from "../db/search/document-index.ts";
import type { Records } from "../detect/record/records.ts";
import type { Development } from "../domain/development.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import type { Fetched } from "../domain/fetched.ts";
import { shipped } from "../paths.ts";
import type { ReadHints } from "../read/hints.ts";
import { roomFor } from "./places.ts";
import type { DetectEditTask, Look, RecordTask, TellingReading, TellingsTask } from "./reader-thread.ts";

/** Longest that one page may take; then its thread is ended and another takes its place. */
const LONGEST_READ_MS = 10_000;

/** Most memory that one page may take; then too. A page of usual length takes 60 with the catalogue and the tagger. */
const LARGEST_HEAP_MB = 320;

/** Reads and detects in threads of its own, so that no page can stall the loop that keeps queues and timers going. */
export type Reader = {
  readonly readFeed: (fetched: Fetched, hints: ReadHints) => Promise<FeedReading>;
  /** Reads a page as it is kept for a document: two such readings of the same words are the same. */
  readonly readDocument: (documentId: number, fetched: Fetched, hints: ReadHints) => Promise<TellingReading>;
  /** Finds what a document tells of the talks and adds to the records; see `Judge` for whether it is news. */
  readonly look: (task: TellingsTask) => Promise<Look>;
  readonly detectEdit: (task: DetectEditTask) => Promise<Development | null>;
  /** Reads what a document adds to first times, stock phrases and readouts. */
  readonly record: (task: RecordTask) => Promise<Records>;
  /** Writes what documents are found by. */
  readonly indexDocuments: (documents: readonly DocumentToIndex[]) => Promise<readonly DocumentEntry[]>;
  /** Whether something waits for a thread: what can be done later had better not come in between. */
  readonly isBusy: () => boolean;
  readonly close: () => Promise<void>;
};

/**
 * Starts the reading threads. Each keeps its own compiled copy of the catalogue.
 *
 * A task that takes over ten seconds (waiting for a thread left out) or 320 MB costs its thread and fails as `reader-crashed`; the others go on.
 */
export function startReader(catalogue: Catalogue, threads: number): Reader {
  const places = Math.max(1, Math.min(threads, availableParallelism()));
  const pool = new Piscina({
    // Threads run compiled code: Node 20 cannot load TypeScript in them.
    filename: shipped("dist/workers/reader-thread.js"),
    workerData: { catalogue },
    minThreads: 1,
    maxThreads: places,
    concurrentTasksPerWorker: 1,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP_MB, maxYoungGenerationSizeMb: 8 },
  });
  // The pool would count its own queue as reading time; so a task enters it when a thread is free, and its clock starts then.
  const inPlace = roomFor(places);
  const run = <T>(name: string, task: unknown, about: string): Promise<T> =>
    inPlace(async () => {
      try {
        return (await pool.run(task, { name, signal: AbortSignal.timeout(LONGEST_READ_MS) })) as T;
      } catch (error) {
        throw crashOf(error, about);
      }
    });
  return {
    readFeed: (fetched, hints) => run("feed", { fetched, hints }, fetched.url),
    readDocument: (documentId, fetched, hints) => run("document", { documentId, fetched, hints }, fetched.url),
    look: (task) => run("look", task, task.article.title ?? "a document"),
    detectEdit: (task) => run("detectEditIn", task, task.title ?? "a document"),
    record: (task) => run("record", task, task.article.title ?? "a document"),
    indexDocuments: (documents) => run("entries", { documents }, documents[0]?.title ?? "a document"),
    isBusy: () => inPlace.waiting() > 0,
    close: () => pool.destroy(),
  };
}

function crashOf(error: unknown, about: string): unknown {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === "AbortError" || name === "TimeoutError") {
    return new Failure(
      "reader-crashed",
      `Reading ${about} took over ${LONGEST_READ_MS / 1_000} seconds and was stopped.`,
      { cause: error },
    );
  }
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new Failure("reader-crashed", `Reading ${about} took over ${LARGEST_HEAP_MB} MB and was stopped.`, {
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error(message ?? String(error));
}
