import { and, desc, eq, inArray, lt, ne } from "drizzle-orm";
import type { Database } from "./client.ts";
import { digests } from "./schema/subscription.ts";
import { storable } from "./storable.ts";

/** One digest, as kept. */
export type StoredDigest = typeof digests.$inferSelect;

/** A digest that is about to be sent. */
export type NewDigest = {
  readonly subscriberId: number;
  readonly day: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly messageId: string;
  readonly subject: string;
  readonly html: string;
  readonly plain: string;
};

/**
 * Claims a digest before it is sent: of all processes only one gets it, and a crash afterwards cannot send it twice unnoticed.
 *
 * @returns The id of the claim, or null when the digest of this day was claimed before.
 */
export async function claimDigest(db: Database, digest: NewDigest, now: Date): Promise<number | null> {
  const [row] = await db
    .insert(digests)
    .values({
      ...digest,
      subject: storable(digest.subject),
      html: storable(digest.html),
      plain: storable(digest.plain),
      status: "claimed",
      claimedAt: now,
    })
    .onConflictDoNothing({ target: [digests.subscriberId, digests.period, digests.day] })
    .returning({ id: digests.id });
  return row?.id ?? null;
}

/** Tells whether the digest of a day was claimed or sent; a failed one may be tried again. */
export async function digestOf(db: Database, subscriberId: number, day: string): Promise<StoredDigest | null> {
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.subscriberId, subscriberId), eq(digests.day, day)));
  return row ?? null;
}

/** Takes up a digest that failed, so that it is sent again with the same words and Message-ID; null when somebody else did. */
export async function reclaimDigest(db: Database, digestId: number, now: Date): Promise<number | null> {
  const [row] = await db
    .update(digests)
    .set({ status: "claimed", claimedAt: now })
    .where(and(eq(digests.id, digestId), eq(digests.status, "failed")))
    .returning({ id: digests.id });
  return row?.id ?? null;
}

/** Records what became of a claimed digest. */
export async function settleDigest(
  db: Database,
  digestId: number,
  status: "sent" | "failed",
  message: string | null,
  now: Date,
): Promise<void> {
  await db
    .update(digests)
    .set({ status, message: storable(message), sentAt: status === "sent" ? now : null })
    .where(eq(digests.id, digestId));
}

/** Marks digests that were claimed before a moment and never settled: the process died while sending, so nobody knows. */
export async function markUnknownDigests(db: Database, claimedBefore: Date): Promise<readonly number[]> {
  const rows = await db
    .update(digests)
    .set({
      status: "unknown",
      message: "Parley stopped while this mail was being sent; it may or may not have gone out.",
    })
    .where(and(eq(digests.status, "claimed"), lt(digests.claimedAt, claimedBefore)))
    .returning({ id: digests.id });
  return rows.map(({ id }) => id);
}

/** Finds the last digest of a subscriber that went out or may have, so that the next begins where it ended. */
export async function lastDigest(db: Database, subscriberId: number, beforeDay: string): Promise<StoredDigest | null> {
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.subscriberId, subscriberId), lt(digests.day, beforeDay), ne(digests.status, "failed")))
    .orderBy(desc(digests.day))
    .limit(1);
  return row ?? null;
}

/** Counts which of some days have a digest, for tests and the watchdog. */
export async function digestsOn(db: Database, days: readonly string[]): Promise<readonly StoredDigest[]> {
  return days.length === 0
    ? []
    : db
        .select()
        .from(digests)
        .where(inArray(digests.day, [...days]));
}
