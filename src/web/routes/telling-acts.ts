import { replayDeliveries, saveTestDelivery } from "../../db/alerts/deliveries.ts";
import { newDeliveryId } from "../../db/alerts/delivery-id.ts";
import type { Endpoint } from "../../db/alerts/endpoints.ts";
import type { Database } from "../../db/client.ts";
import { withoutMailAddresses } from "../../net/without-mail-addresses.ts";
import { bodyFor } from "../../present/delivery-body.ts";
import type { WebActs } from "./acts.ts";

/** When a test is sent, and the address that links in it begin with. */
type TestOccasion = { readonly publicUrl: string; readonly at: Date };

/** Sends an endpoint a test by the way of all alerts. Gives the id of the delivery. */
export async function sendTest(
  db: Database,
  { enqueue }: Pick<WebActs, "enqueue">,
  endpoint: Endpoint,
  occasion: TestOccasion,
): Promise<string> {
  const id = await keepTest(db, endpoint, occasion);
  await enqueue("deliver", { deliveryId: id });
  return id;
}

/** Keeps a test for an endpoint, which the running Parley sends by the way of all alerts. Gives the id of the delivery. */
export async function keepTest(db: Database, endpoint: Endpoint, { publicUrl, at }: TestOccasion): Promise<string> {
  const id = newDeliveryId();
  const matter = { rule: null, news: { kind: "test", endpoint: endpoint.name }, publicUrl, at } as const;
  await saveTestDelivery(db, { id, endpointId: endpoint.id, body: bodyFor(endpoint, matter) }, at);
  return id;
}

/**
 * Sends a delivery again, same id and same bytes; tells whether it could be: one that waits for an attempt is left to it.
 *
 * @throws {Failure} `endpoint-off`.
 */
export async function sendAgain(
  db: Database,
  { enqueue }: Pick<WebActs, "enqueue">,
  deliveryId: string,
  now: Date,
): Promise<boolean> {
  const ids = await replayDeliveries(db, { deliveryId }, now);
  for (const id of ids) await enqueue("deliver", { deliveryId: id }, { at: now });
  return ids.length > 0;
}

/** Shows of an endpoint's address what is no secret: a webhook's host, a mail address without its owner's name. */
export function placeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address.replace(/^(.)[^@]*/, "$1…");
}

/** Shows what a mail server said of an address without the name of its owner. */
export function withoutOwner(text: string, address: string): string {
  return withoutMailAddresses(text, [address]);
}
