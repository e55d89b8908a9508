import type { Span } from "./span.ts";

/** Which arrays are in the order of their starts; asked once for each. */
const inOrder = new WeakMap<readonly Span[], boolean>();

/**
 * Picks the spans that start from `from` up to `to` inclusive, in their order: what a filter over all would find, without looking
 * at all of them. A long text has thousands of names and cues, and each statement asks which lie in it.
 *
 * @param all - Not changed after it was first asked; in any order, but only one in the order of starts is quick.
 */
export function spansBetween<T extends Span>(all: readonly T[], from: number, to: number): readonly T[] {
  let ordered = inOrder.get(all);
  if (ordered === undefined) {
    ordered = all.every(({ start }, index) => index === 0 || (all[index - 1]?.start ?? 0) <= start);
    inOrder.set(all, ordered);
  }
  if (!ordered) return all.filter(({ start }) => from <= start && start <= to);
  return all.slice(firstFrom(all, from), firstFrom(all, to + 1));
}

/** Finds the index of the first span that starts at `start` or later. */
function firstFrom(all: readonly Span[], start: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
