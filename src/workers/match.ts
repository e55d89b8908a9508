import { alertOnDevelopment } from "./alerting.ts";
import type { Run } from "./context.ts";
import { sendAlerts } from "./send-alerts.ts";

/**
 * Applies the rules to a development that stands here without having been seen by them: one that an older Parley found, or that an
 * analyst made news of. What is found now meets the rules in the transaction that writes it (see detect).
 */
export const match: Run<"match"> = async ({ developmentId }, context) => {
  const alerted = await context.db.transaction((tx) => alertOnDevelopment(tx, developmentId, context));
  if (!alerted) return { skipped: true };
  await sendAlerts([alerted], context);
  return { rules: alerted.rules, deliveries: alerted.deliveryIds.length };
};
