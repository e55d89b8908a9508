import { eq, type SQL, sql } from "drizzle-orm";
import { periodOf } from "../domain/query/ask.ts";
import { allOf, leavesOf, type Query } from "../domain/query/query.ts";
import type { Database } from "./client.ts";
import { instantOf, type Page, type PageKey, pageOf } from "./page-key.ts";
import { statements } from "./schema/statements.ts";
import { searchWindows } from "./search-windows.ts";
import { type Condition, statementCondition } from "./statement-condition.ts";
import { quoteTerm, tag } from "./statement-index.ts";
import { type StatementRow, statementsByIds } from "./statement-rows.ts";
import { allTerms, anyTerm, leafQuery } from "./term-query.ts";

/** What comes first: the newest, or what says most about the words that are looked for. */
export type SearchOrder = "newest" | "relevance";

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
  const keys =
    words === null
      ? await newestHits(db, query, condition, { limit: limit + 1, after })
      : await bestHits(db, await newestHits(db, query, condition, { limit: RANKED, after: null }), words, {
          ...{ limit: limit + 1, after },
        });
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
  return (await newestHits(db, query, condition, { limit: cap, after: null })).length;
}

/** Finds the ids of the newest statements that meet a question, newest first, at most `limit`. */
export async function statementIdsOf(db: Database, query: Query, limit: number): Promise<readonly number[]> {
  const hits = await newestHits(db, query, await statementCondition(db, query), { limit, after: null });
  return hits.map(({ id }) => id);
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
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  const { since, until } = periodOf(query);
  if (after === null || after.micros !== null) {
    for (const part of await datedParts(db, condition, after, { since, until })) {
      if (hits.length >= limit) break;
      const position = after?.micros
        ? sql`(i.said_instant, i.statement_id) < (${instantOf(after.micros)}, ${after.id}::bigint)`
        : sql`i.said_instant is not null`;
      hits.push(...(await hitsOf(db, condition, [part, position], limit - hits.length)));
    }
  }
  if (hits.length < limit && since === null && until === null) {
    const position = after !== null && after.micros === null ? [sql`i.statement_id < ${after.id}::bigint`] : [];
    const undated =
      condition.terms === null ? [] : [sql`i.terms @@ ${allTerms([condition.terms, quoteTerm(tag.undated)])}::tsquery`];
    hits.push(
      ...(await hitsOf(db, condition, [sql`i.said_instant is null`, ...undated, ...position], limit - hits.length)),
    );
  }
  return hits;
}

/** The conditions to be asked one after the other, each for older statements than the one before. */
async function datedParts(
  db: Database,
  { terms }: Condition,
  after: PageKey | null,
  { since, until }: { readonly since: Date | null; readonly until: Date | null },
): Promise<readonly SQL[]> {
  const micros = (instant: Date) => BigInt(instant.getTime()) * 1_000n;
  if (terms === null) {
    const from = since ? sql`i.said_instant >= ${since.toISOString()}::timestamptz` : sql`true`;
    const to = until ? sql`i.said_instant < ${until.toISOString()}::timestamptz` : sql`true`;
    return [sql`${from} and ${to}`];
  }
  const [newest] = await db.execute<{ micros: string | null }>(
    sql`select (extract(epoch from max(said_instant)) * 1000000)::bigint::text as micros from statement_index where terms is not null`,
  );
  if (!newest?.micros) return [];
  let end = BigInt(newest.micros) + 1n;
  const endBy = (other: bigint) => {
    if (other < end) end = other;
  };
  if (after?.micros) endBy(BigInt(after.micros) + 1n);
  if (until) endBy(micros(until));
  // The instant stands in a sum, so that Postgres does not walk the index by time instead.
  return searchWindows(terms, end, since && micros(since)).map((window) => {
    const from =
      window.from === null ? sql`true` : sql`i.said_instant + interval '0' >= ${instantOf(String(window.from))}`;
    return sql`i.terms @@ ${window.terms}::tsquery and ${from} and i.said_instant + interval '0' < ${instantOf(String(window.until))}`;
  });
}

async function hitsOf(
  db: Database,
  { terms, exact }: Condition,
  where: readonly SQL[],
  limit: number,
): Promise<readonly Hit[]> {
  const rows = exact ? sql`join statements s on s.id = i.statement_id` : sql``;
  const conditions = [sql`i.terms is not null`, ...where, ...(exact ? [exact] : [])];
  const hits = sql`select i.statement_id, i.said_instant from statement_index i ${rows} where ${sql.join(conditions, sql` and `)}`;
  // Kept apart from the order: else a plan made for any words walks the archive by time until it has met enough of rare ones.
  const from = terms === null ? sql`(${hits}) as hit` : sql`hit`;
  const found = await db.execute<{ id: string; micros: string | null }>(sql`
    ${terms === null ? sql`` : sql`with hit as materialized (${hits})`}
    select hit.statement_id::text as id, (extract(epoch from hit.said_instant) * 1000000)::bigint::text as micros
    from ${from}
    order by hit.said_instant desc nulls last, hit.statement_id desc nulls last
    limit ${limit}`);
  return found.map(({ id, micros }) => ({ id: Number(id), micros }));
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
