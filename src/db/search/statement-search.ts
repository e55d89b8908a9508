import { eq, type SQL, sql } from "drizzle-orm";
import { withoutPeriod } from "../../domain/query/ask.ts";
import type { Query } from "../../domain/query/query.ts";
import { type StatementRow, statementsByIds } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { type Page, type PageKey, pageOf } from "../page-key.ts";
import { statements } from "../schema/statements.ts";
import type { TermIndex } from "./hit.ts";
import type { Sought } from "./index-look.ts";
import { newestHits } from "./newest-hits.ts";
import { type Newest, type PageSearch, pageHits, type SearchOrder, type WantedPage } from "./page-hits.ts";
import { statementCondition } from "./statement-condition.ts";

/** How many of the newest hits are compared when the best of them are asked for. */
const RANKED = 2_000;

/** The index that statements are looked for in. */
export const STATEMENTS: TermIndex = { table: sql`statement_index`, id: sql`statement_id`, instant: sql`said_instant` };

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
  return statementsOfPage(db, await statementSearch(db, query, onTopic), { limit, after, order }, null);
}

/** Makes the search for the statements that meet a question, page by page. */
export async function statementSearch(db: Database, query: Query, onTopic = false): Promise<PageSearch> {
  const sought = withTopic(await soughtStatements(db, query), onTopic);
  const find: PageSearch["find"] = (wanted) => newestHits(db, query, sought, wanted);
  return { index: STATEMENTS, query, ranked: RANKED, find, looksUp: sought.exact !== null };
}

/** Brings a page of a search; `newest` are its newest hits, where they were found before. */
export async function statementsOfPage(
  db: Database,
  search: PageSearch,
  wanted: WantedPage,
  newest: Newest | null,
): Promise<Page<StatementRow>> {
  const hits = await pageHits(db, search, { ...wanted, limit: wanted.limit + 1 }, newest);
  const { rows, next } = pageOf(hits, wanted.limit, ({ id, micros }) => ({ id: String(id), micros }));
  const ids = rows.map(({ id }) => id);
  return { rows: await statementsByIds(db, ids), next };
}

/** Counts the statements that meet a question, but no further than `cap`. */
export async function countStatements(db: Database, query: Query, cap: number): Promise<number> {
  const { find } = await statementSearch(db, query);
  return (await find({ limit: cap, after: null })).hits.length;
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
