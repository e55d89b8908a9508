import { sql } from "drizzle-orm";
import type { Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import { newestStatementIds } from "./statement-search.ts";

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

/**
 * Most hits that are counted; what is found more often is counted over its newest. Where the index alone does not decide, at most
 * about twice as many rows are looked at.
 */
export const FACETED = 2_000;
/** Most values of a field that are told. */
export const MOST_VALUES = 20;

/** Fields by the mark that their tags begin with; see `tag`. */
const MARKS = { a: "actor", b: "side", t: "topic", k: "kind", l: "lang", s: "source", d: "year" } as const;
const MARK_LENGTH = 3;

/**
 * Counts what was found by actor, side, topic, kind, language, source and year; the most frequent 20 of each.
 *
 * @param most - How many hits are counted at most, the newest.
 */
export async function statementFacets(db: Database, query: Query, most = FACETED): Promise<Facets> {
  const { ids, all } = await newestStatementIds(db, query, { limit: most + 1, lookUp: 2 * most });
  const counted = `{${ids.slice(0, most).join()}}`;
  const rows = await db.execute<{ tag: string; label: string | null; label_zh: string | null; count: number }>(sql`
    with counted as materialized (
      select tag, count(*)::int as count
      from (select unnest(i.counted) as tag from statement_index i where i.statement_id = any(${counted}::text::bigint[])) as tags
      group by tag
    ), most as (
      select * from (select *, row_number() over (partition by left(tag, ${MARK_LENGTH}) order by count desc, tag) as place from counted) placed
      where place <= ${MOST_VALUES}
    ), names as (
      select '=a:' || id as tag, name as label, name_zh as label_zh from actors
      union all select '=b:' || lower(bloc), min(bloc), null from actors group by lower(bloc)
      union all select '=t:' || id, label, label_zh from topics
      union all select '=s:' || id, title, definition ->> 'titleZh' from sources
    )
    select tag, label, label_zh, count from most left join names using (tag) order by place`);
  const by = { actor: [], side: [], topic: [], kind: [], lang: [], source: [], year: [] } as Record<
    FacetName,
    FacetValue[]
  >;
  for (const { tag, label, label_zh: labelZh, count } of rows) {
    const [field, id] = [MARKS[tag.charAt(1) as keyof typeof MARKS], tag.slice(MARK_LENGTH)];
    by[field].push({ id: field === "side" ? (label ?? id) : id, label: label ?? id, labelZh, count });
  }
  return { of: Math.min(ids.length, most), complete: all && ids.length <= most, by };
}
