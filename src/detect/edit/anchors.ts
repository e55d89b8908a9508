/** A place where two lists of words go together: indexes into the one and the other. */
export type Anchor = { readonly before: number; readonly after: number };

/**
 * Finds words that stand once in each of two lists and in the same order (the anchors of Bram Cohen's patience diff).
 *
 * Takes time in proportion to n log n whatever the lists hold, so that texts with very many changes can still be cut
 * into short stretches that are worth comparing closely.
 */
export function findAnchors(before: readonly string[], after: readonly string[]): readonly Anchor[] {
  const inAfter = placesOfSingles(after);
  const shared: Anchor[] = [];
  for (const [word, place] of placesOfSingles(before)) {
    const other = inAfter.get(word);
    if (other !== undefined) shared.push({ before: place, after: other });
  }
  shared.sort((a, b) => a.before - b.before);
  return longestRising(shared);
}

function placesOfSingles(words: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  words.forEach((word, place) => {
    if (places.has(word)) repeated.add(word);
    places.set(word, place);
  });
  for (const word of repeated) places.delete(word);
  return places;
}

/** Longest run of anchors whose places rise in both lists (patience sorting). */
function longestRising(anchors: readonly Anchor[]): readonly Anchor[] {
  const tops: number[] = [];
  const previous: (number | undefined)[] = [];
  anchors.forEach(({ after }, index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tops[middle] ?? 0]?.after ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    previous[index] = tops[low - 1];
    tops[low] = index;
  });
  const rising: Anchor[] = [];
  for (let index = tops.at(-1); index !== undefined; index = previous[index]) {
    const anchor = anchors[index];
    if (anchor) rising.push(anchor);
  }
  return rising.reverse();
}
