import type { KeptAlerts } from "../db/alerts/alerts.ts";
import type { WorkerContext } from "./context.ts";

/** Puts the deliveries of alerts on the queue, and the time at which those held back are told. Call it after the commit. */
export async function sendAlerts(
  kept: readonly KeptAlerts[],
  { enqueue }: Pick<WorkerContext, "enqueue">,
): Promise<void> {
  await enqueue(
    "deliver",
    kept.flatMap(({ deliveryIds }) => deliveryIds.map((deliveryId) => ({ deliveryId }))),
  );
  for (const { ruleId, heldUntil } of kept.flatMap(({ alerts }) => alerts)) {
    if (heldUntil) await enqueue("release", { ruleId }, { at: heldUntil });
  }
}
