import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** A clock that all processes of one archive share, whatever the clocks of their machines say. */
export type SharedClock = {
  readonly now: () => Date;
  readonly stop: () => void;
};

/** How often the two clocks are compared. */
const EVERY_MS = 10_000;
/** Smaller differences are left alone: the answer of a busy database takes that long. */
const TOLERATED_MS = 2_000;

/** Asks the database for the time: what one command stores is compared with what other machines store. */
export async function databaseNow(db: Database): Promise<Date> {
  const [row] = await db.execute<{ ms: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms`,
  );
  return new Date(Number(row?.ms));
}

/**
 * Follows the clock of the database: leases, retries and the hours of digests are compared between processes, and one whose machine is
 * two hours fast would take what others hold for abandoned. Where the database is away the last difference counts.
 *
 * @param onSkew - Told by how much the clock of this machine is ahead (behind where negative), in milliseconds, whenever that changes.
 */
export async function followDatabaseClock(db: Database, onSkew: (aheadMs: number) => void): Promise<SharedClock> {
  let aheadMs = 0;
  const compare = async () => {
    const asked = Date.now();
    const theirs = await databaseNow(db);
    const measured = (asked + Date.now()) / 2 - theirs.getTime();
    const seen = Math.abs(measured) < TOLERATED_MS ? 0 : Math.round(measured);
    if (Math.abs(seen - aheadMs) < TOLERATED_MS && seen !== 0) return;
    if (seen !== aheadMs) onSkew(seen);
    aheadMs = seen;
  };
  await compare();
  const timer = setInterval(() => void compare().catch(() => {}), EVERY_MS).unref();
  return { now: () => new Date(Date.now() - aheadMs), stop: () => clearInterval(timer) };
}
