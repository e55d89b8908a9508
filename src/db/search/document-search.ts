import { sql } from "drizzle-orm";
import { withoutPeriod } from "../../domain/query/ask.ts";
import type { Query } from "../../domain/query/query.ts";
import { type DocumentListRow, documentsByIds } from "../archive/document-rows.ts";
import type { Database } from "../client.ts";
import { type Page, type PageKey, pageOf } from "../page-key.ts";
import { documentCondition } from "./document-condition.ts";
import { bestHits, newestHits, type TermIndex, type Wanted, wordsOf } from "./newest-hits.ts";
import type { SearchOrder } from "./statement-search.ts";

const DOCUMENTS: TermIndex = {
  ...{ table: sql`document_index`, id: sql`document_id`, instant: sql`published_instant` },
};

/** How many of the newest hits are compared when the best of them are asked for. */
export const RANKED_DOCUMENTS = 1_000;

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
  const words = order === "relevance" ? wordsOf(query) : null;
  const newest =
    words === null
      ? { limit: limit + 1, after }
      : { limit: RANKED_DOCUMENTS, after: null, lookUp: 2 * RANKED_DOCUMENTS };
  const { hits } = await newestDocuments(db, query, newest);
  const keys = words === null ? hits : await bestHits(db, DOCUMENTS, hits, words, { limit: limit + 1, after });
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  return {
    rows: await documentsByIds(
      db,
      page.rows.map(({ id }) => id),
    ),
    next: page.next,
  };
}

/** Counts the documents that meet a question, but no further than `cap`. */
export async function countDocuments(db: Database, query: Query, cap: number): Promise<number> {
  return (await newestDocuments(db, query, { limit: cap, after: null })).hits.length;
}

/** Counts the documents that can be found. */
export async function indexedDocuments(db: Database): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from document_index`);
  return row?.count ?? 0;
}

/** Finds the newest documents that meet a question, at most `limit`; see `newestHits`. */
export async function newestDocuments(db: Database, query: Query, wanted: Wanted) {
  // The search keeps within the period by itself.
  const condition = await documentCondition(db, withoutPeriod(query));
  return db.transaction(async (tx) => {
    // The rows are short and few, so Postgres would rather read all of them than the index; but the terms of each, which it then compares,
    // stand apart and are long.
    await tx.execute(sql`set local enable_seqscan = off`);
    return newestHits(tx, query, { ...condition, index: DOCUMENTS }, wanted);
  });
}
