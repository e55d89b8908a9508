import { type SQL, sql } from "drizzle-orm";
import { periodOf } from "../../domain/query/ask.ts";
import { allOf, leavesOf, type Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { instantOf, type PageKey } from "../page-key.ts";
import type { Condition } from "./search-condition.ts";
import {
  daysIn,
  daysToLookBack,
  type SearchWindow,
  termsIn,
  termsInOrUndated,
  windowBefore,
} from "./search-windows.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { anyTerm, leafQuery } from "./term-query.ts";

/**
 * An index of terms that hits are looked for in: its table, which questions call `i` and which has the terms as `terms` and the days,
 * months and years as tags; the column that names what is found, and the column of its instant.
 */
export type TermIndex = { readonly table: SQL; readonly id: SQL; readonly instant: SQL };

/** What is looked for, and in which index. */
export type Sought = Condition & { readonly index: TermIndex };

/** What was found, with its instant in microseconds since 1970; null where its day is not known. */
export type Hit = { readonly id: number; readonly micros: string | null };

/** How many hits are wanted, after which, and how many rows may at most be looked up for what the index does not decide. */
export type Wanted = { readonly limit: number; readonly after: PageKey | null; readonly lookUp?: number };

/** Hits, newest first; `all` unless the search ended because too many rows would have had to be looked up. */
export type Hits = { readonly hits: readonly Hit[]; readonly all: boolean };

/**
 * Hits that have a date, and behind them those without one that were found in the same look: `reached` is the last of these that was
 * looked up, `end` where there are no more, null where none was looked for.
 */
type DatedHits = Hits & { readonly reached: Hit | "end" | null };

const NO_HITS: DatedHits = { hits: [], all: true, reached: null };

/** Most rows that are looked up at once, where the index alone does not decide. */
const MOST_LOOKED_UP = 4_000;

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
  const hits: Hit[] = [];
  let end = whole.until;
  if (until && microsAt(until) < end) end = microsAt(until);
  if (after?.micros && BigInt(after.micros) < end) end = BigInt(after.micros) + 1n;
  let [position, days, rows] = [after && keyHit(after), 0, 0];
  while (hits.length < limit && beginning < end) {
    const wanted = limit - hits.length;
    const most = rowsToLookUp(limit, { found: hits.length, rows, left: lookUp - rows });
    const back = daysToLookBack({ days, found: hits.length }, wanted);
    // What lies further back than the rows that will be looked up would be found in vain.
    const window = windowBefore(
      { from: beginning, until: end },
      rows === 0 ? back : Math.min(back, daysToLookBack({ days, found: rows }, most)),
    );
    const last = window.from === beginning && since === null && until === null;
    const where = [...inWindow(sought.index, window), ...olderThan(sought.index, position)];
    const look = await lookInto(
      db,
      { ...sought, terms: last ? termsInOrUndated(sought.terms, window) : termsIn(sought.terms, window) },
      last ? [orUndated(sought.index, where)] : where,
      { wanted, rows: most },
    );
    hits.push(...look.hits);
    rows += look.rows;
    if (rows >= lookUp) return { hits, all: false, reached: null };
    if (last && look.last === null) return { hits, all: true, reached: "end" };
    if (look.last?.micros === null) return { hits, all: true, reached: look.last };
    const reached = look.last?.micros ? BigInt(look.last.micros) + 1n : window.from;
    if (look.last) position = look.last;
    days += daysIn({ from: reached, until: end });
    end = reached;
  }
  return { hits, all: true, reached: null };
}

