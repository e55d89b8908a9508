import { intervalMs } from "./interval.ts";
import type { Source } from "./source.ts";

/** When official documents are fetched again to catch edits, counted from the first fetch. */
const OFFICIAL = ["1h", "6h", "24h", "7d"];

/** Lists the moments at which a document of this source is to be fetched again, the nearest first. Others than official ones are not, unless the catalogue says so. */
export function recheckTimes(source: Source, firstFetchedAt: Date): readonly Date[] {
  const waits = source.recheck ?? (source.official && !source.document.fromFeed ? OFFICIAL : []);
  return waits.map((wait) => new Date(firstFetchedAt.getTime() + intervalMs(wait)));
}

const DAY_MS = 86_400_000;
/** However old a document is, it is looked at again after so long. */
const RAREST_MS = 180 * DAY_MS;

/**
 * Finds when a document of this source is to be fetched again: at the moments of `recheckTimes`, and where the catalogue does not
 * set them, after the last one each time the document has doubled its age, at least every half year.
 *
 * @returns null when it is not fetched again.
 */
export function nextRecheckAt(source: Source, firstFetchedAt: Date, now: Date): Date | null {
  const times = recheckTimes(source, firstFetchedAt);
  const next = times.find((moment) => moment > now);
  const last = times.at(-1);
  if (next || !last || source.recheck) return next ?? null;
  let age = last.getTime() - firstFetchedAt.getTime();
  while (firstFetchedAt.getTime() + age <= now.getTime()) age += Math.min(age, RAREST_MS);
  return new Date(firstFetchedAt.getTime() + age);
}
