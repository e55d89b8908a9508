import { sql } from "drizzle-orm";
import type { Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { newestDocuments } from "./document-search.ts";
import { FACETED, type FacetValue, MOST_VALUES } from "./statement-facets.ts";

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

/** Counts the documents that meet a question by source, class of the source, language and year; the most frequent 20 of each. */
export async function documentFacets(db: Database, query: Query): Promise<DocumentFacets> {
  const { hits, all } = await newestDocuments(db, query, { limit: FACETED + 1, after: null, lookUp: 2 * FACETED });
  const counted = `{${hits
    .slice(0, FACETED)
    .map(({ id }) => id)
    .join()}}`;
  const rows = await db.execute<FacetValue & { field: keyof DocumentFacets["by"] }>(sql`
    with tags as materialized (
      select left(tag, 3) as mark, substr(tag, 4) as id from (
        select unnest(i.counted) as tag from document_index i where i.document_id = any(${counted}::text::bigint[])
      ) as counted
    ), valued as (
      select 'source' as field, s.id, s.title as label, s.definition ->> 'titleZh' as label_zh
        from tags join sources s on s.id = tags.id where mark = '=s:'
      union all select 'class', s.definition ->> 'class', s.definition ->> 'class', null
        from tags join sources s on s.id = tags.id where mark = '=s:'
      union all select case mark when '=l:' then 'lang' else 'year' end, id, id, null from tags where mark in ('=l:', '=d:')
    )
    select field, id, label, label_zh as "labelZh", count from (
      select field, id, label, label_zh, count(*)::int as count,
        row_number() over (partition by field order by count(*) desc, id) as place
      from valued group by field, id, label, label_zh
    ) placed where place <= ${MOST_VALUES} order by field, place`);
  const of = (name: keyof DocumentFacets["by"]) =>
    rows.flatMap(({ field, ...value }) => (field === name ? [value] : []));
  return {
    ...{ of: Math.min(hits.length, FACETED), complete: all && hits.length <= FACETED },
    by: { source: of("source"), class: of("class"), lang: of("lang"), year: of("year") },
  };
}
