/**
 * Counts the letters that differ between two words: left out, put in, mistaken, or swapped with their neighbour (optimal string alignment,
 * after Damerau, "A technique for computer detection and correction of spelling errors", 1964).
 *
 * @param most - Stops counting beyond it; then gives some number that is larger.
 */
export function letterChanges(one: string, other: string, most = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    let nearest = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
      nearest = Math.min(nearest, least);
    }
    // A swap reaches back two rows, and adds one.
    if (nearest > most + 1) return nearest;
    [before, last] = [last, row];
  }
  return last[other.length] ?? 0;
}
