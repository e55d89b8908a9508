/** How many sources are watched, and how many of them could not be reached at all when they were last asked. */
export type Reach = { readonly watched: number; readonly unreachable: number };

/** Fewer than this may all be down by themselves. */
const LEAST_UNREACHABLE = 5;

/** Tells whether so many sources cannot be reached that this machine's network must be the cause, not theirs. */
export function looksOffline({ watched, unreachable }: Reach): boolean {
  return unreachable >= LEAST_UNREACHABLE && unreachable * 2 > watched;
}
