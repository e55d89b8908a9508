/** Pages that may be out and not yet in the archive: fewer than the feeds show, so that a slow machine loses none. */
const MOST_AHEAD = 6;

/**
 * Tells how many pages to publish next, by what is archived already and never by the clock.
 *
 * @param archived - How many of the released pages are in the archive.
 */
export function pagesDue(
  { released, total }: { readonly released: number; readonly total: number },
  archived: number,
): number {
  return Math.max(0, Math.min(total - released, MOST_AHEAD - (released - archived)));
}
