import {
  type Attempt,
  claimDelivery,
  type PendingDelivery,
  pendingDelivery,
  recordAttempt,
} from "../db/alerts/deliveries.ts";
import { disableEndpoint, noteEndpointHealth } from "../db/alerts/endpoints.ts";
import { saveLetter } from "../db/digests/letters.ts";
import { whenBack } from "../db/when-back.ts";
import { hasFailedTooLong, lanesOf } from "../domain/endpoint-health.ts";
import { Failure } from "../domain/failure.ts";
import { nextAttemptAt } from "../domain/retry-time.ts";
import { open } from "../net/secret-box.ts";
import { sendWebhook, type WebhookExchange } from "../net/webhook.ts";
import type { AlertMail } from "../present/alert-mail.ts";
import { endpointOffLetter } from "../present/endpoint-letter.ts";
import type { Outcome, Run, WorkerContext } from "./context.ts";

/** How long an attempt may hold a delivery: longer than a webhook or a mail server is waited for, and no longer than its loss may cost. */
const LEASE_MS = { webhook: 30_000, mail: 300_000 } as const;

/**
 * Makes one attempt at a delivery and records what it met: delivered, to be tried again, or given up. One whose endpoint has all its
 * lanes taken is left waiting, and put on the queue again when one is free.
 */
export const deliver: Run<"deliver"> = async ({ deliveryId }, context) => {
  const { db, enqueue, now, lanes } = context;
  const delivery = await pendingDelivery(db, deliveryId);
  if (!delivery) return { skipped: true };
  const { endpoint } = delivery;
  if (!lanes.enter(endpoint.id, deliveryId, lanesOf(endpoint.failingSince))) return { waiting: true };
  try {
    if (!(await claimDelivery(db, deliveryId, now(), LEASE_MS[endpoint.kind]))) return { skipped: true };
    return await makeAttempt(delivery, context);
  } finally {
    const next = lanes.leave(endpoint.id);
    if (next) await enqueue("deliver", { deliveryId: next }, { at: now() });
  }
};

async function makeAttempt(delivery: PendingDelivery, context: WorkerContext): Promise<Outcome> {
  const { db, enqueue, now, random } = context;
  const { id: deliveryId, endpoint } = delivery;
  const { attempt, failure } = await attemptDelivery(delivery, context);
  // What the endpoint has taken is not sent again because the database was away for a moment.
  const record = (next: "delivered" | Date | null) =>
    whenBack(LEASE_MS[endpoint.kind], (again) => recordAttempt(db, deliveryId, attempt, next, again));
  if (!failure) {
    await record("delivered");
    if (endpoint.failingSince) await noteEndpointHealth(db, endpoint.id, true, now());
    return { delivered: true, elapsedMs: attempt.elapsedMs };
  }
  const next =
    failure.remedy === "park"
      ? null
      : nextAttemptAt(delivery.attempts + 1, now(), { retryAfterMs: failure.retryAfterMs, jitter: random() });
  await record(next);
  await judgeEndpoint(endpoint, failure, context);
  if (next) await enqueue("deliver", { deliveryId }, { at: next });
  return { delivered: false, code: failure.code };
}

/** Switches an endpoint off that asked for it, or that took nothing for five days, and writes to its owner. */
async function judgeEndpoint(
  endpoint: PendingDelivery["endpoint"],
  failure: Failure,
  { db, enqueue, now, log }: WorkerContext,
): Promise<void> {
  // A mail server that does not let us in says nothing of the address behind it.
  if (failure.code === "endpoint-off" || failure.code === "mail-denied") return;
  const failingSince = await noteEndpointHealth(db, endpoint.id, false, now());
  const tooLong = hasFailedTooLong(failingSince, now());
  if (failure.code !== "webhook-gone" && !tooLong) return;
  const because = tooLong
    ? `it took nothing since ${failingSince?.toISOString()}; last: ${failure.message}`
    : failure.message;
  const letterId = await db.transaction(async (tx) => {
    const wasOn = await disableEndpoint(tx, endpoint.id, because);
    if (!wasOn || !endpoint.owner) return null;
    const letter = endpointOffLetter({ name: endpoint.name, because, owner: endpoint.owner });
    return saveLetter(tx, { key: `endpoint-off ${endpoint.id} ${now().toISOString()}`, ...letter }, now());
  });
  log.warn({ endpoint: endpoint.name }, "an endpoint was switched off");
  if (letterId !== null) await enqueue("letter", { letterId });
}

