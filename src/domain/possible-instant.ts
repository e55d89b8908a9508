/** Pages are dated in the zone of their publisher and servers' clocks differ: this much ahead is no future. */
const AHEAD_MS = 36 * 3_600_000;
const EARLIEST_MS = Date.UTC(1990, 0, 1);

/** Tells whether an instant that a page gives lies in the future, beyond what zones and clocks explain. */
export function liesAhead(instant: Date, now: Date): boolean {
  return instant.getTime() > now.getTime() + AHEAD_MS;
}

/**
 * Tells whether what a page tells of may have been said or published at an instant: from 1990 on and not in the future. What lies outside, or
 * is no instant (`Invalid Date`), is a mistake of the page or of our reading.
 */
export function isPossible(instant: Date, now: Date): boolean {
  return instant.getTime() >= EARLIEST_MS && !liesAhead(instant, now);
}
