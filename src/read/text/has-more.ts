/** Tells whether a mark stands in a text more often than `limit` times; looks no further than it must. */
export function hasMore(mark: string, text: string, limit: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) if (++count > limit) return true;
  return false;
}
