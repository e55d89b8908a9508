import { letterChanges } from "./letter-changes.ts";
import { leavesOf, type Query } from "./query.ts";

/** Shorter words are too near to too many others. */
const SHORTEST = 4;
const LONGEST = 30;
/** From so many letters on a word may have two slips. */
const LONG = 7;
/** Words written with letters of the Latin alphabet; what else there is in a text is not looked at. */
const WORD = /\p{Script=Latin}{4,30}/gu;

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
    for (const word of text.toLowerCase().match(WORD) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
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
  const letters = lettersOf(typed);
  const near: { readonly word: string; readonly rank: number; readonly count: number }[] = [];
  for (const [other, count] of known) {
    if (Math.abs(other.length - typed.length) > slips) continue;
    // A slip takes away one kind of letter at most: this alone rules out nearly all words, and is quick.
    const others = lettersOf(other);
    if (sizeOf(letters & ~others) > slips || sizeOf(others & ~letters) > slips) continue;
    const distance = letterChanges(typed, other, slips);
    if (distance > 0 && distance <= slips)
      near.push({ word: other, rank: distance * 2 + (other[0] === typed[0] ? 0 : 1), count });
  }
  return near
    .sort((one, other) => one.rank - other.rank || other.count - one.count || (one.word < other.word ? -1 : 1))
    .slice(0, most)
    .map((one) => one.word);
}

/** The kinds of letters that a word has, as the bits of a number; letters with accents share bits with others. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index += 1) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

function sizeOf(letters: number): number {
  let size = 0;
  for (let rest = letters; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

/** Puts other words into the place of some words of a question; what is refused, and phrases, stay. */
export function respelt(query: Query, words: ReadonlyMap<string, string>): Query {
  if (query.is === "word") return { is: "word", words: words.get(query.words) ?? query.words };
  if (query.is === "and" || query.is === "or")
    return { is: query.is, parts: query.parts.map((part) => respelt(part, words)) };
  return query;
}
