import { DateTime } from "luxon";

/** When somebody wants the digest. */
export type DigestWish = {
  /** IANA name. */
  readonly timeZone: string;
  /** Local `HH:MM`. */
  readonly sendAt: string;
};

/** One day's digest: the subscriber's local day and the instant it was due. */
export type DigestDay = { readonly day: string; readonly dueAt: Date };

/**
 * Finds the digest that was due last: today's when its hour has come, else yesterday's. A local time that a change of clocks
 * skips counts as the first that exists; one that comes twice counts once, by its day.
 */
export function lastDueDigest({ timeZone, sendAt }: DigestWish, now: Date): DigestDay {
  const [hour = 0, minute = 0] = sendAt.split(":").map(Number);
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const today = local.startOf("day").set({ hour, minute });
  const due = today.toJSDate() <= now ? today : local.minus({ days: 1 }).startOf("day").set({ hour, minute });
  return { day: due.toFormat("yyyy-MM-dd"), dueAt: due.toJSDate() };
}

/** Finds when the next digest is due. */
export function nextDigestAt(wish: DigestWish, now: Date): Date {
  const last = DateTime.fromJSDate(lastDueDigest(wish, now).dueAt, { zone: wish.timeZone });
  const [hour = 0, minute = 0] = wish.sendAt.split(":").map(Number);
  return last.plus({ days: 1 }).startOf("day").set({ hour, minute }).toJSDate();
}

/** Finds when a day's digest begins where no earlier one ended: the same local time a day before. */
export function dayBefore({ timeZone }: DigestWish, dueAt: Date): Date {
  return DateTime.fromJSDate(dueAt, { zone: timeZone }).minus({ days: 1 }).toJSDate();
}

/** Finds the instant at which the digest of a local day is due. */
export function digestDueOn({ timeZone, sendAt }: DigestWish, day: string): Date {
  const [hour = 0, minute = 0] = sendAt.split(":").map(Number);
  return DateTime.fromISO(day, { zone: timeZone }).startOf("day").set({ hour, minute }).toJSDate();
}
