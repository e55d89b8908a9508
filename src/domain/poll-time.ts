import { DateTime } from "luxon";
import { ownIntervalMs } from "./own-rhythm.ts";

/** How often a source is polled: `everyMs` inside its window (or always, without one), `elseMs` outside. */
export type PollRhythm = {
  readonly everyMs: number;
  readonly elseMs: number;
  /** The rarest that a source without a window is asked when it is seen to publish rarely; never less than `everyMs`. */
  readonly slowestMs: number;
  /** IANA zone whose hours the source keeps. */
  readonly zone: string;
  readonly window: {
    /** Minutes after local midnight; `to` may be smaller than `from`, over midnight. */
    readonly from: number;
    readonly to: number;
    readonly zone: string;
    /** ISO weekdays, Monday 1; empty for all. */
    readonly weekdays: readonly number[];
  } | null;
};

/** What the last look and those before say of the next. */
export type LastLook = {
  readonly failuresInRow: number;
  /** What the other side asked for (Retry-After), milliseconds; it always holds. */
  readonly retryAfterMs: number | null;
  /** How long the answer may be kept (Cache-Control, Expires), milliseconds; null where it does not say. */
  readonly freshForMs?: number | null;
  /** When something new was found lately, oldest first. */
  readonly newsAt?: readonly Date[];
  /** 0 to 1: up to a tenth is added. */
  readonly jitter: number;
};

const LONGEST_WAIT_MS = 6 * 3_600_000;
/** An answer that may be kept for days holds us off for an hour at most: many servers say so of every page. */
const LONGEST_KEPT_MS = 3_600_000;

/** Sources come due together at so many seconds: a process that is awake anyway does several at little more than the cost of one. */
const TOGETHER_MS = 10_000;
/** But none waits for the others longer than this share of its interval. */
const LONGEST_SHARE = 60;

/**
 * Finds when a source is due again.
 *
 * Inside its window the catalogue's interval holds. Else it follows the source's own rhythm between the catalogue's bounds: from
 * `everyMs` where it publishes often at this hour to `elseMs` (with a window) or `slowestMs` where it hardly ever does.
 * A source that fails is asked ever more rarely: its interval doubles with each failure in a row, up to six hours.
 * Up to a tenth is added by `jitter`, so that sources of one rhythm do not all come due together, and then what is missing to a full
 * ten seconds (or a sixtieth of the interval), so that some do; nothing is ever taken away.
 */
export function nextPollAt(rhythm: PollRhythm, now: Date, last: LastLook): Date {
  const { failuresInRow, retryAfterMs, jitter } = last;
  const base = baseMs(rhythm, now, last);
  const grown =
    failuresInRow > 0 ? Math.max(base, Math.min(base * 2 ** Math.min(failuresInRow, 16), LONGEST_WAIT_MS)) : base;
  const wait = Math.max(grown * (1 + jitter / 10), retryAfterMs ?? 0);
  const together = Math.min(TOGETHER_MS, Math.floor(rhythm.everyMs / LONGEST_SHARE / 1_000) * 1_000) || 1;
  const due = new Date(Math.ceil((now.getTime() + wait) / together) * together);
  // Do not sleep through the opening of the window.
  const opens = rhythm.window && failuresInRow === 0 && retryAfterMs === null ? nextOpening(rhythm.window, now) : null;
  return opens && opens < due ? opens : due;
}

function baseMs(rhythm: PollRhythm, now: Date, { freshForMs = null, newsAt = [] }: LastLook): number {
  const { everyMs, elseMs, slowestMs, window, zone } = rhythm;
  // Whoever named these hours wants the source watched closely then, whatever its server says of keeping answers.
  if (window && inWindow(rhythm, now)) return everyMs;
  const [usual, slowest] = window ? [elseMs, elseMs] : [everyMs, slowestMs];
  const own = ownIntervalMs(newsAt, zone, now) ?? usual;
  const interval = Math.max(Math.min(own, slowest), everyMs);
  return Math.max(interval, Math.min(freshForMs ?? 0, Math.max(slowest, LONGEST_KEPT_MS)));
}

function inWindow({ window }: PollRhythm, now: Date): boolean {
  if (!window) return true;
  const local = DateTime.fromJSDate(now, { zone: window.zone });
  const minute = local.hour * 60 + local.minute;
  const overMidnight = window.to <= window.from;
  const inside = overMidnight
    ? minute >= window.from || minute < window.to
    : minute >= window.from && minute < window.to;
  // After midnight the window still belongs to the day on which it opened.
  const day = overMidnight && minute < window.to ? local.minus({ days: 1 }) : local;
  return inside && (window.weekdays.length === 0 || window.weekdays.includes(day.weekday));
}

function nextOpening(window: NonNullable<PollRhythm["window"]>, now: Date): Date | null {
  const local = DateTime.fromJSDate(now, { zone: window.zone });
  for (let days = 0; days <= 7; days += 1) {
    const opening = local
      .plus({ days })
      .startOf("day")
      .set({ hour: Math.floor(window.from / 60), minute: window.from % 60 });
    if (opening.toJSDate() > now && (window.weekdays.length === 0 || window.weekdays.includes(opening.weekday)))
      return opening.toJSDate();
  }
  return null;
}
