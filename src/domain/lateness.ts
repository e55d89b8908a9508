import { earliestInstant, type KnownDate } from "./known-date.ts";

/** What comes in longer than this after its publication is no news any more. */
const LATE_AFTER_MS = 3 * 86_400_000;

/**
 * Tells whether something came in so long after it was published that it must not be told as news.
 *
 * @param publishedAt - Null where the document gives no date: then nobody knows, and nothing is claimed.
 */
export function isLate(publishedAt: KnownDate | null, seenAt: Date): boolean {
  if (!publishedAt || publishedAt.precision === "month" || publishedAt.precision === "year") return false;
  return seenAt.getTime() - earliestInstant(publishedAt).getTime() > LATE_AFTER_MS;
}
