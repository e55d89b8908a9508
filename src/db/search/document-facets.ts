import { sql } from "drizzle-orm";
import type { Query } from "../../domain/query/query.ts";
import type { DocumentListRow } from "../archive/document-rows.ts";
import type { Database } from "../client.ts";
import type { Page } from "../page-key.ts";
import { DOCUMENTS, documentSearch, documentsOfPage } from "./document-search.ts";
import { type Newest, newestAmong, newestOf, newestWanted, type WantedPage } from "./page-hits.ts";
import { FACETED, FACETED_IF_LOOKED_UP, type FacetValue, mostOf, tagCounts } from "./tag-counts.ts";

/** The fields that documents are counted by. */
export const documentFacetNames = ["source", "class", "lang", "year"] as const;

/** Counts over the documents that meet a question. */
export type DocumentFacets = {
  /** How many documents were counted. */
  readonly of: number;
  /** Whether these are all; else the newest of them. */
  readonly complete: boolean;
  readonly by: Readonly<Record<(typeof documentFacetNames)[number], readonly FacetValue[]>>;
};

/**
 * Counts the documents that meet a question by source, class of the source, language and year; the most frequent 20 of each.
 *
 * @param most - How many documents are counted at most, the newest; null for 2,000, or 1,000 where the index alone does not decide.
 */
export async function documentFacets(db: Database, query: Query, most: number | null = null): Promise<DocumentFacets> {
  const { find, looksUp } = await documentSearch(db, query);
  return facetsOf(db, await newestOf(find, most ?? (looksUp ? FACETED_IF_LOOKED_UP : FACETED)));
}

/**
 * Finds a page of documents as `searchDocuments` does, and counts as `documentFacets` does; the archive is searched once for both
 * where the page lies among what is counted.
 */
export async function searchAndCountDocuments(
  db: Database,
  query: Query,
  { counted, ...wanted }: WantedPage & { readonly counted: number },
): Promise<{ readonly page: Page<DocumentListRow>; readonly counts: DocumentFacets }> {
  const search = await documentSearch(db, query);
  const newest = await newestOf(search.find, newestWanted(search, wanted.order, counted));
  const [page, counts] = await Promise.all([
    documentsOfPage(db, search, wanted, newest),
    facetsOf(db, newestAmong(newest, counted)),
  ]);
  return { page, counts };
}

async function facetsOf(db: Database, { hits, complete }: Newest): Promise<DocumentFacets> {
  const rows = await db.execute<FacetValue & { field: keyof DocumentFacets["by"] }>(sql`
    with ${tagCounts(DOCUMENTS, hits)}, classes as (
      select '=c:' as mark, s.definition ->> 'class' as value, sum(count)::int as count
      from counted join sources s on s.id = value where mark = '=s:' group by s.definition ->> 'class'
    ), ${mostOf("most_classes", sql`classes`)}
    select case mark when '=s:' then 'source' when '=c:' then 'class' when '=l:' then 'lang' else 'year' end as field,
      value as id, coalesce(s.title, value) as label, s.definition ->> 'titleZh' as "labelZh", count
    from (select * from most union all select * from most_classes) as told
      left join sources s on mark = '=s:' and s.id = value
    order by place`);
  const of = (name: keyof DocumentFacets["by"]) =>
    rows.flatMap(({ field, ...value }) => (field === name ? [value] : []));
  return {
    ...{ of: hits.length, complete },
    by: { source: of("source"), class: of("class"), lang: of("lang"), year: of("year") },
  };
}
