import { sql } from "drizzle-orm";
import { withoutPeriod } from "../../domain/query/ask.ts";
import type { Query } from "../../domain/query/query.ts";
import { type DocumentListRow, documentsByIds } from "../archive/document-rows.ts";
import type { Database } from "../client.ts";
import { type Page, type PageKey, pageOf } from "../page-key.ts";
import { documentCondition } from "./document-condition.ts";
import type { TermIndex } from "./hit.ts";
import { newestHits } from "./newest-hits.ts";
import { type Newest, type PageSearch, pageHits, type SearchOrder, type WantedPage } from "./page-hits.ts";

/** The index that documents are looked for in. */
export const DOCUMENTS: TermIndex = {
  ...{ table: sql`document_index`, id: sql`document_id`, instant: sql`published_instant` },
};

/** How many of the newest hits are compared when the best of them are asked for. */
const RANKED_DOCUMENTS = 1_000;

/**
 * Finds a page of documents that meet a question by title and text, the latest published first, those without a date last.
 *
 * What came in during the last minute may be missing: documents are indexed after they are read. Withdrawn ones are found too.
 *
 * @param after - The key of the page before; null for the first page.
 * @param order - `relevance` orders the newest 1,000 that meet the question, words of the title weighing ten times those of the text;
 * without words to look for it is the same as `newest`.
 */
export async function searchDocuments(
  db: Database,
  query: Query,
  {
    limit,
    after,
    order = "newest",
  }: { readonly limit: number; readonly after: PageKey | null; readonly order?: SearchOrder },
): Promise<Page<DocumentListRow>> {
  return documentsOfPage(db, await documentSearch(db, query), { limit, after, order }, null);
}

/** Makes the search for the documents that meet a question, page by page. */
export async function documentSearch(db: Database, query: Query): Promise<PageSearch> {
  // The search keeps within the period by itself.
  const sought = { ...(await documentCondition(db, withoutPeriod(query))), index: DOCUMENTS };
  const find: PageSearch["find"] = (wanted) =>
    db.transaction(async (tx) => {
      // The rows are short and few, so Postgres would rather read all of them than the index; but the terms of each, which it then
      // compares, stand apart and are long. Sent at once and not waited for: the connection keeps the order of what it is given.
      const indexed = tx.execute(sql`set local enable_seqscan = off`).execute();
      const [found] = await Promise.all([newestHits(tx, query, sought, wanted), indexed]);
      return found;
    });
  return { index: DOCUMENTS, query, ranked: RANKED_DOCUMENTS, find, looksUp: sought.exact !== null };
}

/** Brings a page of a search; `newest` are its newest hits, where they were found before. */
export async function documentsOfPage(
  db: Database,
  search: PageSearch,
  wanted: WantedPage,
  newest: Newest | null,
): Promise<Page<DocumentListRow>> {
  const hits = await pageHits(db, search, { ...wanted, limit: wanted.limit + 1 }, newest);
  const { rows, next } = pageOf(hits, wanted.limit, ({ id, micros }) => ({ id: String(id), micros }));
  const ids = rows.map(({ id }) => id);
  return { rows: await documentsByIds(db, ids), next };
}

/** Counts the documents that meet a question, but no further than `cap`. */
export async function countDocuments(db: Database, query: Query, cap: number): Promise<number> {
  const { find } = await documentSearch(db, query);
  return (await find({ limit: cap, after: null })).hits.length;
}

/** Counts the documents that can be found. */
export async function indexedDocuments(db: Database): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from document_index`);
  return row?.count ?? 0;
}
