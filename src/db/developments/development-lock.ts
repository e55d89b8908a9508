import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** Runs `work` in a transaction while no other process compares and keeps developments. */
export function withDevelopmentLock<T>(db: Database, work: (locked: Database) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await lockDevelopments(tx);
    return work(tx);
  });
}

/** Waits until no other transaction compares and keeps developments; none does until this one ends. */
export async function lockDevelopments(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley developments'))`);
}
