import { DateTime } from "luxon";

/** Local hours in which a rule keeps still. `to` may lie before `from`: then they go past midnight. */
export type QuietHours = {
  /** Local `HH:MM`. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly timeZone: string;
};

/** How a rule speaks up: at once, unless one of these says later. */
export type AlertManner = {
  readonly quiet: QuietHours | null;
  /** After an alert on a thread, further ones on it wait this long; 0 for no wait. */
  readonly cooldownMinutes: number;
  /** From this severity nothing waits; null when everything may. */
  readonly urgentFrom: number | null;
  /** So many alerts within ten minutes go out one by one, what follows them is told together; 0 for never. Ten where left out. */
  readonly batchAfter?: number;
};

/** The manner of a rule that says nothing of it. */
export const AT_ONCE: AlertManner = { quiet: null, cooldownMinutes: 0, urgentFrom: null };

/** A rule that told of so many things within so many minutes waits with the next and tells them together; how many, its manner may say. */
export const BURST = { most: 10, minutes: 10 } as const;

/** An alert that a rule made before. */
export type EarlierAlert = {
  readonly at: Date;
  readonly threadId: number | null;
  /** Whether it was held back: then it was not heard, and neither cools down nor counts to a burst. */
  readonly held: boolean;
};

/**
 * Finds until when an alert is held back, to be told together with others; null when it goes out at once.
 *
 * @param earlier - Alerts of the same rule; those longer ago than `lookBackMs` change nothing.
 */
export function heldUntil(
  manner: AlertManner,
  alert: { readonly at: Date; readonly severity: number | null; readonly threadId: number | null },
  earlier: readonly EarlierAlert[],
): Date | null {
  if (manner.urgentFrom !== null && (alert.severity ?? 0) >= manner.urgentFrom) return null;
  const ends = [
    quietEnd(manner.quiet, alert.at),
    cooldownEnd(manner, alert, earlier),
    burstEnd(manner, alert.at, earlier),
  ];
  const latest = Math.max(...ends.map((end) => end?.getTime() ?? 0));
  return latest > alert.at.getTime() ? new Date(latest) : null;
}

/** Says how far back earlier alerts matter, in milliseconds. */
export function lookBackMs({ cooldownMinutes }: AlertManner): number {
  return Math.max(cooldownMinutes, BURST.minutes) * 60_000;
}

/** Finds when the quiet hours end that a moment lies in; null when it lies in none. */
function quietEnd(quiet: QuietHours | null, at: Date): Date | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const local = DateTime.fromJSDate(at, { zone: quiet.timeZone });
  // Yesterday's may reach into today.
  for (const day of [local.minus({ days: 1 }), local]) {
    const start = atClock(day, quiet.from);
    const end = atClock(quiet.to > quiet.from ? day : day.plus({ days: 1 }), quiet.to);
    if (start <= local && local < end) return end.toJSDate();
  }
  return null;
}

function atClock(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return day.startOf("day").set({ hour, minute });
}

function cooldownEnd(
  { cooldownMinutes }: AlertManner,
  { at, threadId }: { readonly at: Date; readonly threadId: number | null },
  earlier: readonly EarlierAlert[],
): Date | null {
  if (cooldownMinutes === 0 || threadId === null) return null;
  const heard = earlier.filter((one) => !one.held && one.threadId === threadId && one.at <= at);
  const last = Math.max(0, ...heard.map((one) => one.at.getTime()));
  return last === 0 ? null : new Date(last + cooldownMinutes * 60_000);
}

function burstEnd({ batchAfter = BURST.most }: AlertManner, at: Date, earlier: readonly EarlierAlert[]): Date | null {
  if (batchAfter === 0) return null;
  const from = at.getTime() - BURST.minutes * 60_000;
  const heard = earlier
    .filter((one) => !one.held && one.at.getTime() > from && one.at <= at)
    .map((one) => one.at.getTime());
  return heard.length < batchAfter ? null : new Date(Math.min(...heard) + BURST.minutes * 60_000);
}
