import { DateTime } from "luxon";

/** How often a source is polled: `everyMs` inside its window (or always, without one), `elseMs` outside. */
export type PollRhythm = {
  readonly everyMs: number;
  readonly elseMs: number;
  readonly window: {
    /** Minutes after local midnight; `to` may be smaller than `from`, over midnight. */
    readonly from: number;
    readonly to: number;
    readonly zone: string;
    /** ISO weekdays, Monday 1; empty for all. */
    readonly weekdays: readonly number[];
  } | null;
};

const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * Finds when a source is due again.
 *
 * A source that fails is asked ever more rarely: its interval doubles with each failure in a row, up to six hours.
 * Up to a tenth is added by `jitter` (0 to 1), so that sources of one rhythm do not all come due together; never taken away.
 *
 * @param retryAfterMs - What the other side asked for; the later of both holds.
 */
export function nextPollAt(
  rhythm: PollRhythm,
  now: Date,
  {
    failuresInRow,
    retryAfterMs,
    jitter,
  }: { readonly failuresInRow: number; readonly retryAfterMs: number | null; readonly jitter: number },
): Date {
  const base = inWindow(rhythm, now) ? rhythm.everyMs : rhythm.elseMs;
  const grown =
    failuresInRow > 0 ? Math.max(base, Math.min(base * 2 ** Math.min(failuresInRow, 16), LONGEST_WAIT_MS)) : base;
  const wait = Math.max(grown * (1 + jitter / 10), retryAfterMs ?? 0);
  const due = new Date(now.getTime() + Math.round(wait));
  // Do not sleep through the opening of the window.
  const opens = rhythm.window && failuresInRow === 0 && retryAfterMs === null ? nextOpening(rhythm.window, now) : null;
  return opens && opens < due ? opens : due;
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
