import { and, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { alerts, deliveries } from "../schema/delivery.ts";
import type { NewDelivery } from "./alerts.ts";

/**
 * Adds deliveries to the correction of a development by a rule; an endpoint that has one keeps it. Whoever received the first alert
 * only after the correction was made is added then.
 *
 * @returns The ids of those that were not here.
 */
export async function saveCorrectionDeliveries(
  db: Database,
  { ruleId, developmentId }: { readonly ruleId: number; readonly developmentId: number },
  wanted: readonly NewDelivery[],
  now: Date,
): Promise<readonly string[]> {
  const [alert] = await db
    .select({ id: alerts.id })
    .from(alerts)
    .where(and(eq(alerts.ruleId, ruleId), eq(alerts.matter, `correction:${developmentId}`)));
  if (!alert || wanted.length === 0) return [];
  const added = await db
    .insert(deliveries)
    .values(wanted.map((one) => ({ ...one, alertId: alert.id, nextAttemptAt: now, createdAt: now })))
    .onConflictDoNothing({ target: [deliveries.alertId, deliveries.endpointId] })
    .returning({ id: deliveries.id });
  return added.map(({ id }) => id);
}
