import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** A change of a document or development, and the cursor that the next ones follow. */
export type Change = {
  readonly cursor: string;
  readonly noun: "document" | "development";
  readonly id: number;
  readonly change: "created" | "revised" | "retagged" | "withdrawn" | "restored";
  readonly changedAt: string;
};

/**
 * Lists changes in the order of their transactions. Only those are told before which nothing can come any more: whoever follows the
 * cursor misses none, however long a transaction took to commit.
 *
 * @param after - The cursor of the last change known; null for the beginning.
 */
export async function changesAfter(db: Database, after: string | null, limit: number): Promise<readonly Change[]> {
  const [transaction = "0", id = "0"] = after === null ? [] : after.split(".");
  return db.execute<Change>(sql`
    select transaction || '.' || id as cursor, noun, noun_id::float8 as id, change,
      to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"
    from changes
    where (transaction, changes.id) > (${transaction}::bigint, ${id}::bigint)
      and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select ahead from change_clock)
    order by transaction, changes.id limit ${limit}`);
}

/** Tells whether a text is a cursor that `changesAfter` gave. */
export function isChangeCursor(text: string): boolean {
  return /^\d{1,18}\.\d{1,18}$/.test(text);
}

/** Makes the numbers of coming changes follow those there are: after a restore, Postgres may count its transactions from less. */
export async function continueChanges(db: Database): Promise<void> {
  await db.execute(sql`
    update change_clock set ahead = (select max(transaction) from changes) - pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1
    where (select max(transaction) from changes) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + ahead`);
}
