import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** Finds the statement with a lasting name: the reading that counts today, else the latest that had it; null when none has it. */
export async function statementWithKey(db: Database, key: string): Promise<number | null> {
  if (!/^[0-9a-f]{32}$/.test(key)) return null;
  const [row] = await db.execute<{ id: number }>(sql`
    select statement_id::float8 as id from statement_index where key = ${key}::uuid
    order by terms is not null desc, statement_id desc limit 1`);
  return row?.id ?? null;
}
