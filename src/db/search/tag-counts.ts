import { type SQL, sql } from "drizzle-orm";
import type { FoundHit, TermIndex } from "./hit.ts";

/** How often each value of a field stands among what was found. */
export type FacetValue = {
  readonly id: string;
  readonly label: string;
  readonly labelZh: string | null;
  readonly count: number;
};

/** Most hits that are counted; what is found more often is counted over its newest. */
export const FACETED = 2_000;

/** The same where the index alone does not decide, and at most twice as many rows are looked up. */
export const FACETED_IF_LOOKED_UP = 1_000;

/** Most values of a field that are told. */
const MOST_VALUES = 20;

/**
 * Writes the parts `counted` and `most` of a `with`: how often hits have each tag that they are counted by, with its mark (`=a:`) and
 * what stands behind it; and of each mark the most frequent 20, in the order of `place`. Rows are read where they were found, which
 * takes half as long as looking for each by its number; one that was written anew in the meantime stands elsewhere and is not counted.
 */
export function tagCounts({ table, id }: TermIndex, hits: readonly FoundHit[]): SQL {
  const ids = `{${hits.map((hit) => hit.id).join()}}`;
  const places = `{${hits.map((hit) => `"${hit.place}"`).join()}}`;
  // Cut into mark and value after counting: there are many hits and few tags.
  return sql`counted as materialized (
      select left(tag, 3) as mark, substr(tag, 4) as value, count from (
        select tag, count(*)::int as count
        from (
          select unnest(i.counted) as tag
          from unnest(${ids}::text::bigint[], ${places}::text::tid[]) as hit(id, place)
            join ${table} i on i.ctid = hit.place and i.${id} = hit.id
        ) as tags
        group by tag
      ) as tags
    ), ${mostOf("most", sql`counted`)}`;
}

/** Writes the part of a `with` that keeps the most frequent values of each mark. */
export function mostOf(name: string, counted: SQL): SQL {
  return sql`${sql.raw(name)} as materialized (
      select * from (
        select *, row_number() over (partition by mark order by count desc, value) as place from ${counted}
      ) as placed where place <= ${MOST_VALUES}
    )`;
}
