import { saveAlerts } from "../db/alerts/alerts.ts";
import { saveCorrectionDeliveries } from "../db/alerts/correction-deliveries.ts";
import { toldOf, whyNotToRelyOn } from "../db/alerts/corrections.ts";
import { endpointsByIds } from "../db/alerts/endpoints.ts";
import { ruleById } from "../db/alerts/rules.ts";
import { developmentWithEvidence } from "../db/developments/developments.ts";
import { newDelivery } from "./alerting.ts";
import type { Run } from "./context.ts";

/** Tells everybody who received a development that does not hold any more so, once, naming the alert that told of it. Nobody else. */
export const correct: Run<"correct"> = async ({ developmentId }, { db, enqueue, now, publicUrl }) => {
  const deliveryIds = await db.transaction(async (tx) => {
    const reason = await whyNotToRelyOn(tx, developmentId);
    const development = await developmentWithEvidence(tx, developmentId);
    if (!reason || !development) return null;
    const told = await toldOf(tx, developmentId);
    const endpoints = new Map(
      (
        await endpointsByIds(
          tx,
          told.map(({ endpointId }) => endpointId),
        )
      ).map((endpoint) => [endpoint.id, endpoint]),
    );
    const made: string[] = [];
    for (const ruleId of new Set(told.map((one) => one.ruleId))) {
      const rule = await ruleById(tx, ruleId);
      const heard = told.filter((one) => one.ruleId === ruleId);
      const [first] = heard;
      if (!rule || !first) continue;
      await saveAlerts(
        tx,
        [
          {
            ruleId,
            matter: `correction:${developmentId}`,
            kind: "correction",
            developmentId,
            correctsId: first.alertId,
            deliveries: [],
          },
        ],
        now(),
      );
      const deliveries = heard.flatMap(({ endpointId, deliveryId, at }) => {
        const endpoint = endpoints.get(endpointId);
        const news = { kind: "correction", development, reason, corrects: { deliveryId, at } } as const;
        return endpoint ? [newDelivery(endpoint, { rule: rule.name, news, publicUrl, at: now() })] : [];
      });
      made.push(...(await saveCorrectionDeliveries(tx, { ruleId, developmentId }, deliveries, now())));
    }
    return made;
  });
  if (!deliveryIds) return { skipped: true };
  await enqueue(
    "deliver",
    deliveryIds.map((deliveryId) => ({ deliveryId })),
  );
  return { corrections: deliveryIds.length };
};
