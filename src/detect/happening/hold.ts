import { earliestInstant, type KnownDate } from "../../domain/known-date.ts";
import { isPossible, liesAhead } from "../../domain/possible-instant.ts";
import type { Hold } from "../../domain/thread.ts";

/**
 * Finds why what a document tells must wait for an analyst before it may be told as new; null when nothing holds it.
 *
 * A date in the future or before 1990 is a mistake of the page or of our reading; without a date nothing shows that the page is new.
 */
export function holdOf(publishedAt: KnownDate | null, now: Date): Hold | null {
  if (!publishedAt) return "undated";
  const instant = earliestInstant(publishedAt);
  if (Number.isNaN(instant.getTime())) return "undated";
  if (liesAhead(instant, now)) return "dated-in-future";
  return isPossible(instant, now) ? null : "dated-before-1990";
}