/** Records an attempt that a defect of ours broke off; the delivery keeps its schedule. */
export async function giveUpDeliver(
  { deliveryId }: { readonly deliveryId: string },
  { code, message }: Failure,
  { db, enqueue, now, random }: WorkerContext,
): Promise<void> {
  const delivery = await pendingDelivery(db, deliveryId);
  if (!delivery) return;
  const next = nextAttemptAt(delivery.attempts + 1, now(), { retryAfterMs: null, jitter: random() });
  const attempt = { attemptedAt: now(), httpStatus: null, failureCode: code, message, elapsedMs: 0 };
  await recordAttempt(db, deliveryId, attempt, next);
  if (next) await enqueue("deliver", { deliveryId }, { at: next });
}

async function attemptDelivery(
  delivery: PendingDelivery,
  context: WorkerContext,
): Promise<{ attempt: Attempt; failure: Failure | null }> {
  const attemptedAt = context.now();
  const started = performance.now();
  let exchange: WebhookExchange = { request: {}, response: null };
  const seen = () => ({
    request: delivery.endpoint.kind === "webhook" ? exchange.request : null,
    response: exchange.response,
  });
  const elapsed = () => Math.round(performance.now() - started);
  try {
    refuseSwitchedOff(delivery.endpoint);
    const answer =
      delivery.endpoint.kind === "webhook"
        ? await toWebhook(delivery, attemptedAt, context, (one) => {
            exchange = one;
          })
        : await toMail(delivery, context);
    return { attempt: { attemptedAt, ...answer, ...seen(), failureCode: null, elapsedMs: elapsed() }, failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      attempt: {
        attemptedAt,
        httpStatus: error.httpStatus,
        failureCode: error.code,
        message: error.message,
        elapsedMs: elapsed(),
        ...seen(),
      },
      failure: error,
    };
  }
}

/** An endpoint that asked us to stop gets nothing more, also not what was on its way. */
function refuseSwitchedOff({ name, enabled, disabledBecause }: PendingDelivery["endpoint"]): void {
  if (enabled) return;
  const why = disabledBecause ? ` (${disabledBecause})` : "";
  throw new Failure("endpoint-off", `Endpoint ${name} is switched off${why}; add it again with parley endpoints add.`);
}

async function toWebhook(
  { id, body, endpoint }: PendingDelivery,
  now: Date,
  { secretKey, allowAddresses, userAgent }: WorkerContext,
  onExchange: (exchange: WebhookExchange) => void,
) {
  if (!endpoint.secret)
    throw new Failure(
      "bad-setting",
      `Endpoint ${endpoint.name} has no secret; add it again with parley endpoints add.`,
    );
  const { previousSecret, previousSecretUntil } = endpoint;
  // While a secret is being changed both sign, the new one first (Standard Webhooks 1.0.0).
  const isChanging = previousSecret !== null && previousSecretUntil !== null && now < previousSecretUntil;
  const sealed = [endpoint.secret, ...(isChanging ? [previousSecret] : [])];
  const { status, answer } = await sendWebhook({
    url: endpoint.address,
    id,
    body,
    secrets: sealed.map((secret) => open(secretKey, secret)),
    ...{ now, allowAddresses, userAgent, onExchange },
  });
  return { httpStatus: status, message: answer };
}

async function toMail({ id, body, endpoint, createdAt }: PendingDelivery, { mailer }: WorkerContext) {
  const { subject, html, text } = JSON.parse(body) as AlertMail;
  const { answer, path } = await mailer.send({
    to: endpoint.address,
    subject,
    html,
    text,
    messageId: `<${id}@parley>`,
    date: createdAt,
  });
  return { httpStatus: null, message: answer ?? path };
}
