import { outOfTime } from "./broken-connection.ts";

/** What is left of the time one fetch may spend on the wire, over all its redirects. Waiting for a turn costs nothing. */
export type TimeBudget = { leftMs: number };

/**
 * Runs work that must end before the budget does, and takes its time off the budget.
 *
 * @param work - Must stop when its signal aborts.
 * @throws {Failure} `net-timeout` when the budget ran out; the reason of `signal` when that aborted first; else what `work` throws.
 */
export async function withinBudget<T>(
  budget: TimeBudget,
  where: string,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  if (budget.leftMs <= 0) throw outOfTime(where);

  const startedAt = performance.now();
  const stop = new AbortController();
  const giveUp = () => stop.abort(signal?.reason);
  const timer = setTimeout(() => stop.abort(outOfTime(where)), budget.leftMs);
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    return await work(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
    budget.leftMs -= performance.now() - startedAt;
  }
}
