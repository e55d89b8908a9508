import { randomUUID } from "node:crypto";

/** Makes the id of a delivery: a webhook-id that nobody else has. */
export function newDeliveryId(): string {
  return `msg_${randomUUID().replaceAll("-", "")}`;
}
