import { type Attempt, claimDelivery, type PendingDelivery, pendingDelivery, recordAttempt } from "../db/deliveries.ts";
import { disableEndpoint } from "../db/endpoints.ts";
import { Failure } from "../domain/failure.ts";
import { nextAttemptAt } from "../domain/retry-time.ts";
import { open } from "../net/secret-box.ts";
import { sendWebhook } from "../net/webhook.ts";
import type { AlertMail } from "../present/alert-body.ts";
import type { Run, WorkerContext } from "./context.ts";

/** How long an attempt may hold a delivery: longer than any webhook or mail server is waited for. */
const LEASE_MS = 300_000;

/** Makes one attempt at a delivery and records what it met: delivered, to be tried again, or given up. */
export const deliver: Run<"deliver"> = async ({ deliveryId }, context) => {
  const { db, enqueue, now, random } = context;
  const delivery = await pendingDelivery(db, deliveryId);
  if (!delivery || !(await claimDelivery(db, deliveryId, now(), LEASE_MS))) return { skipped: true };
  const { attempt, failure } = await attemptDelivery(delivery, context);
  if (!failure) {
    await recordAttempt(db, deliveryId, attempt, "delivered");
    return { delivered: true, elapsedMs: attempt.elapsedMs };
  }
  if (failure.code === "webhook-gone") await disableEndpoint(db, delivery.endpoint.id, failure.message);
  const next =
    failure.remedy === "park"
      ? null
      : nextAttemptAt(delivery.attempts + 1, now(), { retryAfterMs: failure.retryAfterMs, jitter: random() });
  await recordAttempt(db, deliveryId, attempt, next);
  if (next) await enqueue("deliver", { deliveryId }, { at: next });
  return { delivered: false, code: failure.code };
};

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
  const elapsed = () => Math.round(performance.now() - started);
  try {
    refuseSwitchedOff(delivery.endpoint);
    const answer =
      delivery.endpoint.kind === "webhook"
        ? await toWebhook(delivery, attemptedAt, context)
        : await toMail(delivery, context);
    return { attempt: { attemptedAt, ...answer, failureCode: null, elapsedMs: elapsed() }, failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      attempt: {
        attemptedAt,
        httpStatus: error.httpStatus,
        failureCode: error.code,
        message: error.message,
        elapsedMs: elapsed(),
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
) {
  if (!endpoint.secret)
    throw new Failure(
      "bad-setting",
      `Endpoint ${endpoint.name} has no secret; add it again with parley endpoints add.`,
    );
  const secret = open(secretKey, endpoint.secret);
  const { status, answer } = await sendWebhook({
    url: endpoint.address,
    id,
    body,
    secrets: [secret],
    now,
    allowAddresses,
    userAgent,
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
