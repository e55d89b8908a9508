import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "./client.ts";
import { alerts } from "./schema/delivery.ts";

/** Lists the developments that a rule alerted of, the latest alert first. */
export async function developmentsAlertedBy(db: Database, ruleId: number, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ developmentId: alerts.developmentId })
    .from(alerts)
    .where(and(eq(alerts.ruleId, ruleId), inArray(alerts.kind, ["development"])))
    .orderBy(desc(alerts.id))
    .limit(most);
  return rows.flatMap(({ developmentId }) => developmentId ?? []);
}
