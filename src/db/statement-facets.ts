import { sql } from "drizzle-orm";
import type { Query } from "../domain/query/query.ts";
import type { Database } from "./client.ts";
import { statementIdsOf } from "./statement-search.ts";

/** How often each value of a field stands among what was found. */
export type FacetValue = {
  readonly id: string;
  readonly label: string;
  readonly labelZh: string | null;
  readonly count: number;
};

/** The fields that hits are counted by. */
export type FacetName = "actor" | "side" | "topic" | "kind" | "lang" | "source" | "year";

/** Counts over the hits of a question. */
export type Facets = {
  /** How many statements were counted. */
  readonly of: number;
  /** Whether these are all; else the newest of them. */
  readonly complete: boolean;
  readonly by: Readonly<Record<FacetName, readonly FacetValue[]>>;
};

/** Most hits that are counted; what is found more often is counted over its newest. */
export const FACETED = 2_000;
const MOST_VALUES = 20;

/** Counts what was found by actor, side, topic, kind, language, source and year; the most frequent 20 of each. */
export async function statementFacets(db: Database, query: Query): Promise<Facets> {
  const ids = await statementIdsOf(db, query, FACETED + 1);
  const counted = JSON.stringify(ids.slice(0, FACETED));
  const rows = await db.execute<{
    facet: FacetName;
    id: string;
    label: string;
    label_zh: string | null;
    count: number;
  }>(sql`
    with hit as materialized (
      select s.id, s.kind, s.lang, s.said_instant, s.version_id
      from jsonb_array_elements_text(${counted}::text::jsonb) as found (id) join statements s on s.id = found.id::bigint
    ), spoken as materialized (
      select hit.id, a.id as actor_id, a.name, a.name_zh, a.bloc
      from hit join statement_actors sa on sa.statement_id = hit.id join actors a on a.id = sa.actor_id
    ), counted as (
      select 'actor' as facet, actor_id as id, min(name) as label, min(name_zh) as label_zh, count(*) as count from spoken group by actor_id
      union all select 'side', bloc, bloc, null, count(distinct id) from spoken group by bloc
      union all select 'topic', t.id, min(t.label), min(t.label_zh), count(*)
        from hit join statement_topics st on st.statement_id = hit.id join topics t on t.id = st.topic_id group by t.id
      union all select 'kind', kind, kind, null, count(*) from hit group by kind
      union all select 'lang', lang, lang, null, count(*) from hit where lang is not null group by lang
      union all select 'year', y, y, null, count(*)
        from (select to_char(said_instant at time zone 'UTC', 'YYYY') as y from hit where said_instant is not null) years group by y
      union all select 'source', so.id, min(so.title), min(so.definition ->> 'titleZh'), count(*)
        from hit join versions v on v.id = hit.version_id join documents d on d.id = v.document_id join sources so on so.id = d.source_id
        group by so.id
    )
    select facet, id, label, label_zh, count::int from (
      select *, row_number() over (partition by facet order by count desc, id) as place from counted
    ) placed where place <= ${MOST_VALUES} order by facet, place`);
  const by = { actor: [], side: [], topic: [], kind: [], lang: [], source: [], year: [] } as Record<
    FacetName,
    FacetValue[]
  >;
  for (const { facet, id, label, label_zh: labelZh, count } of rows) by[facet].push({ id, label, labelZh, count });
  return { of: Math.min(ids.length, FACETED), complete: ids.length <= FACETED, by };
}
