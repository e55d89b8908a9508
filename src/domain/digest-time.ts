import { DateTime } from "luxon";

/** How often a digest comes: of the day, or of the week. */
export type DigestPeriod = "daily" | "weekly";

/** When somebody wants the digest. */
export type DigestWish = {
  /** IANA name. */
  readonly timeZone: string;
  /** Local `HH:MM`. */
  readonly sendAt: string;
};

/** When, and which. */
export type DigestWishes = DigestWish & {
  readonly daily: boolean;
  /** Day of the week for the digest of the week, 1 Monday to 7 Sunday; null for none. */
  readonly weeklyOn: number | null;
};

/** One digest: the subscriber's local day that it is sent on and the instant it was due. */
export type DigestDay = { readonly day: string; readonly dueAt: Date };

/**
 * Finds the digest that was due last: today's when its hour has come, else yesterday's. A local time that a change of clocks
 * skips counts as the first that exists; one that comes twice counts once, by its day.
 */
export function lastDueDigest({ timeZone, sendAt }: DigestWish, now: Date): DigestDay {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const today = atClock(local, sendAt);
  const due = today.toJSDate() <= now ? today : atClock(local.minus({ days: 1 }), sendAt);
  return { day: due.toFormat("yyyy-MM-dd"), dueAt: due.toJSDate() };
}

/** Finds the digests that were due last, of each period that is wanted. */
export function lastDueDigests(
  wishes: DigestWishes,
  now: Date,
): readonly (DigestDay & { readonly period: DigestPeriod })[] {
  const last = lastDueDigest(wishes, now);
  const daily = wishes.daily ? [{ ...last, period: "daily" as const }] : [];
  if (wishes.weeklyOn === null) return daily;
  const day = DateTime.fromISO(last.day, { zone: wishes.timeZone });
  const back = (day.weekday - wishes.weeklyOn + 7) % 7;
  const due = atClock(day.minus({ days: back }), wishes.sendAt);
  return [...daily, { day: due.toFormat("yyyy-MM-dd"), dueAt: due.toJSDate(), period: "weekly" }];
}

/** Finds when a digest begins where no earlier one ended: the same local time a day or a week before. */
export function periodBefore({ timeZone }: DigestWish, dueAt: Date, period: DigestPeriod): Date {
  const days = period === "daily" ? 1 : 7;
  return DateTime.fromJSDate(dueAt, { zone: timeZone }).minus({ days }).toJSDate();
}

/** Finds the instant at which the digest of a local day is due. */
export function digestDueOn({ timeZone, sendAt }: DigestWish, day: string): Date {
  return atClock(DateTime.fromISO(day, { zone: timeZone }), sendAt).toJSDate();
}

function atClock(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return day.startOf("day").set({ hour, minute });
}
