import { eq, type SQL, sql } from "drizzle-orm";
import { withoutPeriod } from "../../domain/query/ask.ts";
import type { Query } from "../../domain/query/query.ts";
import { type StatementRow, statementsByIds } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { type Page, type PageKey, pageOf } from "../page-key.ts";
import { statements } from "../schema/statements.ts";
import { bestHits, newestHits, type Sought, type TermIndex, wordsOf } from "./newest-hits.ts";
import { statementCondition } from "./statement-condition.ts";

/** What comes first: the newest, or what says most about the words that are looked for. */
export type SearchOrder = "newest" | "relevance";

/** How many of the newest hits are compared when the best of them are asked for. */
export const RANKED = 2_000;

const STATEMENTS: TermIndex = { table: sql`statement_index`, id: sql`statement_id`, instant: sql`said_instant` };

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
  const condition = withTopic(await soughtStatements(db, query), onTopic);
  const words = order === "relevance" ? wordsOf(query) : null;
  const newest = words === null ? { limit: limit + 1, after } : { limit: RANKED, after: null, lookUp: 2 * RANKED };
  const { hits } = await newestHits(db, query, condition, newest);
  const keys = words === null ? hits : await bestHits(db, STATEMENTS, hits, words, { limit: limit + 1, after });
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
  return (await newestHits(db, query, await soughtStatements(db, query), { limit: cap, after: null })).hits.length;
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
  const { hits, all } = await newestHits(db, query, await soughtStatements(db, query), {
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

async function soughtStatements(db: Database, query: Query): Promise<Sought> {
  // The search keeps within the period by itself; asked for once more, each row would be looked up for it.
  return { ...(await statementCondition(db, withoutPeriod(query))), index: STATEMENTS };
}

function withTopic(sought: Sought, onTopic: boolean): Sought {
  if (!onTopic) return sought;
  const topic: SQL = sql`exists (select from statement_topics t where t.statement_id = i.statement_id)`;
  return { ...sought, exact: sought.exact ? sql`(${sought.exact} and ${topic})` : topic };
}
