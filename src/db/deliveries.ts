import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { alerts, deliveries, deliveryAttempts, endpoints, rules } from "./schema/delivery.ts";
import { storable } from "./storable.ts";

/** A delivery that waits to be made, with the endpoint it goes to. */
export type PendingDelivery = {
  readonly id: string;
  readonly body: string;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
  readonly rule: string;
  readonly endpoint: typeof endpoints.$inferSelect;
};

/** Finds a delivery that waits; null when it was made, given up or never was. */
export async function pendingDelivery(db: Database, deliveryId: string): Promise<PendingDelivery | null> {
  const [row] = await db
    .select({
      ...{ id: deliveries.id, body: deliveries.body, attempts: deliveries.attempts, createdAt: deliveries.createdAt },
      ...{ nextAttemptAt: deliveries.nextAttemptAt, rule: rules.name, endpoint: endpoints },
    })
    .from(deliveries)
    .innerJoin(alerts, eq(alerts.id, deliveries.alertId))
    .innerJoin(rules, eq(rules.id, alerts.ruleId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending")));
  if (!row?.nextAttemptAt) return null;
  return { ...row, nextAttemptAt: row.nextAttemptAt };
}

/**
 * Takes a due delivery for one attempt: until the lease ends nobody else finds it due, and if its process dies it is due again then.
 *
 * @param leaseMs - Longer than an attempt can take.
 * @returns Whether it was there to be taken.
 */
export async function claimDelivery(db: Database, deliveryId: string, now: Date, leaseMs: number): Promise<boolean> {
  const taken = await db
    .update(deliveries)
    .set({ nextAttemptAt: new Date(now.getTime() + leaseMs) })
    .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending"), lte(deliveries.nextAttemptAt, now)))
    .returning({ id: deliveries.id });
  return taken.length > 0;
}

/** What one attempt met. */
export type Attempt = {
  readonly attemptedAt: Date;
  readonly httpStatus: number | null;
  readonly failureCode: string | null;
  readonly message: string | null;
  readonly elapsedMs: number;
};

/**
 * Records an attempt and what becomes of the delivery, in one transaction.
 *
 * @param next - `delivered`; or when to try again; or null to give up.
 */
export async function recordAttempt(
  db: Database,
  deliveryId: string,
  attempt: Attempt,
  next: "delivered" | Date | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(deliveryAttempts).values({ deliveryId, ...attempt, message: storable(attempt.message) });
    const status = next === "delivered" ? "delivered" : next === null ? "failed" : "pending";
    await tx
      .update(deliveries)
      .set({
        status,
        attempts: sql`${deliveries.attempts} + 1`,
        nextAttemptAt: next instanceof Date ? next : null,
        deliveredAt: next === "delivered" ? attempt.attemptedAt : null,
      })
      .where(and(eq(deliveries.id, deliveryId), eq(deliveries.status, "pending")));
  });
}

/** Lists deliveries whose next attempt was due before a moment, the longest due first. */
export async function dueDeliveries(
  db: Database,
  dueBefore: Date,
  most: number,
): Promise<readonly { readonly id: string; readonly nextAttemptAt: Date; readonly attempts: number }[]> {
  const rows = await db
    .select({ id: deliveries.id, nextAttemptAt: deliveries.nextAttemptAt, attempts: deliveries.attempts })
    .from(deliveries)
    .where(and(eq(deliveries.status, "pending"), lte(deliveries.nextAttemptAt, dueBefore)))
    .orderBy(asc(deliveries.nextAttemptAt))
    .limit(most);
  return rows.flatMap(({ nextAttemptAt, ...rest }) => (nextAttemptAt ? [{ ...rest, nextAttemptAt }] : []));
}
