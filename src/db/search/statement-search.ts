import { eq, type SQL, sql } from "drizzle-orm";
import { periodOf } from "../../domain/query/ask.ts";
import { allOf, leavesOf, type Query } from "../../domain/query/query.ts";
import { type StatementRow, statementsByIds } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { instantOf, type Page, type PageKey, pageOf } from "../page-key.ts";
import { statements } from "../schema/statements.ts";
import { daysIn, daysToLookBack, type SearchWindow, termsIn, windowBefore } from "./search-windows.ts";
import { type Condition, statementCondition } from "./statement-condition.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { allTerms, anyTerm, leafQuery } from "./term-query.ts";

/** What comes first: the newest, or what says most about the words that are looked for. */
export type SearchOrder = "newest" | "relevance";

/** Most rows that are looked up at once, where the index alone does not decide. */
const MOST_LOOKED_UP = 4_000;

/** How many of the newest hits are compared when the best of them are asked for. */
export const RANKED = 2_000;

/** A statement that was found, with its instant in microseconds since 1970; null where its day is not known. */
type Hit = { readonly id: number; readonly micros: string | null };

/**
 * Finds a page of statements that meet a question, newest first, those without a date last.
 *
 * Only what stands in the current version of its document counts; an actor includes the actors that belong to it, a topic its leaves.
 *
 * @param after - The key of the page before; null for the first page.
 * @param onTopic - Only statements that carry some topic: no "thank you, everyone".
 * @param order - `relevance` orders the newest 2,000 that meet the question; without words to look for it is the same as `newest`.
 */
export async function searchStatements(
  db: Database,
  query: Query,
  {
    limit,
    after,
    onTopic = false,
    order = "newest",
  }: {
    readonly limit: number;
    readonly after: PageKey | null;
    readonly onTopic?: boolean;
    readonly order?: SearchOrder;
  },
): Promise<Page<StatementRow>> {
  const condition = withTopic(await statementCondition(db, query), onTopic);
  const words = order === "relevance" ? wordsOf(query) : null;
  const newest = words === null ? { limit: limit + 1, after } : { limit: RANKED, after: null, lookUp: 2 * RANKED };
  const { hits } = await newestHits(db, query, condition, newest);
  const keys = words === null ? hits : await bestHits(db, hits, words, { limit: limit + 1, after });
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  return {
    rows: await statementsByIds(
      db,
      page.rows.map(({ id }) => id),
    ),
    next: page.next,
  };
}

/** Counts the statements that meet a question, but no further than `cap`. */
export async function countStatements(db: Database, query: Query, cap: number): Promise<number> {
  const condition = await statementCondition(db, query);
  return (await newestHits(db, query, condition, { limit: cap, after: null })).hits.length;
}

/**
 * Finds the ids of the newest statements that meet a question, newest first, at most `limit`.
 *
 * @param lookUp - About how many rows may be looked up for what the index does not decide (where words stand, exact phrases).
 * @returns The ids, and whether they are all that meet it or all that were wanted: else looking them up was ended.
 */
export async function newestStatementIds(
  db: Database,
  query: Query,
  { limit, lookUp }: { readonly limit: number; readonly lookUp: number },
): Promise<{ readonly ids: readonly number[]; readonly all: boolean }> {
  const { hits, all } = await newestHits(db, query, await statementCondition(db, query), {
    limit,
    after: null,
    lookUp,
  });
  return { ids: hits.map(({ id }) => id), all };
}

/** Finds the statements of one version in reading order. */
export async function statementsOfVersion(db: Database, versionId: number): Promise<readonly StatementRow[]> {
  const keys = await db
    .select({ id: statements.id })
    .from(statements)
    .where(eq(statements.versionId, versionId))
    .orderBy(statements.ordinal);
  return statementsByIds(
    db,
    keys.map(({ id }) => id),
  );
}

function withTopic(condition: Condition, onTopic: boolean): Condition {
  if (!onTopic) return condition;
  const topic = sql`exists (select from statement_topics t where t.statement_id = i.statement_id)`;
  return { ...condition, exact: condition.exact ? sql`(${condition.exact} and ${topic})` : topic };
}

async function newestHits(
  db: Database,
  query: Query,
  condition: Condition,
  { limit, after, lookUp = Number.POSITIVE_INFINITY }: Wanted,
): Promise<Hits> {
  const { since, until } = periodOf(query);
  const dated =
    after === null || after.micros !== null
      ? await datedHits(db, condition, { since, until }, { limit, after, lookUp })
      : NO_HITS;
  if (dated.hits.length >= limit || !dated.all || since !== null || until !== null) return dated;
  const terms = condition.terms === null ? null : allTerms([condition.terms, quoteTerm(tag.undated)]);
  const undated = await undatedHits(db, { ...condition, terms }, { limit: limit - dated.hits.length, after, lookUp });
  return { hits: [...dated.hits, ...undated.hits], all: undated.all };
}

