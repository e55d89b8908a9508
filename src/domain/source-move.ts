/** Polls in a row that must be sent on for good to the same place before a source moves: a mistake may be taken back. */
const TIMES = 3;

/** Where a source's last polls were sent on for good, and how many of them in a row. */
export type SentOn = { readonly sentOnTo: string | null; readonly sentOnTimes: number };

/**
 * Decides what a permanent redirect (301, 308) means for a source: the third in a row to one place moves it there.
 *
 * @param target - Where this poll was sent for good; null where it was not.
 * @returns What to remember, and the new address when it has moved.
 */
export function followMove(before: SentOn, target: string | null): SentOn & { readonly movedTo: string | null } {
  const sentOnTimes = target === null ? 0 : target === before.sentOnTo ? before.sentOnTimes + 1 : 1;
  if (sentOnTimes >= TIMES) return { sentOnTo: null, sentOnTimes: 0, movedTo: target };
  return { sentOnTo: target, sentOnTimes, movedTo: null };
}
