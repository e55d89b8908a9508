/** How watching a source goes now. */
export type SourceState =
  /** Its last poll reached it, and the next is not overdue. */
  | "reached"
  /** Its last poll failed. */
  | "failed"
  /** It was not polled when it was due. */
  | "late"
  /** Its list is gone for good (410); it is not polled any more. */
  | "gone"
  /** It has never been polled. */
  | "new"
  /** The catalogue switches it off, or gives it no list. */
  | "off";

/** What a source's state is judged by, all from Postgres. */
export type WatchedState = {
  readonly enabled: boolean;
  readonly hasList: boolean;
  readonly nextPollAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly failuresInRow: number;
};

/** A poll that is due waits its turn for so long before it is late. */
export const LATE_MS = 120_000;

/** Entries of a source passed unseen between two polls. */
export const MISSED = "source-entries-missed";

/** Incidents of a source that answers and whose silence says nothing all the same. */
export const BLIND: readonly string[] = ["source-empty", "source-layout-changed", MISSED];

/** Judges how watching a source goes. Only `reached` lets its silence be believed. */
export function sourceState(source: WatchedState, now: Date): SourceState {
  const { enabled, hasList, nextPollAt, lastSuccessAt, failuresInRow } = source;
  if (!enabled || !hasList) return "off";
  if (nextPollAt === null) return "gone";
  if (failuresInRow > 0) return "failed";
  if (now.getTime() - nextPollAt.getTime() > LATE_MS) return "late";
  return lastSuccessAt === null ? "new" : "reached";
}

const DAY_MS = 86_400_000;
const LOOKED_BACK_MS = 28 * DAY_MS;
/** From fewer publications no habit is read. */
const LEAST_NEWS = 8;
/** Silence is unusual when it lasts so many times the longest pause of the last 28 days, */
const TIMES_LONGEST = 2;
/** and never before it has lasted two days: weekends and holidays are. */
const LEAST_SILENCE_MS = 2 * DAY_MS;

/**
 * Finds since when a source is unusually quiet against its own last 28 days.
 *
 * @param newsAt - Moments at which something new was found in it, oldest first.
 * @returns The moment of its last news; null while its silence is nothing unusual, or too little is known.
 */
export function quietSince(newsAt: readonly Date[], now: Date): Date | null {
  const last = newsAt.at(-1);
  if (!last) return null;
  const recent = newsAt.filter((at) => last.getTime() - at.getTime() <= LOOKED_BACK_MS);
  if (recent.length < LEAST_NEWS) return null;
  const pauses = recent.slice(1).map((at, index) => at.getTime() - (recent[index]?.getTime() ?? 0));
  const longest = Math.max(...pauses);
  const silence = now.getTime() - last.getTime();
  return silence > Math.max(longest * TIMES_LONGEST, LEAST_SILENCE_MS) ? last : null;
}
