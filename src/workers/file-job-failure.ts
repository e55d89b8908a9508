import { failedAttempts, fileFailure } from "../db/collection/stage-failures.ts";
import { saidError } from "../db/without-values.ts";
import { Failure } from "../domain/failure.ts";
import { nextTryAt } from "../domain/retry-time.ts";
import type { WorkerContext } from "./context.ts";

/** Says of any error what is to be filed: an expected failure is itself, everything else is a defect of ours. */
export function failureOf(
  stage: string,
  subject: string,
  error: unknown,
  { log }: Pick<WorkerContext, "log">,
): Failure {
  const expected = error instanceof Failure;
  const failure = expected
    ? error
    : new Failure("defect", `Parley has a defect in ${stage}: ${saidError(error)}`, { cause: error });
  const line = { stage, subject, code: failure.code, reason: failure.message };
  if (expected) log.info(line, "failed");
  else log.error({ ...line, err: error }, "a defect; please report it");
  return failure;
}

/**
 * Files a failure in Postgres, to be tried again or put aside by its remedy and by how often the subject has failed.
 *
 * @param tries - Tries before a failure that might pass is put aside.
 * @returns When it is to be tried again; null when it was put aside.
 */
export async function fileJobFailure(
  { stage, subject, tries }: { readonly stage: string; readonly subject: string; readonly tries: number },
  { code, message, remedy, retryAfterMs }: Failure,
  { db, now }: Pick<WorkerContext, "db" | "now">,
): Promise<Date | null> {
  const attempts = (await failedAttempts(db, stage, subject)) + 1;
  // A refusal that names a time (robots.txt that could not be asked) is worth another try.
  const hopeless = remedy === "park" && retryAfterMs === null;
  const nextAt = hopeless || attempts >= tries ? null : nextTryAt(attempts, now(), retryAfterMs);
  await fileFailure(db, { stage, subject, code, message, remedy: nextAt ? "retry" : "park", nextAt }, now());
  return nextAt;
}
