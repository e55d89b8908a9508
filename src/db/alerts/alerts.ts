import { and, asc, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { alerts, deliveries } from "../schema/delivery.ts";
import { developments } from "../schema/developments.ts";

/** An alert as stored. */
export type StoredAlert = typeof alerts.$inferSelect;

/** A delivery to be made: the body is fixed here, for ever. */
export type NewDelivery = { readonly id: string; readonly endpointId: number; readonly body: string };

/** An alert to be kept, with its deliveries; none while it is held back. */
export type NewAlert = Pick<StoredAlert, "ruleId" | "matter" | "kind"> &
  Partial<Pick<StoredAlert, "developmentId" | "versionId" | "late" | "heldUntil" | "correctsId">> & {
    readonly deliveries: readonly NewDelivery[];
  };

/** What was kept: the alerts that were not here, and the ids of their deliveries. */
export type KeptAlerts = {
  readonly alerts: readonly { readonly id: number; readonly ruleId: number; readonly heldUntil: Date | null }[];
  readonly deliveryIds: readonly string[];
};

/**
 * Keeps alerts with their deliveries. A rule is alerted of one matter once: what is here already is left as it is, without new
 * deliveries. Call it in the transaction that writes what the alerts tell of.
 */
export async function saveAlerts(db: Database, all: readonly NewAlert[], now: Date): Promise<KeptAlerts> {
  if (all.length === 0) return { alerts: [], deliveryIds: [] };
  const kept = await db
    .insert(alerts)
    .values(all.map(({ deliveries: _, ...alert }) => ({ ...alert, createdAt: now })))
    .onConflictDoNothing({ target: [alerts.ruleId, alerts.matter] })
    .returning({ id: alerts.id, ruleId: alerts.ruleId, matter: alerts.matter, heldUntil: alerts.heldUntil });
  const idOf = new Map(kept.map(({ id, ruleId, matter }) => [`${ruleId} ${matter}`, id]));
  const rows = all.flatMap(({ ruleId, matter, deliveries: wanted }) => {
    const alertId = idOf.get(`${ruleId} ${matter}`);
    if (alertId === undefined) return [];
    return wanted.map((one) => ({ ...one, alertId, nextAttemptAt: now, createdAt: now }));
  });
  if (rows.length > 0) await db.insert(deliveries).values(rows);
  return { alerts: kept, deliveryIds: rows.map(({ id }) => id) };
}

/** Marks a development as seen by the rules. */
export async function markMatched(db: Database, developmentId: number, now: Date): Promise<void> {
  await db.update(developments).set({ matchedAt: now }).where(eq(developments.id, developmentId));
}

/**
 * Lets nobody else make alerts until this transaction ends: whether a rule speaks up at once depends on what it told lately, so that two
 * at once would each see the other's place still free.
 *
 * One lock for all rules: a transaction makes the alerts of several developments one after the other, and could not take those of
 * single rules in one order. It is taken last, after the rows and the lock of developments.
 */
export async function lockAlerting(db: Database): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('parley alerts'))`);
}

/** Locks a development for this transaction, so that only one at a time has the rules see it. */
export async function lockDevelopment(db: Database, developmentId: number): Promise<void> {
  await db.execute(sql`select 1 from developments where id = ${developmentId}::bigint for no key update`);
}

/** Lists the alerts that some rules made after a moment, with what they were about. */
export async function alertsSince(db: Database, ruleIds: readonly number[], since: Date) {
  if (ruleIds.length === 0) return [];
  return db
    .select({
      ruleId: alerts.ruleId,
      kind: alerts.kind,
      at: alerts.createdAt,
      heldUntil: alerts.heldUntil,
      developmentId: alerts.developmentId,
    })
    .from(alerts)
    .where(and(inArray(alerts.ruleId, [...ruleIds]), gt(alerts.createdAt, since)));
}

/** Lists the rules whose held alerts were to be told by a moment. */
export async function rulesToRelease(db: Database, now: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .selectDistinct({ ruleId: alerts.ruleId })
    .from(alerts)
    .where(and(lte(alerts.heldUntil, now), isNull(alerts.batchId)))
    .limit(most);
  return rows.map(({ ruleId }) => ruleId);
}

/**
 * Takes the alerts of a rule that were held back until now, oldest first, and keeps others from taking them: call it in a
 * transaction, and settle them in it with `settleHeld`.
 */
export async function takeHeldAlerts(db: Database, ruleId: number, now: Date): Promise<readonly StoredAlert[]> {
  const due = await db
    .select()
    .from(alerts)
    .where(and(eq(alerts.ruleId, ruleId), lte(alerts.heldUntil, now), isNull(alerts.batchId)))
    .orderBy(asc(alerts.id))
    .for("update");
  return due;
}

/** Marks held alerts as told by another alert, or by themselves. */
export async function settleHeld(db: Database, alertIds: readonly number[], batchId: number): Promise<void> {
  await db
    .update(alerts)
    .set({ batchId })
    .where(inArray(alerts.id, [...alertIds]));
}

/** Gives a held alert that is told by itself its deliveries. */
export async function saveDeliveries(
  db: Database,
  alertId: number,
  wanted: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  if (wanted.length === 0) return;
  await db.insert(deliveries).values(wanted.map((one) => ({ ...one, alertId, nextAttemptAt: now, createdAt: now })));
}