/** Finds the newest hits without a date, after `position` where there is one. */
async function undatedHits(
  db: Database,
  sought: Sought,
  { limit, position: from, lookUp }: { readonly limit: number; readonly position: Hit | null; readonly lookUp: number },
): Promise<Hits> {
  const hits: Hit[] = [];
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

/** What one look brought: the hits, how many rows were looked up, and the last of these where there may be more behind it. */
type Look = { readonly hits: readonly Hit[]; readonly rows: number; readonly last: Hit | null };

/** Finds the newest rows that meet a condition: all that is wanted, or what there is of it among so many rows. */
async function lookInto(
  db: Database,
  sought: Sought,
  where: readonly SQL[],
  { wanted, rows }: { readonly wanted: number; readonly rows: number },
): Promise<Look> {
  const { index, terms, exact } = sought;
  if (terms === null || exact === null) {
    return { hits: await decidedRows(db, sought, where, wanted), rows: 0, last: null };
  }
  const found = await lookedUpRows(db, candidates(index, terms, where), { index, exact }, rows);
  const last = found.length < rows ? undefined : found.at(-1);
  const hits = found.filter(({ met }) => met).map(hitOf);
  return { hits: hits.slice(0, wanted), rows: found.length, last: last ? hitOf(last) : null };
}

type Found = { readonly id: string; readonly micros: string | null };

/** Finds the newest rows whose condition Postgres decides as it goes: by the index alone, or along the order of time. */
async function decidedRows(
  db: Database,
  { index, terms, exact }: Sought,
  where: readonly SQL[],
  limit: number,
): Promise<readonly Hit[]> {
  const rows = terms === null ? rowsOf(index, [...where, ...(exact ? [exact] : [])]) : sql`select * from candidate`;
  const found = await db.execute<Found>(sql`
    ${terms === null ? sql`` : sql`with ${candidates(index, terms, where)}`}
    select hit.id::text as id, (extract(epoch from hit.instant) * 1000000)::bigint::text as micros
    from (${rows}) as hit
    order by hit.instant desc nulls last, hit.id desc nulls last
    limit ${limit}`);
  return found.map(hitOf);
}

/** Looks up for the newest of some candidates whether they meet the rest of a condition too. */
async function lookedUpRows(
  db: Database,
  candidate: SQL,
  { index, exact }: { readonly index: TermIndex; readonly exact: SQL },
  limit: number,
) {
  return db.execute<Found & { met: boolean }>(sql`
    with ${candidate}, newest as materialized (
      select * from candidate order by instant desc nulls last, id desc limit ${limit}
    )
    select newest.id::text as id, (extract(epoch from newest.instant) * 1000000)::bigint::text as micros, coalesce(${exact}, false) as met
    from newest join ${index.table} i on i.ctid = newest.place
    order by newest.instant desc nulls last, newest.id desc`);
}

/**
 * Writes the part of a `with` that the index on the terms answers. Kept apart from the order: else a plan made for any words walks
 * the archive by time until it has met enough of rare ones.
 */
function candidates(index: TermIndex, terms: readonly string[], where: readonly SQL[]): SQL {
  const met = terms.map((query) => sql`i.terms @@ ${query}::tsquery`);
  return sql`candidate as materialized (${rowsOf(index, [...met, ...where])})`;
}

function rowsOf({ table, id, instant }: TermIndex, conditions: readonly SQL[]): SQL {
  return sql`select i.${id} as id, i.${instant} as instant, i.ctid as place from ${table} i where ${sql.join([sql`i.terms is not null`, ...conditions], sql` and `)}`;
}

function hitOf({ id, micros }: Found): Hit {
  return { id: Number(id), micros };
}

/** Writes what is looked for in the words as one tsquery; null where a question asks for no words. */
export function wordsOf(query: Query): string | null {
  const words = leavesOf(allOf([query])).flatMap(({ leaf, wanted }) =>
    wanted && leaf.is !== "filter" ? [leafQuery(leaf)] : [],
  );
  return words.length === 0 ? null : anyTerm(words);
}

/** Orders hits by how often and how densely the words stand in them (Postgres `ts_rank`); the rank in millionths takes the place of the instant. */
export async function bestHits(
  db: Database,
  { table, id }: TermIndex,
  hits: readonly Hit[],
  words: string,
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<readonly Hit[]> {
  const ids = JSON.stringify(hits.map(({ id }) => id));
  const position = after?.micros
    ? sql`where (ranked.rank, ranked.id) < (${after.micros}::bigint, ${after.id}::bigint)`
    : sql``;
  const found = await db.execute<{ id: string; rank: string }>(sql`
    select id::text, rank::text from (
      select i.${id} as id, (ts_rank(i.terms, ${words}::tsquery, 1) * 1000000)::bigint as rank
      from ${table} i where i.${id} in (select jsonb_array_elements_text(${ids}::text::jsonb)::bigint) and i.terms is not null
    ) ranked ${position} order by ranked.rank desc, ranked.id desc limit ${limit}`);
  return found.map((one) => ({ id: Number(one.id), micros: one.rank }));
}
