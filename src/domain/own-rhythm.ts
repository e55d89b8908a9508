import { DateTime } from "luxon";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Older news says little of how a source publishes today. */
const LOOKED_BACK_MS = 28 * DAY_MS;
/** Before a source has been watched for a week nothing is known of its rhythm. */
const LEAST_WATCHED_MS = 7 * DAY_MS;
/** A look is due when so much of a publication is to be expected since the last one: three of four looks find nothing new. */
const EXPECTED_PER_LOOK = 0.25;
/** Of a quiet hour so much of the source's mean is expected all the same: what is urgent keeps no hours. */
const UNUSUAL = 0.25;

/**
 * Finds how often a source is worth asking at this hour, from when it published in the last 28 days: by the hour of the day
 * (with the hours beside it) on working days and on weekends, in its own zone, so that daylight saving moves nothing.
 *
 * @param newsAt - Moments at which something new was found, oldest first; the earliest ones may have been dropped.
 * @returns Milliseconds; null while too little is known.
 */
export function ownIntervalMs(newsAt: readonly Date[], zone: string, now: Date): number | null {
  const first = newsAt[0];
  if (!first || now.getTime() - first.getTime() < LEAST_WATCHED_MS) return null;
  const from = Math.max(first.getTime(), now.getTime() - LOOKED_BACK_MS);
  const recent = newsAt.filter((at) => at.getTime() >= from && at <= now);
  const watchedMs = now.getTime() - from;
  const here = DateTime.fromJSDate(now, { zone });
  const alike = recent.filter((at) => isLike(DateTime.fromJSDate(at, { zone }), here)).length;
  const daysAlike = (watchedMs / DAY_MS) * (isWeekend(here) ? 2 / 7 : 5 / 7);
  const perHourNow = alike / (3 * daysAlike);
  const perHourEver = recent.length / (watchedMs / HOUR_MS);
  const expected = Math.max(perHourNow, perHourEver * UNUSUAL);
  return expected > 0 ? Math.round((EXPECTED_PER_LOOK / expected) * HOUR_MS) : Number.POSITIVE_INFINITY;
}

function isLike(one: DateTime, other: DateTime): boolean {
  const hours = Math.abs(one.hour - other.hour);
  return Math.min(hours, 24 - hours) <= 1 && isWeekend(one) === isWeekend(other);
}

function isWeekend({ weekday }: DateTime): boolean {
  return weekday >= 6;
}