/** How many hits are wanted, after which, and how many rows may at most be looked up for what the index does not decide. */
type Wanted = { readonly limit: number; readonly after: PageKey | null; readonly lookUp?: number };

/** Hits, newest first; `all` unless the search ended because too many rows would have had to be looked up. */
type Hits = { readonly hits: readonly Hit[]; readonly all: boolean };

const NO_HITS: Hits = { hits: [], all: true };

type Period = { readonly since: Date | null; readonly until: Date | null };

/** Finds the newest hits that have a date: along the order of time where no words are asked for, else window by window. */
async function datedHits(
  db: Database,
  condition: Condition,
  { since, until }: Period,
  { limit, after, lookUp }: Required<Wanted>,
): Promise<Hits> {
  if (condition.terms === null) {
    const from = since
      ? [sql`i.said_instant >= ${since.toISOString()}::timestamptz`]
      : [sql`i.said_instant is not null`];
    const to = until ? [sql`i.said_instant < ${until.toISOString()}::timestamptz`] : [];
    const position = after?.micros
      ? [sql`(i.said_instant, i.statement_id) < (${instantOf(after.micros)}, ${after.id}::bigint)`]
      : [];
    return { hits: await decidedRows(db, condition, [...from, ...to, ...position], limit), all: true };
  }
  const whole = await timeOfStatements(db);
  if (whole === null) return NO_HITS;
  const beginning = since && microsAt(since) > whole.from ? microsAt(since) : whole.from;
  const hits: Hit[] = [];
  let end = whole.until;
  if (until && microsAt(until) < end) end = microsAt(until);
  if (after?.micros && BigInt(after.micros) < end) end = BigInt(after.micros) + 1n;
  let [position, days, rows] = [after && keyHit(after), 0, 0];
  while (hits.length < limit && beginning < end) {
    const window = windowBefore(
      { from: beginning, until: end },
      daysToLookBack({ days, found: hits.length }, limit - hits.length),
    );
    const look = await lookInto(
      db,
      { ...condition, terms: termsIn(condition.terms, window) },
      [...inWindow(window), ...olderThan(position)],
      { wanted: limit - hits.length, rows: rowsToLookUp(limit, { found: hits.length, rows }) },
    );
    hits.push(...look.hits);
    rows += look.rows;
    const reached = look.last?.micros ? BigInt(look.last.micros) + 1n : window.from;
    if (rows >= lookUp) return { hits, all: false };
    if (look.last) position = look.last;
    days += daysIn({ from: reached, until: end });
    end = reached;
  }
  return { hits, all: true };
}

async function undatedHits(
  db: Database,
  condition: Condition,
  { limit, after, lookUp }: Required<Wanted>,
): Promise<Hits> {
  const hits: Hit[] = [];
  let [position, rows] = [after?.micros === null ? keyHit(after) : null, 0];
  while (hits.length < limit) {
    const where = [sql`i.said_instant is null`, ...olderThan(position)];
    const look = await lookInto(db, condition, where, {
      ...{ wanted: limit - hits.length, rows: rowsToLookUp(limit, { found: hits.length, rows }) },
    });
    hits.push(...look.hits);
    rows += look.rows;
    position = look.last;
    if (position === null) break;
    if (rows >= lookUp) return { hits, all: false };
  }
  return { hits, all: true };
}

/** Says for how many rows to look up what the index does not decide, by the share of those that met it so far. */
function rowsToLookUp(limit: number, { found, rows }: { readonly found: number; readonly rows: number }): number {
  const enough = rows === 0 ? limit + 20 : (1.2 * rows * (limit - found)) / Math.max(1, found);
  return Math.ceil(Math.min(MOST_LOOKED_UP, Math.max(100, enough)));
}

function microsAt(instant: Date): bigint {
  return BigInt(instant.getTime()) * 1_000n;
}

function keyHit({ id, micros }: PageKey): Hit {
  return { id: Number(id), micros };
}

/** Finds the stretch of time from the first to the last statement; null where none has a date. */
async function timeOfStatements(db: Database): Promise<SearchWindow | null> {
  const [row] = await db.execute<{ first: string | null; last: string | null }>(sql`
    select (extract(epoch from min(said_instant)) * 1000000)::bigint::text as first,
      (extract(epoch from max(said_instant)) * 1000000)::bigint::text as last
    from statement_index where terms is not null`);
  return row?.first && row.last ? { from: BigInt(row.first), until: BigInt(row.last) + 1n } : null;
}

