import { type SQL, sql } from "drizzle-orm";
import { periodOf } from "../../domain/query/ask.ts";
import type { Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { instantOf, type PageKey } from "../page-key.ts";
import type { FoundHit, Hit, TermIndex } from "./hit.ts";
import { decidedRows, type Look, lookInto, type Sought } from "./index-look.ts";
import {
  daysIn,
  daysToLookBack,
  halvesOf,
  type SearchWindow,
  termsIn,
  termsInOrUndated,
  windowBefore,
} from "./search-windows.ts";
import { quoteTerm, tag } from "./statement-index.ts";

/** How many hits are wanted, after which, and how many rows may at most be looked up for what the index does not decide. */
export type Wanted = { readonly limit: number; readonly after: PageKey | null; readonly lookUp?: number };

/** Hits, newest first; `all` unless the search ended because too many rows would have had to be looked up. */
export type Hits = { readonly hits: readonly FoundHit[]; readonly all: boolean };

/**
 * Hits that have a date, and behind them those without one that were found in the same look: `reached` is the last of these that was
 * looked up, `end` where there are no more, null where none was looked for.
 */
type DatedHits = Hits & { readonly reached: Hit | "end" | null };

const NO_HITS: DatedHits = { hits: [], all: true, reached: null };

/** Most rows that are looked up at once, where the index alone does not decide. */
const MOST_LOOKED_UP = 4_000;

/** From so many wanted hits on a window is looked into by halves, side by side: a page is found as fast in one. */
const WORTH_HALVES = 200;

/** Finds the newest hits of a question, those without a date last; `sought` is the question as a condition, its period may be left out. */
export async function newestHits(
  db: Database,
  query: Query,
  sought: Sought,
  { limit, after, lookUp = Number.POSITIVE_INFINITY }: Wanted,
): Promise<Hits> {
  const period = periodOf(query);
  const dated =
    after === null || after.micros !== null ? await datedHits(db, sought, period, { limit, after, lookUp }) : NO_HITS;
  const enough = dated.hits.length >= limit || !dated.all || dated.reached === "end";
  if (enough || period.since !== null || period.until !== null) return dated;
  const terms = sought.terms === null ? null : [...sought.terms, quoteTerm(tag.undated)];
  const position = dated.reached ?? (after?.micros === null ? keyHit(after) : null);
  const undated = await undatedHits(db, { ...sought, terms }, { limit: limit - dated.hits.length, position, lookUp });
  return { hits: [...dated.hits, ...undated.hits], all: undated.all };
}

type Period = { readonly since: Date | null; readonly until: Date | null };

/**
 * Finds the newest hits that have a date: along the order of time where no words are asked for, else window by window, the last together
 * with what has no date, where no period is asked for.
 */
async function datedHits(
  db: Database,
  sought: Sought,
  { since, until }: Period,
  { limit, after, lookUp }: Required<Wanted>,
): Promise<DatedHits> {
  const { id, instant } = sought.index;
  if (sought.terms === null) {
    const from = since ? sql`i.${instant} >= ${since.toISOString()}::timestamptz` : sql`i.${instant} is not null`;
    const to = until ? [sql`i.${instant} < ${until.toISOString()}::timestamptz`] : [];
    const position = after?.micros
      ? [sql`(i.${instant}, i.${id}) < (${instantOf(after.micros)}, ${after.id}::bigint)`]
      : [];
    return { hits: await decidedRows(db, sought, [from, ...to, ...position], limit), all: true, reached: null };
  }
  const whole = await timeOf(db, sought.index);
  if (whole === null) return NO_HITS;
  const beginning = since && microsAt(since) > whole.from ? microsAt(since) : whole.from;
  const hits: FoundHit[] = [];
  let end = whole.until;
  if (until && microsAt(until) < end) end = microsAt(until);
  if (after?.micros && BigInt(after.micros) < end) end = BigInt(after.micros) + 1n;
  let [position, days, rows] = [after && keyHit(after), 0, 0];
  let lastLook = { days: 0, found: 0 };
  while (hits.length < limit && beginning < end) {
    const wanted = limit - hits.length;
    const most = rowsToLookUp(limit, { found: hits.length, rows, left: lookUp - rows });
    const back = daysToLookBack({ days, found: hits.length }, lastLook, wanted);
    // What lies further back than the rows that will be looked up would be found in vain.
    const window = windowBefore(
      { from: beginning, until: end },
      rows === 0 ? back : Math.min(back, daysToLookBack({ days, found: rows }, { days, found: rows }, most)),
    );
    const last = window.from === beginning && since === null && until === null;
    const halves = sought.exact === null && wanted >= WORTH_HALVES ? halvesOf(window) : [window];
    const looks = halves.map((half) =>
      lookIntoWindow(db, sought, half, { position, wanted, rows: most, last: last && half.from === beginning }),
    );
    const look = joined(await Promise.all(looks), wanted);
    hits.push(...look.hits);
    rows += look.rows;
    if (rows >= lookUp) return { hits, all: false, reached: null };
    if (last && look.last === null) return { hits, all: true, reached: "end" };
    if (look.last?.micros === null) return { hits, all: true, reached: look.last };
    const reached = look.last?.micros ? BigInt(look.last.micros) + 1n : window.from;
    if (look.last) position = look.last;
    lastLook = { days: daysIn({ from: reached, until: end }), found: look.hits.length };
    days += lastLook.days;
    end = reached;
  }
  return { hits, all: true, reached: null };
}

/** What a window is looked into for; `last` where what has no date is looked for with it. */
type WindowWanted = {
  readonly position: Hit | null;
  readonly wanted: number;
  readonly rows: number;
  readonly last: boolean;
};

/** Finds the newest hits in a window. */
function lookIntoWindow(
  db: Database,
  sought: Sought,
  window: SearchWindow,
  { position, wanted, rows, last }: WindowWanted,
): Promise<Look> {
  const where = [...inWindow(sought.index, window), ...olderThan(sought.index, position)];
  return lookInto(
    db,
    { ...sought, terms: (last ? termsInOrUndated : termsIn)(sought.terms ?? [], window) },
    last ? [orUndated(sought.index, where)] : where,
    { wanted, rows },
  );
}

/** Puts together what was found in parts of a window that follow one another back in time, where the index decides alone. */
function joined(looks: readonly Look[], wanted: number): Look {
  const [only, ...others] = looks;
  if (only && others.length === 0) return only;
  return { hits: looks.flatMap(({ hits }) => hits).slice(0, wanted), rows: 0, last: null };
}

/** Finds the newest hits without a date, after `position` where there is one. */
async function undatedHits(
  db: Database,
  sought: Sought,
  { limit, position: from, lookUp }: { readonly limit: number; readonly position: Hit | null; readonly lookUp: number },
): Promise<Hits> {
  const hits: FoundHit[] = [];
  let [position, rows] = [from, 0];
  while (hits.length < limit) {
    const where = [sql`i.${sought.index.instant} is null`, ...olderThan(sought.index, position)];
    const look = await lookInto(db, sought, where, {
      wanted: limit - hits.length,
      rows: rowsToLookUp(limit, { found: hits.length, rows, left: lookUp - rows }),
    });
    hits.push(...look.hits);
    rows += look.rows;
    position = look.last;
    if (position === null) break;
    if (rows >= lookUp) return { hits, all: false };
  }
  return { hits, all: true };
}

/** Says for how many rows to look up what the index does not decide, by the share of those that met it so far; at most so many as are left. */
function rowsToLookUp(
  limit: number,
  { found, rows, left }: { readonly found: number; readonly rows: number; readonly left: number },
): number {
  const enough = rows === 0 ? limit + 20 : (1.2 * rows * (limit - found)) / Math.max(1, found);
  return Math.ceil(Math.min(left, MOST_LOOKED_UP, Math.max(100, enough)));
}

function microsAt(instant: Date): bigint {
  return BigInt(instant.getTime()) * 1_000n;
}

function keyHit({ id, micros }: PageKey): Hit {
  return { id: Number(id), micros };
}

/** Finds the stretch of time from the first to the last row of an index; null where none has a date. */
async function timeOf(db: Database, { table, instant }: TermIndex): Promise<SearchWindow | null> {
  const [row] = await db.execute<{ first: string | null; last: string | null }>(sql`
    select (extract(epoch from min(${instant})) * 1000000)::bigint::text as first,
      (extract(epoch from max(${instant})) * 1000000)::bigint::text as last
    from ${table} where terms is not null`);
  return row?.first && row.last ? { from: BigInt(row.first), until: BigInt(row.last) + 1n } : null;
}

/** Writes the bounds of a window. The instant stands in a sum, so that Postgres does not walk the index by time instead. */
function inWindow(index: TermIndex, { from, until }: SearchWindow): readonly SQL[] {
  const instant = sql`i.${index.instant} + interval '0'`;
  return [sql`${instant} >= ${instantOf(String(from))}`, sql`${instant} < ${instantOf(String(until))}`];
}

function orUndated(index: TermIndex, where: readonly SQL[]): SQL {
  return sql`(i.${index.instant} is null or (${sql.join([...where], sql` and `)}))`;
}

function olderThan(index: TermIndex, hit: Hit | null): readonly SQL[] {
  if (hit === null) return [];
  const { id, micros } = hit;
  if (micros === null) return [sql`i.${index.id} < ${id}::bigint`];
  return [sql`(i.${index.instant} + interval '0', i.${index.id}) < (${instantOf(micros)}, ${id}::bigint)`];
}
