import { sql } from "drizzle-orm";
import type { Query } from "../../domain/query/query.ts";
import type { StatementRow } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import type { Page } from "../page-key.ts";
import { type Newest, newestAmong, newestOf, newestWanted, type WantedPage } from "./page-hits.ts";
import { STATEMENTS, statementSearch, statementsOfPage } from "./statement-search.ts";
import { FACETED, FACETED_IF_LOOKED_UP, type FacetValue, tagCounts } from "./tag-counts.ts";

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

/** Fields by the mark that their tags begin with; see `tag`. */
const FIELDS: Readonly<Record<string, FacetName>> = {
  ...{ "=a:": "actor", "=b:": "side", "=t:": "topic", "=k:": "kind", "=l:": "lang", "=s:": "source", "=d:": "year" },
};

/**
 * Counts what was found by actor, side, topic, kind, language, source and year; the most frequent 20 of each.
 *
 * @param most - How many hits are counted at most, the newest; null for 2,000, or 1,000 where the index alone does not decide.
 */
export async function statementFacets(db: Database, query: Query, most: number | null = null): Promise<Facets> {
  const { find, looksUp } = await statementSearch(db, query);
  return facetsOf(db, await newestOf(find, most ?? (looksUp ? FACETED_IF_LOOKED_UP : FACETED)));
}

/**
 * Finds a page of statements as `searchStatements` does, and counts as `statementFacets` does; the archive is searched once for both
 * where the page lies among what is counted.
 */
export async function searchAndCountStatements(
  db: Database,
  query: Query,
  { counted, ...wanted }: WantedPage & { readonly counted: number },
): Promise<{ readonly page: Page<StatementRow>; readonly counts: Facets }> {
  const search = await statementSearch(db, query);
  const newest = await newestOf(search.find, newestWanted(search, wanted.order, counted));
  const [page, counts] = await Promise.all([
    statementsOfPage(db, search, wanted, newest),
    facetsOf(db, newestAmong(newest, counted)),
  ]);
  return { page, counts };
}

async function facetsOf(db: Database, { hits, complete }: Newest): Promise<Facets> {
  const rows = await db.execute<FacetValue & { mark: string }>(sql`
    with ${tagCounts(STATEMENTS, hits)}, sides as (
      select lower(bloc) as id, min(bloc) as name from actors group by lower(bloc)
    )
    select mark, coalesce(b.name, value) as id, coalesce(a.name, b.name, t.label, s.title, value) as label,
      coalesce(a.name_zh, t.label_zh, s.definition ->> 'titleZh') as "labelZh", count
    from most
      left join actors a on mark = '=a:' and a.id = value
      left join sides b on mark = '=b:' and b.id = value
      left join topics t on mark = '=t:' and t.id = value
      left join sources s on mark = '=s:' and s.id = value
    order by place`);
  const by: Record<FacetName, FacetValue[]> = {
    ...{ actor: [], side: [], topic: [], kind: [], lang: [], source: [], year: [] },
  };
  for (const { mark, ...value } of rows) {
    const field = FIELDS[mark];
    if (field) by[field].push(value);
  }
  return { of: hits.length, complete, by };
}
