import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { letters } from "../schema/subscription.ts";
import { storable } from "../storable.ts";

/** A mail about Parley itself, as stored. */
export type StoredLetter = typeof letters.$inferSelect;

/** A letter to be sent. */
export type NewLetter = Pick<StoredLetter, "key" | "address" | "subject" | "plain" | "html">;

/** Keeps a letter to be sent, in the transaction of what it tells; null when one of this key is here. */
export async function saveLetter(db: Database, letter: NewLetter, now: Date): Promise<number | null> {
  const [row] = await db
    .insert(letters)
    .values({ ...letter, nextAttemptAt: now, createdAt: now })
    .onConflictDoNothing({ target: letters.key })
    .returning({ id: letters.id });
  return row?.id ?? null;
}

/** Counts the letters whose key begins with a word that were kept after `since`, `until` included. */
export async function countLetters(db: Database, word: string, since: Date, until: Date): Promise<number> {
  const inTime = and(gt(letters.createdAt, since), lte(letters.createdAt, until));
  return db.$count(letters, and(sql`starts_with(${letters.key}, ${word})`, inTime));
}

/** Takes a due letter for one attempt; null when it was sent, is in somebody's hand or is not due. */
export async function claimLetter(
  db: Database,
  letterId: number,
  now: Date,
  leaseMs: number,
): Promise<StoredLetter | null> {
  const [row] = await db
    .update(letters)
    .set({ nextAttemptAt: new Date(now.getTime() + leaseMs), attempts: sql`${letters.attempts} + 1` })
    .where(and(eq(letters.id, letterId), eq(letters.status, "pending"), lte(letters.nextAttemptAt, now)))
    .returning();
  return row ?? null;
}

/** Records what became of a letter: sent, to be tried again at a moment, or given up. */
export async function settleLetter(
  db: Database,
  letterId: number,
  next: "sent" | Date | null,
  message: string | null,
  now: Date,
): Promise<void> {
  await db
    .update(letters)
    .set({
      status: next === "sent" ? "sent" : next === null ? "failed" : "pending",
      nextAttemptAt: next instanceof Date ? next : null,
      sentAt: next === "sent" ? now : null,
      message: storable(message),
    })
    .where(eq(letters.id, letterId));
}

/** Lists letters whose next attempt was due before a moment. */
export async function dueLetters(db: Database, dueBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.status, "pending"), lte(letters.nextAttemptAt, dueBefore)))
    .orderBy(asc(letters.nextAttemptAt))
    .limit(most);
  return rows.map(({ id }) => id);
}
