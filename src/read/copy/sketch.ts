import { isHan, shinglesOf, tokensOf } from "./shingles.ts";

/**
 * A sample of a text's shingles by which its copies are found among many.
 *
 * Scaled MinHash (Irber et al. 2022): all shingles whose hash lies in the lowest `1/rate` of the numbers. Two texts are
 * sampled alike whatever their length, so an abridged copy shares its share of the original's sample.
 */
export type TextSketch = { readonly rate: number; readonly hashes: readonly number[] };

/** Hashes kept of one text; a longer one is sampled more coarsely. */
const MOST = 96;

/** Samples a text's shingles. */
export function sketchOf(text: string): TextSketch {
  let hashes = [...new Set(shinglesOf(tokensOf(text)))];
  let rate = 1;
  while (hashes.length > MOST) {
    rate *= 2;
    const highest = 2 ** 32 / rate;
    hashes = hashes.filter((hash) => hash >>> 0 < highest);
  }
  return { rate, hashes };
}

/** Tokens of a shingle and shingles of a window in a statement's fingerprints. Seven words (nine ideographs) in common share one. */
const STATEMENT_SIZE = 4;
const HAN_STATEMENT_SIZE = 6;
const WINDOW = 4;

/** Fingerprints kept of one statement; what follows in a speech of an hour is found by its beginning. */
const MOST_FINGERPRINTS = 64;

/** Statements shorter than this many tokens ("Thank you.", 没有。) repeat nobody. */
const SHORTEST = 8;

/**
 * Picks the fingerprints by which repetitions of a statement are found, by winnowing (Schleimer, Wilkerson and Aiken 2003):
 * the least hash of every window, so that any long enough run in common is sure to share one. None for a short statement.
 */
export function fingerprintsOf(words: string): readonly number[] {
  const tokens = tokensOf(words);
  if (tokens.length < SHORTEST) return [];
  const shingles = shinglesOf(tokens, isHan(tokens) ? HAN_STATEMENT_SIZE : STATEMENT_SIZE);
  const picked = new Set<number>();
  for (let start = 0; start + WINDOW <= shingles.length && picked.size < MOST_FINGERPRINTS; start++)
    picked.add(Math.min(...shingles.subarray(start, start + WINDOW)));
  if (picked.size === 0) picked.add(Math.min(...shingles));
  return [...picked];
}
