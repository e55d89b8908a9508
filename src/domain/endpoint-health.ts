/** An endpoint that took nothing for so long is switched off (Standard Webhooks recommends five days). */
const FAILING_TOO_LONG_MS = 5 * 86_400_000;

/** Deliveries that are tried at one endpoint at a time while it answers, and while it does not. */
const LANES = { healthy: 4, failing: 1 } as const;

/** Tells whether an endpoint has failed for so long that it is to be switched off. */
export function hasFailedTooLong(failingSince: Date | null, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_TOO_LONG_MS;
}

/** Says how many deliveries may be under way to an endpoint at one time. */
export function lanesOf(failingSince: Date | null): number {
  return failingSince === null ? LANES.healthy : LANES.failing;
}
