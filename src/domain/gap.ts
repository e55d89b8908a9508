/**
 * Takes what was missed from one page of a list, newest first: the unknown entries before the last known one. Those behind it are
 * older than what was seen long ago. Without a known entry the gap goes on, and all are taken.
 */
export function missedOn<T>(
  entries: readonly T[],
  isKnown: (entry: T) => boolean,
): { readonly missed: readonly T[]; readonly reached: boolean } {
  const last = entries.findLastIndex(isKnown);
  const before = last < 0 ? entries : entries.slice(0, last);
  return { missed: before.filter((entry) => !isKnown(entry)), reached: last >= 0 };
}
