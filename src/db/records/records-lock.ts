import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/**
 * Runs `work` in a transaction while no other process keeps first times, phrases, readouts and commitments. What becomes a development
 * there takes the lock of developments too, always after this one.
 */
export function withRecordsLock<T>(db: Database, work: (locked: Database) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley records'))`);
    return work(tx);
  });
}
