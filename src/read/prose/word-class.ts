import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";
import type { Token } from "./tokens.ts";

/** The word classes of Universal Dependencies, as numbers that the learned weights were made with: never reorder. */
const CLASSES = [
  ...["X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"],
  ...["PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "SPACE"],
] as const;

/** A word class as its number. */
export type WordClass = number;

export const VERB: WordClass = CLASSES.indexOf("VERB");
export const AUXILIARY: WordClass = CLASSES.indexOf("AUX");
export const ADVERB: WordClass = CLASSES.indexOf("ADV");
export const ADJECTIVE: WordClass = CLASSES.indexOf("ADJ");
export const NUMBER: WordClass = CLASSES.indexOf("NUM");
export const NOUN: WordClass = CLASSES.indexOf("NOUN");
export const NAME: WordClass = CLASSES.indexOf("PROPN");
export const PRONOUN: WordClass = CLASSES.indexOf("PRON");
export const ADPOSITION: WordClass = CLASSES.indexOf("ADP");
export const DETERMINER: WordClass = CLASSES.indexOf("DET");
const OTHER: WordClass = 0;

const NUMBER_OF: ReadonlyMap<string, WordClass> = new Map(CLASSES.map((name, number) => [name, number]));
const tagger = winkNLP(model, ["sbd", "pos"]);

/** What is longer is no paragraph of prose, and would keep the tagger busy for a second: the words after these have no class. */
const MOST_TAGGED = 30_000;

/** Finds the class of every token of an English paragraph, in order. */
export function wordClasses(text: string, tokens: readonly Token[]): WordClass[] {
  const first = tokens[0];
  const last = tokens[Math.min(tokens.length, MOST_TAGGED) - 1];
  if (!first || !last) return [];
  const part = withoutEndlessWords(text.slice(first.start, last.end));
  const words = tagger.readDoc(part).tokens();
  const values = words.out() as string[];
  const names = words.out(tagger.its.pos) as string[];
  const classes: WordClass[] = [];
  let at = 0;
  let end = endIn(part, values[0], 0);
  for (const token of tokens.slice(0, MOST_TAGGED)) {
    // The tagger cuts words a little differently: each of ours takes the class of the first of its that reaches into it.
    while (end !== null && end <= token.start - first.start) end = endIn(part, values[++at], end);
    classes.push(NUMBER_OF.get(names[at] ?? "X") ?? OTHER);
  }
  for (let at = MOST_TAGGED; at < tokens.length; at++) classes.push(OTHER);
  return classes;
}

/** What is longer is no word: an address full of data, or an attack. The tagger takes the square of its length in time. */
const ENDLESS = /\S{500,}/g;

/** Blanks endless words, so that those after them stand where they stood. */
function withoutEndlessWords(part: string): string {
  return part.replace(ENDLESS, (word) => " ".repeat(word.length));
}

/** Finds where a word of the tagger ends; null where there is none, or it is not written so in the text. */
function endIn(part: string, word: string | undefined, from: number): number | null {
  const start = word === undefined ? -1 : part.indexOf(word, from);
  return start < 0 ? null : start + (word?.length ?? 0);
}