/** Writes the bounds of a window. The instant stands in a sum, so that Postgres does not walk the index by time instead. */
function inWindow({ from, until }: SearchWindow): readonly SQL[] {
  const instant = sql`i.said_instant + interval '0'`;
  return [sql`${instant} >= ${instantOf(String(from))}`, sql`${instant} < ${instantOf(String(until))}`];
}

function olderThan(hit: Hit | null): readonly SQL[] {
  if (hit === null) return [];
  const { id, micros } = hit;
  if (micros === null) return [sql`i.statement_id < ${id}::bigint`];
  return [sql`(i.said_instant + interval '0', i.statement_id) < (${instantOf(micros)}, ${id}::bigint)`];
}

/** What one look brought: the hits, how many rows were looked up, and the last of these where there may be more behind it. */
type Look = { readonly hits: readonly Hit[]; readonly rows: number; readonly last: Hit | null };

/** Finds the newest rows that meet a condition: all that is wanted, or what there is of it among so many rows. */
async function lookInto(
  db: Database,
  condition: Condition,
  where: readonly SQL[],
  { wanted, rows }: { readonly wanted: number; readonly rows: number },
): Promise<Look> {
  const { terms, exact } = condition;
  if (terms === null || exact === null) {
    return { hits: await decidedRows(db, condition, where, wanted), rows: 0, last: null };
  }
  const found = await lookedUpRows(db, terms, exact, where, rows);
  const last = found.length < rows ? undefined : found.at(-1);
  const hits = found.filter(({ met }) => met).map(hitOf);
  return { hits: hits.slice(0, wanted), rows: found.length, last: last ? hitOf(last) : null };
}

type Found = { readonly id: string; readonly micros: string | null };

/** Finds the newest rows whose condition Postgres decides as it goes: by the index alone, or along the order of time. */
async function decidedRows(
  db: Database,
  { terms, exact }: Condition,
  where: readonly SQL[],
  limit: number,
): Promise<readonly Hit[]> {
  const rows =
    terms === null
      ? sql`select i.statement_id, i.said_instant from statement_index i where ${allOfThese([...where, ...(exact ? [exact] : [])])}`
      : sql`select * from candidate`;
  const found = await db.execute<Found>(sql`
    ${terms === null ? sql`` : sql`with ${candidates(terms, where)}`}
    select hit.statement_id::text as id, (extract(epoch from hit.said_instant) * 1000000)::bigint::text as micros
    from (${rows}) as hit
    order by hit.said_instant desc nulls last, hit.statement_id desc nulls last
    limit ${limit}`);
  return found.map(hitOf);
}

/** Looks up for the newest rows that the index gives whether they meet the rest of a condition too. */
async function lookedUpRows(db: Database, terms: string, exact: SQL, where: readonly SQL[], limit: number) {
  return db.execute<Found & { met: boolean }>(sql`
    with ${candidates(terms, where)}, newest as materialized (
      select * from candidate order by said_instant desc nulls last, statement_id desc limit ${limit}
    )
    select i.statement_id::text as id, (extract(epoch from i.said_instant) * 1000000)::bigint::text as micros, coalesce(${exact}, false) as met
    from newest join statement_index i using (statement_id)
    order by newest.said_instant desc nulls last, newest.statement_id desc`);
}

/**
 * Writes the part of a `with` that the index on the terms answers. Kept apart from the order: else a plan made for any words walks
 * the archive by time until it has met enough of rare ones.
 */
function candidates(terms: string, where: readonly SQL[]): SQL {
  return sql`candidate as materialized (
      select i.statement_id, i.said_instant from statement_index i where ${allOfThese([sql`i.terms @@ ${terms}::tsquery`, ...where])}
    )`;
}

function allOfThese(conditions: readonly SQL[]): SQL {
  return sql.join([sql`i.terms is not null`, ...conditions], sql` and `);
}

function hitOf({ id, micros }: Found): Hit {
  return { id: Number(id), micros };
}

/** Writes what is looked for in the words as one tsquery; null where a question asks for no words. */
function wordsOf(query: Query): string | null {
  const words = leavesOf(allOf([query])).flatMap(({ leaf, wanted }) =>
    wanted && leaf.is !== "filter" ? [leafQuery(leaf)] : [],
  );
  return words.length === 0 ? null : anyTerm(words);
}

/** Orders hits by how often and how densely the words stand in them (Postgres `ts_rank`); the rank in millionths takes the place of the instant. */
async function bestHits(
  db: Database,
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
      select i.statement_id as id, (ts_rank(i.terms, ${words}::tsquery, 1) * 1000000)::bigint as rank
      from statement_index i where i.statement_id in (select jsonb_array_elements_text(${ids}::text::jsonb)::bigint) and i.terms is not null
    ) ranked ${position} order by ranked.rank desc, ranked.id desc limit ${limit}`);
  return found.map(({ id, rank }) => ({ id: Number(id), micros: rank }));
}
