import { shinglesOf, tokensOf } from "./shingles.ts";

/** How a statement repeats an earlier one: the same words, a piece of them, a longer stretch that holds them, or nearly the same. */
export type Repetition = {
  readonly relation: "same" | "piece" | "whole" | "near";
  /** Share of the shorter of the two that stands in the other, 0 to 1. */
  readonly share: number;
};

const SHORTEST = 8;
const CONTAINED = 0.85;
const NEAR = 0.6;

/** A piece is shorter than the whole by more than a word or two. */
const SHORTER = 0.8;

/**
 * Makes the comparison of one statement with earlier ones: whether its words are those of the other; null where they are not.
 *
 * Spacing, punctuation and the kind of quotation marks do not count, for publishers set quotations anew. Containment and not
 * likeness decides, because papers quote one sentence out of five. Fewer than eight words (or ideographs) must be the same.
 */
export function repetitionWith(words: string): (earlier: string) => Repetition | null {
  const a = tokensOf(words);
  const left = new Set(shinglesOf(a, 3));
  return (earlier) => {
    const b = tokensOf(earlier);
    if (a.length === 0 || b.length === 0) return null;
    if (a.length === b.length && a.every((token, at) => token === b[at])) return { relation: "same", share: 1 };
    if (Math.min(a.length, b.length) < SHORTEST) return null;
    const right = new Set(shinglesOf(b, 3));
    const smaller = Math.min(left.size, right.size);
    let shared = 0;
    for (const shingle of left) if (right.has(shingle)) shared++;
    const containment = shared / smaller;
    const likeness = shared / (left.size + right.size - shared);
    if (containment >= CONTAINED && Math.min(a.length, b.length) < SHORTER * Math.max(a.length, b.length))
      return { relation: a.length <= b.length ? "piece" : "whole", share: containment };
    return likeness >= NEAR ? { relation: "near", share: containment } : null;
  };
}
