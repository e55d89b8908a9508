import { f1, mean, ratio } from "./shares.ts";

const SINGLE = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])/gu;

/** Cuts a text into words; a Han, kana or Thai character is one. */
export function wordsOf(text: string): readonly string[] {
  return text.replace(SINGLE, " $1 ").match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function countedShingles(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(text);
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, words.length - 3); at++) {
    const shingle = words.slice(at, at + 4).join(" ");
    if (shingle) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

/** A body as people marked it and as it was read. */
export type BodyPair = { readonly truth: string; readonly found: string };

/**
 * Scores bodies as scrapinghub/article-extraction-benchmark does: precision and recall over shingles of four words, the mean over
 * documents, and the F1 of the two means; `exact` is the share of bodies read word for word.
 */
export function shingleScore(pairs: readonly BodyPair[]) {
  const precisions: number[] = [];
  const recalls: number[] = [];
  let exact = 0;
  for (const { truth, found } of pairs) {
    const want = countedShingles(truth);
    const got = countedShingles(found);
    const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    let shared = 0;
    for (const [shingle, count] of want) shared += Math.min(count, got.get(shingle) ?? 0);
    if (sum(got) > 0) precisions.push(shared / sum(got));
    if (sum(want) > 0) recalls.push(shared / sum(want));
    if (wordsOf(truth).join(" ") === wordsOf(found).join(" ")) exact++;
  }
  const [precision, recall] = [mean(precisions), mean(recalls)];
  return { precision, recall, f1: f1(precision, recall), exact: ratio(exact, pairs.length) };
}
