import { earliestInstant, type KnownDate } from "../../domain/known-date.ts";
import type { Hold } from "../../domain/thread.ts";

/** Pages are dated in the zone of their publisher and servers' clocks differ: this much ahead is no future. */
const AHEAD_MS = 36 * 3_600_000;
const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * Finds why what a document tells must wait for an analyst before it may be told as new; null when nothing holds it.
 *
 * A date in the future or before 1990 is a mistake of the page or of our reading; without a date nothing shows that the page is new.
 */
export function holdOf(publishedAt: KnownDate | null, now: Date): Hold | null {
  if (!publishedAt) return "undated";
  const instant = earliestInstant(publishedAt).getTime();
  if (Number.isNaN(instant)) return "undated";
  if (instant > now.getTime() + AHEAD_MS) return "dated-in-future";
  return instant < EARLIEST ? "dated-before-1990" : null;
}
