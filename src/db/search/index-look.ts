import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import type { FoundHit, Hit, TermIndex } from "./hit.ts";
import type { Condition } from "./search-condition.ts";

/** What is looked for, and in which index. */
export type Sought = Condition & { readonly index: TermIndex };

/** What one look brought: the hits, how many rows were looked up, and the last of these where there may be more behind it. */
export type Look = { readonly hits: readonly FoundHit[]; readonly rows: number; readonly last: Hit | null };

/** Finds the newest rows that meet a condition: all that is wanted, or what there is of it among so many rows. */
export async function lookInto(
  db: Database,
  sought: Sought,
  where: readonly SQL[],
  { wanted, rows }: { readonly wanted: number; readonly rows: number },
): Promise<Look> {
  const { index, terms, exact } = sought;
  if (terms === null || exact === null) {
    return { hits: await decidedRows(db, sought, where, wanted), rows: 0, last: null };
  }
  const found = await lookedUpRows(db, candidates(index, terms, where), { index, exact }, rows);
  const last = found.length < rows ? undefined : found.at(-1);
  const hits = found.filter(({ met }) => met).map(hitOf);
  return { hits: hits.slice(0, wanted), rows: found.length, last: last ? hitOf(last) : null };
}

type Found = { readonly id: string; readonly micros: string | null; readonly place: string };

/** Finds the newest rows whose condition Postgres decides as it goes: by the index alone, or along the order of time. */
export async function decidedRows(
  db: Database,
  { index, terms, exact }: Sought,
  where: readonly SQL[],
  limit: number,
): Promise<readonly FoundHit[]> {
  const rows = terms === null ? rowsOf(index, [...where, ...(exact ? [exact] : [])]) : sql`select * from candidate`;
  const found = await db.execute<Found>(sql`
    ${terms === null ? sql`` : sql`with ${candidates(index, terms, where)}`}
    select hit.id::text as id, (extract(epoch from hit.instant) * 1000000)::bigint::text as micros, hit.place::text as place
    from (${rows}) as hit
    order by hit.instant desc nulls last, hit.id desc nulls last
    limit ${limit}`);
  return found.map(hitOf);
}

/** Looks up for the newest of some candidates whether they meet the rest of a condition too. */
async function lookedUpRows(
  db: Database,
  candidate: SQL,
  { index, exact }: { readonly index: TermIndex; readonly exact: SQL },
  limit: number,
) {
  return db.execute<Found & { met: boolean }>(sql`
    with ${candidate}, newest as materialized (
      select * from candidate order by instant desc nulls last, id desc limit ${limit}
    )
    select newest.id::text as id, (extract(epoch from newest.instant) * 1000000)::bigint::text as micros,
      newest.place::text as place, coalesce(${exact}, false) as met
    from newest join ${index.table} i on i.ctid = newest.place
    order by newest.instant desc nulls last, newest.id desc`);
}

/**
 * Writes the part of a `with` that the index on the terms answers. Kept apart from the order: else a plan made for any words walks
 * the archive by time until it has met enough of rare ones.
 */
function candidates(index: TermIndex, terms: readonly string[], where: readonly SQL[]): SQL {
  const met = terms.map((query) => sql`i.terms @@ ${query}::tsquery`);
  return sql`candidate as materialized (${rowsOf(index, [...met, ...where])})`;
}

function rowsOf({ table, id, instant }: TermIndex, conditions: readonly SQL[]): SQL {
  return sql`select i.${id} as id, i.${instant} as instant, i.ctid as place from ${table} i where ${sql.join([sql`i.terms is not null`, ...conditions], sql` and `)}`;
}

function hitOf({ id, micros, place }: Found): FoundHit {
  return { id: Number(id), micros, place };
}
