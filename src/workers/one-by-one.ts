import { isDatabaseDown } from "../db/client.ts";
import { clearFailure } from "../db/collection/stage-failures.ts";
import type { Chore } from "../queues.ts";
import type { WorkerContext } from "./context.ts";
import { failureOf, fileJobFailure } from "./file-job-failure.ts";
import type { GivesWay } from "./gives-way.ts";

/** Tries before a subject is put aside. */
const TRIES = 5;

/**
 * Does a chore for one subject after the other. One that fails is filed, to be tried again or put aside, and the others go on: else
 * a single text that always fails would end every run before those behind it.
 *
 * @param givesWay - Asked before each; the others are left to the next run when it says so.
 * @returns How many went through.
 * @throws where the database cannot be reached: then none would go through.
 */
export async function oneByOne<T>(
  chore: Chore,
  subjects: readonly T[],
  idOf: (subject: T) => number,
  work: (subject: T) => Promise<void>,
  context: WorkerContext,
  givesWay: GivesWay = () => false,
): Promise<number> {
  let done = 0;
  for (const [at, one] of subjects.entries()) {
    if (givesWay(at)) break;
    const subject = String(idOf(one));
    try {
      await work(one);
      await clearFailure(context.db, chore, subject);
      done += 1;
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      await fileJobFailure({ stage: chore, subject, tries: TRIES }, failureOf(chore, subject, error, context), context);
    }
  }
  return done;
}
