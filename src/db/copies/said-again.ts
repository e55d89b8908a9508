import { sql } from "drizzle-orm";
import { type SaidBefore, type StatementRow, statementsByIds } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";

/** The same words elsewhere in the archive. */
export type SaidAgain = {
  /** The first occurrence; null where the statement is the first itself. */
  readonly first: (SaidBefore & { readonly statement: StatementRow }) | null;
  /** Others that repeat the same first occurrence, the earliest first. */
  readonly others: readonly (Omit<SaidBefore, "firstId"> & { readonly statement: StatementRow })[];
  /** How many there are of these, also where fewer are listed. */
  readonly count: number;
};

/** Finds where else the words of a statement stand, in what counts today. */
export async function saidAgain(db: Database, statementId: number, most = 20): Promise<SaidAgain> {
  const rows = await db.execute<Omit<SaidBefore, "firstId"> & { id: number; is_first: boolean; count: number }>(sql`
    with own as (
      select coalesce((select first_id from statement_repeats where statement_id = ${statementId}::bigint), ${statementId}::bigint) as first_id
    ), others as (
      select r.statement_id as id, r.relation, r.days_apart from statement_repeats r join own on r.first_id = own.first_id
      where r.statement_id <> ${statementId}::bigint
    ), counted as (
      select o.*, s.said_instant from others o join statements s on s.id = o.id
      join documents d on d.current_version_id = s.version_id
    )
    (select own.first_id::float8 as id, true as is_first, coalesce(r.relation, 'same') as relation, r.days_apart as "daysApart", 0 as count
    from own left join statement_repeats r on r.statement_id = ${statementId}::bigint where own.first_id <> ${statementId}::bigint)
    union all
    (select id::float8, false, relation, days_apart, count(*) over ()::int from counted
    order by said_instant nulls last, id limit ${most})`);
  const statements = new Map(
    (
      await statementsByIds(
        db,
        rows.map(({ id }) => id),
      )
    ).map((statement) => [statement.id, statement]),
  );
  const found = rows.flatMap(({ id, relation, daysApart, is_first: isFirst }) => {
    const statement = statements.get(id);
    return statement ? [{ relation, daysApart, isFirst, statement }] : [];
  });
  const first = found.find(({ isFirst }) => isFirst);
  return {
    first: first
      ? {
          firstId: first.statement.id,
          relation: first.relation,
          daysApart: first.daysApart,
          statement: first.statement,
        }
      : null,
    others: found
      .filter(({ isFirst }) => !isFirst)
      .map(({ relation, daysApart, statement }) => ({ relation, daysApart, statement })),
    count: rows.find(({ is_first }) => !is_first)?.count ?? 0,
  };
}
