/** Waits before the attempts at a webhook delivery, milliseconds: 0 s to 24 h, 75 h 35 min in all (Standard Webhooks 1.0.0). */
const DELIVERY_WAITS_MS = [
  0, 5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
];

/**
 * Finds when a delivery that failed is tried again.
 *
 * @param attempts - How many were made, the failed one included.
 * @param jitter - 0 to 1: up to a tenth is added, so that many deliveries to one endpoint do not come back together.
 * @returns null when all attempts are spent.
 */
export function nextAttemptAt(
  attempts: number,
  now: Date,
  { retryAfterMs, jitter }: { readonly retryAfterMs: number | null; readonly jitter: number },
): Date | null {
  const wait = DELIVERY_WAITS_MS[attempts];
  if (wait === undefined) return null;
  return new Date(now.getTime() + Math.round(Math.max(wait * (1 + jitter / 10), retryAfterMs ?? 0)));
}

/** Finds when a stage's job that failed is tried again: after 5 s, then ever later, at most an hour. */
export function nextTryAt(attempts: number, now: Date, retryAfterMs: number | null): Date {
  const wait = Math.min(5_000 * 4 ** Math.min(Math.max(attempts - 1, 0), 10), 3_600_000);
  return new Date(now.getTime() + Math.max(wait, retryAfterMs ?? 0));
}
