import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { lastDueDigests, periodBefore } from "../../domain/digest-time.ts";
import type { Database } from "../client.ts";
import { activeSubscribers } from "../digests/subscribers.ts";
import { alerts, deliveries, deliveryAttempts } from "../schema/delivery.ts";
import { developments } from "../schema/developments.ts";
import { digests, letters } from "../schema/subscription.ts";

/** How much was on its way when the backup was made and is not sent by the archive that came back. */
export type NotSent = {
  readonly deliveries: number;
  readonly digests: number;
  readonly letters: number;
  /** Alerts held back, and developments that no rule had been asked about. */
  readonly alerts: number;
};

const WHY = "Restored from a backup: it may have been sent after that, so it is not sent again.";

/**
 * Makes sure that an archive that came back sends nothing that the one before may have sent: what waited is given up with the reason,
 * where it can be seen and sent by hand (`parley endpoints replay NAME --failed --since DAY`).
 *
 * @param madeAt - When the backup was made.
 */
export async function settleRestored(db: Database, madeAt: Date, now: Date): Promise<NotSent> {
  return db.transaction(async (tx) => {
    const given = await tx
      .update(deliveries)
      .set({ status: "failed", nextAttemptAt: null })
      .where(eq(deliveries.status, "pending"))
      .returning({ id: deliveries.id });
    const attempt = { attemptedAt: now, message: WHY, elapsedMs: 0 };
    for (const { id } of given) await tx.insert(deliveryAttempts).values({ deliveryId: id, ...attempt });
    const unsent = await tx
      .update(letters)
      .set({ status: "failed", nextAttemptAt: null, message: WHY })
      .where(eq(letters.status, "pending"))
      .returning({ id: letters.id });
    // Repeated already, so to say: a digest of which nobody knows is else sent a second time.
    const broken = await tx
      .update(digests)
      .set({ status: "unknown", message: WHY, repeats: 1 })
      .where(inArray(digests.status, ["claimed", "handing", "unknown", "failed"]))
      .returning({ id: digests.id });
    const held = await tx
      .update(alerts)
      .set({ heldUntil: null })
      .where(and(isNotNull(alerts.heldUntil), isNull(alerts.batchId)))
      .returning({ id: alerts.id });
    const unasked = await tx
      .update(developments)
      .set({ matchedAt: now })
      .where(isNull(developments.matchedAt))
      .returning({ id: developments.id });
    const due = await claimDueDigests(tx, madeAt, now);
    return {
      ...{ deliveries: given.length, letters: unsent.length, digests: broken.length + due },
      alerts: held.length + unasked.length,
    };
  });
}

/** Puts down the digests that were due since the backup as not known to have been sent; gives how many. */
async function claimDueDigests(db: Database, madeAt: Date, now: Date): Promise<number> {
  let claimed = 0;
  for (const { id: subscriberId, ...wishes } of await activeSubscribers(db)) {
    for (const { day, dueAt, period } of lastDueDigests(wishes, now)) {
      if (dueAt <= madeAt || dueAt < (wishes.confirmedAt ?? wishes.createdAt)) continue;
      const rows = await db
        .insert(digests)
        .values({
          ...{ subscriberId, period, day, periodStart: periodBefore(wishes, dueAt, period), periodEnd: dueAt },
          ...{ status: "unknown", message: WHY, repeats: 1, claimedAt: now },
          messageId: sql`'<restored.' || gen_random_uuid() || '@parley>'`,
        })
        .onConflictDoNothing({ target: [digests.subscriberId, digests.period, digests.day] })
        .returning({ id: digests.id });
      claimed += rows.length;
    }
  }
  return claimed;
}
