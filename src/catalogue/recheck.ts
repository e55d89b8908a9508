import { intervalMs } from "./interval.ts";
import type { Source } from "./source.ts";

/** When official documents are fetched again to catch edits, counted from the first fetch. */
const OFFICIAL = ["1h", "6h", "24h", "7d"];

/** Lists the moments at which a document of this source is to be fetched again, the nearest first. Others than official ones are not, unless the catalogue says so. */
export function recheckTimes(source: Source, firstFetchedAt: Date): readonly Date[] {
  const waits = source.recheck ?? (source.official && !source.document.fromFeed ? OFFICIAL : []);
  return waits.map((wait) => new Date(firstFetchedAt.getTime() + intervalMs(wait)));
}
