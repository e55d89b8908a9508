import type { Phrase } from "../../catalogue/phrase.ts";
import { wordsAt } from "../../domain/span.ts";
import { splitSentences } from "../words/sentences.ts";
import { namesAi } from "../words/topic-words.ts";
import type { Change } from "./edit-changes.ts";
import { squeeze } from "./edit-changes.ts";

/** How grave an edit is: spelling and marks; words; or what the text stands for (a watched phrase, a sentence on AI). */
export type Gravity = "spelling" | "words" | "stance";

/** Weighs what changed between two texts. */
export function gravityOf(
  before: string,
  after: string,
  changes: readonly Change[],
  phrases: readonly Phrase[],
): Gravity {
  if (phraseChanged(before, after, phrases) || aiSentenceChanged(before, after, changes)) return "stance";
  return changes.every(isSpelling) ? "spelling" : "words";
}

function phraseChanged(before: string, after: string, phrases: readonly Phrase[]): boolean {
  const [from, to] = [squeeze(before).text.toLowerCase(), squeeze(after).text.toLowerCase()];
  return phrases
    .filter(({ together }) => !together)
    .flatMap(({ variants }) => [...variants.en, ...variants.zh])
    .some((variant) => countOf(from, variant.toLowerCase()) !== countOf(to, variant.toLowerCase()));
}

function countOf(text: string, words: string): number {
  return words ? text.split(words).length - 1 : 0;
}

/** Share of a sentence's characters that must be new or gone for the whole sentence to be. */
const MOST_OF_IT = 0.6;

/** A sentence on AI counts as lost or gained when one change holds most of it. */
function aiSentenceChanged(before: string, after: string, changes: readonly Change[]): boolean {
  const [from, to] = [squeeze(before).text, squeeze(after).text];
  const lost = sentencesOnAi(before).filter((sentence) => !to.includes(sentence));
  const gained = sentencesOnAi(after).filter((sentence) => !from.includes(sentence));
  return (
    lost.some((sentence) => changes.some(({ removed }) => shared(sentence, removed))) ||
    gained.some((sentence) => changes.some(({ added }) => shared(sentence, added)))
  );
}

/** A diff may begin or end a lost sentence a few words off, where its neighbours share them. */
function shared(sentence: string, changed: string): boolean {
  if (!namesAi(changed) || changed.length < sentence.length * MOST_OF_IT) return false;
  const middle = sentence.slice(Math.floor(sentence.length * 0.3), Math.ceil(sentence.length * 0.7));
  return changed.includes(middle);
}

function sentencesOnAi(text: string): readonly string[] {
  return splitSentences(text)
    .map((sentence) => squeeze(wordsAt(text, sentence)).text)
    .filter(namesAi);
}

function isSpelling({ removed, added }: Change): boolean {
  const letters = (words: string) => words.replace(/[^\p{L}\p{N}]/gu, "");
  if (letters(removed) === letters(added)) return true;
  return isTypo(removed, added);
}

/** Words that one letter turns into their opposite or weaken: a slip there is never only a slip. */
const WEIGHTY =
  /^(?:not?|now|none|can|cannot|can't|could|would|should|will|shall|may|might|must|all|any|some|un\w+|in\w+|im\w+|dis\w+)$/i;

/** One Latin word of five letters or more with one letter wrong, missing, doubled or swapped; never a number. */
function isTypo(removed: string, added: string): boolean {
  const word = /^\p{Script=Latin}{5,}$/u;
  if (!word.test(removed) || !word.test(added) || WEIGHTY.test(removed) || WEIGHTY.test(added)) return false;
  const [a, b] = [removed.toLowerCase(), added.toLowerCase()];
  // "agreed" and "agree", "talks" and "talk" are other words, not slips.
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.startsWith(short) || a[0] !== b[0]) return false;
  return isOneSlip(a, b);
}

function isOneSlip(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [x, y] = [a.slice(start, a.length - tail), b.slice(start, b.length - tail)];
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && x === [...y].reverse().join(""));
}
