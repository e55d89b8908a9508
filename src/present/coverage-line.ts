import { looksOffline } from "../domain/network-loss.ts";

/** A source as the coverage line counts it. */
export type CoveredSource = {
  readonly title: string;
  readonly reached: number;
  readonly failed: number;
  /** Why its silence says nothing: what its last poll met, or what is wrong although it answers; null where nothing is. */
  readonly lastFailure: string | null;
  readonly lastFailureCode: string | null;
};

/** How completely the sources were watched in a period. */
export type Coverage = {
  readonly all: number;
  /** Sources that were reached and whose last poll did not fail. */
  readonly reached: number;
  /** Sources whose last poll failed, with why. */
  readonly failing: readonly { readonly title: string; readonly why: string }[];
  /** Sources that were not polled at all. */
  readonly silent: readonly string[];
  /** Sources that could not be reached at all, where they are so many that this machine's network must be the cause; else null. */
  readonly offline: number | null;
  /** What is wrong with Parley itself: work that waits, so that news may lie in it. */
  readonly troubles: readonly string[];
  /** Whether silence may be believed: every source was reached, none is failing, and nothing waits inside Parley. */
  readonly complete: boolean;
};

/** Sums up who was reached and who was not. */
export function sumUpCoverage(sources: readonly CoveredSource[], troubles: readonly string[] = []): Coverage {
  const failing = sources.flatMap(({ title, lastFailure }) =>
    lastFailure === null ? [] : [{ title, why: lastFailure }],
  );
  const silent = sources.filter(({ reached, failed }) => reached + failed === 0).map(({ title }) => title);
  const reached = sources.length - failing.length - silent.length;
  const unreachable = sources.filter(({ lastFailureCode }) => lastFailureCode === "net-unreachable").length;
  return {
    ...{ all: sources.length, reached, failing, silent },
    offline: looksOffline({ watched: sources.length, unreachable }) ? unreachable : null,
    troubles,
    complete: sources.length > 0 && reached === sources.length && troubles.length === 0,
  };
}
