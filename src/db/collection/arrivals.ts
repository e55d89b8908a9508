import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** The last rows seen, by which the next ones are told from them. */
export type ArrivalMark = { readonly versionId: number; readonly statementId: number; readonly developmentId: number };

/** What came in after a mark, and the mark to ask with next. */
export type Arrivals = {
  readonly documents: number;
  readonly statements: number;
  readonly developments: number;
  readonly mark: ArrivalMark;
};

/** Marks where the archive ends now. */
export async function markArrivals(db: Database): Promise<ArrivalMark> {
  const [row] = await db.execute<ArrivalMark>(sql`select
    coalesce((select max(id) from versions), 0)::int8::float8 as "versionId",
    coalesce((select max(id) from statements), 0)::int8::float8 as "statementId",
    coalesce((select max(id) from developments), 0)::int8::float8 as "developmentId"`);
  return row ?? { versionId: 0, statementId: 0, developmentId: 0 };
}

/** Counts the documents, statements and new developments that came in since a mark. */
export async function arrivalsSince(db: Database, mark: ArrivalMark): Promise<Arrivals> {
  const next = await markArrivals(db);
  const [row] = await db.execute<Omit<Arrivals, "mark">>(sql`select
    (select count(*)::int from versions where id > ${mark.versionId} and id <= ${next.versionId} and cause = 'first') as documents,
    (select count(*)::int from statements where id > ${mark.statementId} and id <= ${next.statementId}) as statements,
    (select count(*)::int from developments where id > ${mark.developmentId} and id <= ${next.developmentId} and status = 'new') as developments`);
  return { documents: 0, statements: 0, developments: 0, ...row, mark: next };
}
