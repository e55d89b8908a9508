import { letterChanges } from "./letter-changes.ts";
import { leavesOf, type Query } from "./query.ts";

/** Shorter words are too near to too many others. */
const SHORTEST = 4;
const LONGEST = 30;
/** From so many letters on a word may have two slips. */
const LONG = 7;
/** Words written with letters of the Latin alphabet; what else there is in a text is not looked at. */
const WORD = /(?<![\p{L}\p{N}'’-])\p{Script=Latin}{4,30}(?![\p{L}\p{N}'’-])/gu;

/** Lists the single words that a question asks for and that may be misspelt: of Latin letters, outside phrases and NEAR. */
export function wordsToSpell(query: Query): readonly string[] {
  const words = leavesOf(query).flatMap(({ leaf, wanted }) => (wanted && leaf.is === "word" ? [leaf.words] : []));
  return [...new Set(words)].filter((word) => {
    const letters = [...word].length;
    return letters >= SHORTEST && letters <= LONGEST && /^\p{Script=Latin}+$/u.test(word);
  });
}

/** Counts how often each word stands in some texts, in small letters. */
export function countWords(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.matchAll(WORD)) {
      const small = word.toLowerCase();
      counts.set(small, (counts.get(small) ?? 0) + 1);
    }
  return counts;
}

/**
 * Finds the known words that a word may be a slip for, the nearest first, then those with its first letter, then the most frequent.
 *
 * @param known - Known words in small letters, with how often they stand in texts.
 */
export function nearestWords(word: string, known: ReadonlyMap<string, number>, most: number): readonly string[] {
  const typed = word.toLowerCase();
  const slips = typed.length < LONG ? 1 : 2;
  const near: { readonly word: string; readonly rank: number; readonly count: number }[] = [];
  for (const [other, count] of known) {
    if (Math.abs(other.length - typed.length) > slips) continue;
    const distance = letterChanges(typed, other, slips);
    if (distance > 0 && distance <= slips)
      near.push({ word: other, rank: distance * 2 + (other[0] === typed[0] ? 0 : 1), count });
  }
  return near
    .sort((one, other) => one.rank - other.rank || other.count - one.count || (one.word < other.word ? -1 : 1))
    .slice(0, most)
    .map((one) => one.word);
}

/** Puts other words into the place of some words of a question; what is refused, and phrases, stay. */
export function respelt(query: Query, words: ReadonlyMap<string, string>): Query {
  if (query.is === "word") return { is: "word", words: words.get(query.words) ?? query.words };
  if (query.is === "and" || query.is === "or")
    return { is: query.is, parts: query.parts.map((part) => respelt(part, words)) };
  return query;
}
