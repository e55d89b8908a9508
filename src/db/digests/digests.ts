import { and, desc, eq, inArray, lt, ne, or, sql } from "drizzle-orm";
import type { DigestPeriod } from "../../domain/digest-time.ts";
import type { Database } from "../client.ts";
import { digestDevelopments, digests } from "../schema/subscription.ts";
import { storable } from "../storable.ts";

/** One digest, as kept. */
export type StoredDigest = typeof digests.$inferSelect;

/** A digest that is about to be sent. */
export type NewDigest = {
  readonly subscriberId: number;
  /** Daily where left out. */
  readonly period?: DigestPeriod;
  readonly day: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly messageId: string;
  readonly subject: string;
  readonly html: string;
  readonly plain: string;
  /** Whether its reader chose what stands in it; then it is shown to nobody else. */
  readonly isPersonal?: boolean;
  /** Developments that it tells, and those that it takes back. */
  readonly told?: readonly { readonly developmentId: number; readonly correction: boolean }[];
};

/**
 * Claims a digest before it is sent: of all processes only one gets it, and a crash afterwards cannot send it twice unnoticed.
 *
 * @returns The id of the claim, or null when the digest of this day was claimed before.
 */
export async function claimDigest(
  db: Database,
  { told = [], isPersonal = false, ...digest }: NewDigest,
  now: Date,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(digests)
      .values({
        ...{ ...digest, isPersonal },
        subject: storable(digest.subject),
        html: storable(digest.html),
        plain: storable(digest.plain),
        status: "claimed",
        claimedAt: now,
      })
      .onConflictDoNothing({ target: [digests.subscriberId, digests.period, digests.day] })
      .returning({ id: digests.id });
    if (!row) return null;
    if (told.length > 0)
      await tx
        .insert(digestDevelopments)
        .values(told.map((one) => ({ ...one, digestId: row.id })))
        .onConflictDoNothing();
    return row.id;
  });
}

/** Finds the digest of a subscriber's day. */
export async function digestOf(
  db: Database,
  subscriberId: number,
  day: string,
  period: DigestPeriod = "daily",
): Promise<StoredDigest | null> {
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.subscriberId, subscriberId), eq(digests.day, day), eq(digests.period, period)));
  return row ?? null;
}

/**
 * Takes up a digest that failed, or one of which nobody knows whether it arrived and which was not repeated yet: it is sent again
 * with the same words and Message-ID.
 *
 * @returns Null when somebody else did, or when it is not to be sent again.
 */
export async function reclaimDigest(db: Database, digestId: number, now: Date): Promise<number | null> {
  const [row] = await db
    .update(digests)
    .set({
      status: "claimed",
      claimedAt: now,
      repeats: sql`${digests.repeats} + case when ${digests.status} = 'unknown' then 1 else 0 end`,
    })
    .where(
      and(
        eq(digests.id, digestId),
        or(eq(digests.status, "failed"), and(eq(digests.status, "unknown"), eq(digests.repeats, 0))),
      ),
    )
    .returning({ id: digests.id });
  return row?.id ?? null;
}

/** Notes that a digest's bytes are about to leave: from here on, until it is settled, nobody knows whether it arrived. */
export async function markHanding(db: Database, digestId: number): Promise<void> {
  await db
    .update(digests)
    .set({ status: "handing" })
    .where(and(eq(digests.id, digestId), eq(digests.status, "claimed")));
}

/** Records what became of a claimed digest. */
export async function settleDigest(
  db: Database,
  digestId: number,
  status: "sent" | "failed" | "unknown",
  message: string | null,
  now: Date,
): Promise<void> {
  await db
    .update(digests)
    .set({ status, message: storable(message), sentAt: status === "sent" ? now : null })
    .where(and(eq(digests.id, digestId), inArray(digests.status, ["claimed", "handing"])));
}

/** What became of digests whose process died. */
export type DeadDigests = {
  /** Nothing of them had left: they are sent as if never tried. */
  readonly unsent: readonly number[];
  /** They were being handed over: they may or may not have gone out. */
  readonly unknown: readonly number[];
};

/** Settles digests that were claimed before a moment and never since: their process died. */
export async function settleDeadDigests(db: Database, claimedBefore: Date): Promise<DeadDigests> {
  const unsent = await db
    .update(digests)
    .set({ status: "failed", message: "Parley stopped before this mail was handed over; it is sent again." })
    .where(and(eq(digests.status, "claimed"), lt(digests.claimedAt, claimedBefore)))
    .returning({ id: digests.id });
  const unknown = await db
    .update(digests)
    .set({
      status: "unknown",
      message: "Parley stopped while this mail was being handed over; it may or may not have gone out.",
    })
    .where(and(eq(digests.status, "handing"), lt(digests.claimedAt, claimedBefore)))
    .returning({ id: digests.id });
  return { unsent: unsent.map(({ id }) => id), unknown: unknown.map(({ id }) => id) };
}

/** Finds the last digest of a subscriber that went out or may have, so that the next of its kind begins where it ended. */
export async function lastDigest(
  db: Database,
  subscriberId: number,
  period: DigestPeriod,
  beforeDay: string,
): Promise<StoredDigest | null> {
  const [row] = await db
    .select()
    .from(digests)
    .where(
      and(
        eq(digests.subscriberId, subscriberId),
        eq(digests.period, period),
        lt(digests.day, beforeDay),
        ne(digests.status, "failed"),
      ),
    )
    .orderBy(desc(digests.day))
    .limit(1);
  return row ?? null;
}
