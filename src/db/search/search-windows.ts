import { quoteTerm, tag } from "./statement-index.ts";
import { anyTerm } from "./term-query.ts";

const DAY_MS = 86_400_000;

/** How far the first look goes back. */
const FIRST_DAYS = 3;
/** A look is at most so many times as long as all before it together. */
const LONGEST_STEP = 50;
/** Longer windows begin with a month, so that a few tags say where they lie. */
const MOST_SINGLE_DAYS = 10;
/** What of a year has to lie in a window for the tag of the whole year to stand for it. */
const MOST_OF_A_YEAR_DAYS = 180;

/** Shorter windows are looked into as a whole. */
const SHORTEST_HALVED_DAYS = 62;

/** A window of more than a century is not said by tags: that would be hundreds of them. */
const MOST_DAYS_BY_TAGS = 36_525;

/** A stretch of time to search in, in microseconds since 1970: the first that counts, and the first that no longer does. */
export type SearchWindow = { readonly from: bigint; readonly until: bigint };

/** What looks came to: how many days they went back, and how many hits they gave. */
export type Looked = { readonly days: number; readonly found: number };

/** From so many hits on the last look says better than all before it how dense the past is. */
const TELLING_HITS = 20;
/** So much of what was found already is looked for besides what is wanted: a last look for the few that are missing costs as much as a long one. */
const SPARE_SHARE = 0.05;

/**
 * Says how many days to look back next, so that about as many hits are met as are still wanted.
 *
 * The index intersects the tags of the days, months or years of a window with the terms that are looked for, so a page of results
 * costs about as much for a frequent word (found in the first window) as for a rare one (few hits in any), however large the
 * archive is. Without windows Postgres has either to fetch every statement with the word, or to walk through all without it.
 *
 * @param looked - All looks so far.
 * @param last - The last of them.
 * @param wanted - How many more hits are wanted.
 */
export function daysToLookBack(looked: Looked, last: Looked, wanted: number): number {
  if (looked.days === 0) return FIRST_DAYS;
  const { days, found } = last.found < TELLING_HITS ? looked : last;
  // A little more, because the past is seldom as dense as the days just seen.
  const sought = 1.2 * wanted + SPARE_SHARE * looked.found;
  const enough = found === 0 ? Number.POSITIVE_INFINITY : Math.ceil((days * sought) / found);
  return Math.max(FIRST_DAYS, Math.min(enough, Math.ceil(looked.days * LONGEST_STEP)));
}

/** Cuts at least so many days off the end of a stretch of time, whole days or months. */
export function windowBefore({ from, until }: SearchWindow, days: number): SearchWindow {
  const reached = instantOf(until) - days * DAY_MS;
  const back = BigInt(days > MOST_SINGLE_DAYS ? startOfMonth(reached) : startOfDay(reached)) * 1_000n;
  return { from: back > from ? back : from, until };
}

/** Cuts a window of several months into its later and its earlier half, whole months; gives a shorter one back as it is. */
export function halvesOf(window: SearchWindow): readonly SearchWindow[] {
  const middle = BigInt(startOfMonth((instantOf(window.from) + instantOf(window.until)) / 2)) * 1_000n;
  if (daysIn(window) < SHORTEST_HALVED_DAYS || middle <= window.from) return [window];
  return [
    { from: middle, until: window.until },
    { from: window.from, until: middle },
  ];
}

/** How many days a window is long. */
export function daysIn({ from, until }: SearchWindow): number {
  return Number((until - from) / 1_000n) / DAY_MS;
}

/** Says what the index is asked for in a window: the terms, and the days, months or years that it touches where it is not too long. */
export function termsIn(terms: readonly string[], window: SearchWindow): readonly string[] {
  return daysIn(window) > MOST_DAYS_BY_TAGS ? terms : [...terms, timeTags(window)];
}

/** Says what the index is asked for in a window and among what has no date; see `termsIn`. */
export function termsInOrUndated(terms: readonly string[], window: SearchWindow): readonly string[] {
  if (daysIn(window) > MOST_DAYS_BY_TAGS) return terms;
  return [...terms, anyTerm([timeTags(window), quoteTerm(tag.undated)])];
}

/** Covers a window with as few tags as there are: the fewer the index has to intersect, the faster it is. */
function timeTags({ from, until }: SearchWindow): string {
  const last = instantOf(until - 1n);
  const long = daysIn({ from, until }) > MOST_SINGLE_DAYS;
  const times: string[] = [];
  for (let at = long ? startOfMonth(instantOf(from)) : startOfDay(instantOf(from)); at <= last; ) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (long && day.endsWith("-01-01") && last - at >= MOST_OF_A_YEAR_DAYS * DAY_MS) {
      times.push(day.slice(0, 4));
      at = startOfMonth(at + 366 * DAY_MS);
    } else if (long) {
      times.push(day.slice(0, 7));
      at = startOfMonth(at + 31 * DAY_MS);
    } else {
      times.push(day);
      at += DAY_MS;
    }
  }
  return anyTerm(times.map((time) => quoteTerm(tag.time(time))));
}

// By subtraction: Date.UTC takes the years below 100 for those of the last century.
function startOfDay(instant: number): number {
  return Math.floor(instant / DAY_MS) * DAY_MS;
}

function startOfMonth(instant: number): number {
  return startOfDay(instant) - (new Date(instant).getUTCDate() - 1) * DAY_MS;
}

/** Gives the millisecond that a microsecond lies in. */
function instantOf(micros: bigint): number {
  return Number((micros - (((micros % 1_000n) + 1_000n) % 1_000n)) / 1_000n);
}
