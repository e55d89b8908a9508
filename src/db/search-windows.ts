import { quoteTerm, tag } from "./statement-index.ts";
import { allTerms, anyTerm } from "./term-query.ts";

const DAY_MS = 86_400_000;
/** How many days the windows reach back from the newest moment that counts; then all that is older. */
const REACH_DAYS = [3, 30, 365, 3_650] as const;

/** A stretch of time to search in, newest first; both bounds in microseconds since 1970, `from` null for all that is older. */
export type SearchWindow = { readonly from: bigint | null; readonly until: bigint; readonly terms: string };

/**
 * Cuts the time before a moment into windows, each about ten times as long as the one before.
 *
 * The index intersects the tags of the days, months or years of a window with the terms that are looked for, so that a page of
 * results costs about as much for a frequent word (found in the first window) as for a rare one (few hits in any), however large
 * the archive is. Without windows Postgres has either to fetch every statement with the word, or to walk through all without it.
 *
 * @param until - First microsecond that no longer counts.
 * @param since - First microsecond that counts; null for the beginning.
 */
export function searchWindows(terms: string, until: bigint, since: bigint | null): readonly SearchWindow[] {
  const windows: SearchWindow[] = [];
  let end = until;
  for (const days of REACH_DAYS) {
    const reach = until - BigInt(days * DAY_MS) * 1_000n;
    const from = since !== null && since > reach ? since : reach;
    if (from < end) windows.push({ from, until: end, terms: allTerms([terms, timeTags(from, end)]) });
    end = from;
    if (since !== null && since >= reach) return windows;
  }
  if (since === null || since < end) windows.push({ from: since, until: end, terms });
  return windows;
}

/** Writes the tags of the days, months or years that a stretch of time touches. */
function timeTags(from: bigint, until: bigint): string {
  const [first, last] = [new Date(Number(from / 1_000n)), new Date(Number((until - 1n) / 1_000n))];
  const days = (last.getTime() - first.getTime()) / DAY_MS;
  const length = days <= 12 ? 10 : days <= 400 ? 7 : 4;
  const tags = new Set<string>();
  // No month and no year is shorter than its step.
  const step = DAY_MS * ({ 10: 1, 7: 28, 4: 365 } as const)[length];
  for (let at = first.getTime(); at <= last.getTime(); at += step) tags.add(start(at, length));
  tags.add(start(last.getTime(), length));
  return anyTerm([...tags].map((time) => quoteTerm(tag.time(time))));
}

function start(instant: number, length: number): string {
  return new Date(instant).toISOString().slice(0, length);
}
