import stem from "wink-porter2-stemmer";
import type { Span } from "../span.ts";

/** A unit of a text that can be searched for, where it stands, and how many words (Chinese: characters) stand before it. */
export type Term = Span & { readonly term: string; readonly position: number };

/** Scripts written without spaces: every character is a word, and every two beside each other are a term. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
const LETTERS = String.raw`[[\p{L}\p{N}\p{M}]--[${UNSPACED}]]`;
/** An abbreviation with points (`U.S.`), a word with apostrophes, or one character. As texts: TypeScript knows the flag v from ES2024 on. */
const PIECE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:\p{Script=Latin}\.){2,}(?!${LETTERS})|${LETTERS}+(?:['’‘]${LETTERS}+)*|(?<character>[${UNSPACED}])`,
  "gv",
);
/** The same for texts without letters or digits but those of ASCII, four times as fast. */
const PLAIN_PIECE = /(?<![A-Za-z0-9])(?:[A-Za-z]\.){2,}(?![A-Za-z0-9])|[A-Za-z0-9]+(?:['’‘][A-Za-z0-9]+)*/g;
/** ASCII, the spaces of Latin-1 and of typography, quotation marks, dashes, dots. */
const PLAIN_TEXT = /^[\0-\x7f\u00a0\u2000-\u200a\u2010-\u201f\u2026]*$/;
/** Longer words are cut: no dictionary has them, and an index entry has its limits. */
const LONGEST_TERM = 64;

/**
 * Finds the terms of a text. Search, rules and highlights use them alike, so that all three agree on what a word is.
 *
 * Words of scripts with spaces are lower-cased, without accents, and English ones cut to their stem by the Porter2 algorithm
 * (snowballstem.org): `talks` and `talked` are `talk`. Chinese, Japanese and Korean give each character and each two neighbours,
 * so that words of one, two and more characters are found without a dictionary. `U.S.` is `us`; full-width forms are plain ones.
 * `US`, which in small letters is another word, is also a term of its own.
 */
export function termsOf(text: string): readonly Term[] {
  const terms: Term[] = [];
  eachTerm(text, (term) => terms.push(term));
  return terms;
}

/**
 * Hands over the terms of a text one by one, as `termsOf` lists them: a text of a million characters has nearly two million.
 *
 * @param mayMatter - Tells of a word, as it is written, whether its term is wanted at all: others are passed over, which is quicker.
 */
export function eachTerm(
  text: string,
  take: (term: Term) => void,
  mayMatter: (word: string) => boolean = always,
): void {
  let position = 0;
  let last: (Span & { readonly character: string; readonly position: number }) | null = null;
  for (const match of text.matchAll(PLAIN_TEXT.test(text) ? PLAIN_PIECE : PIECE)) {
    const [piece] = match;
    const start = match.index;
    const end = start + piece.length;
    if (match.groups?.character === undefined) {
      position += 1;
      if (mayMatter(piece)) {
        const term = termOf(piece);
        take({ term, position, start, end });
        if (isName(term, piece)) take({ term: nameOf(term), position, start, end });
      }
      last = null;
      continue;
    }
    // White space between two characters is line breaking; any other mark parts them.
    const joined = last !== null && /^\s*$/.test(text.slice(last.end, start));
    position += last !== null && !joined ? 2 : 1;
    const character = piece.normalize("NFKC");
    if (last !== null && joined) {
      take({ term: last.character + character, position: last.position, start: last.start, end });
    }
    take({ term: character, position, start, end });
    last = { character, position, start, end };
  }
}

const always = () => true;

/** Names in capitals that are everyday words in small letters: of every two statements one has "us", and few of these name the country. */
const NAMES_LIKE_WORDS = new Set(["us", "it", "who"]);

function isName(term: string, written: string): boolean {
  return NAMES_LIKE_WORDS.has(term) && written === written.toUpperCase();
}

/** Other terms have no capitals. */
function nameOf(term: string): string {
  return term.toUpperCase();
}

/**
 * Makes what tells of a word whether its term may be one of these, by its first letter: no stem begins with another one. Finding the
 * stem of a word takes a hundred times as long. A word that begins with any but an ASCII letter may always.
 */
export function beginningsOf(terms: Iterable<string>): (word: string) => boolean {
  const first = new Set([...terms].map((term) => term.toLowerCase().charCodeAt(0)));
  return (word) => {
    const code = word.charCodeAt(0);
    return code > 127 || first.has(code >= 65 && code <= 90 ? code + 32 : code);
  };
}

/** One unit of words that are looked for, and how far after the first it must stand. */
export type SoughtTerm = { readonly term: string; readonly offset: number };

/**
 * Cuts words that are looked for into the terms that must stand in this order; a character alone counts only where no pair has it, and
 * who writes a name in capitals means the name.
 */
export function soughtTerms(words: string): readonly SoughtTerm[] {
  const all = termsOf(words);
  const terms = all.filter(
    ({ term, start }) =>
      !all.some((other) => other.start === start && other.term === nameOf(term) && other.term !== term),
  );
  const pairs = terms.filter(({ term }) => isPair(term));
  const needed = terms.filter(
    (term) =>
      isPair(term.term) ||
      !isUnspaced(term.term) ||
      !pairs.some(({ start, end }) => start <= term.start && term.end <= end),
  );
  const first = Math.min(...needed.map(({ position }) => position));
  return needed.map(({ term, position }) => ({ term, offset: position - first })).sort((a, b) => a.offset - b.offset);
}

const unspaced = new RegExp(`^[${UNSPACED}]+$`, "v");

/** Tells whether a term is made of characters of a script without spaces. */
export function isUnspaced(term: string): boolean {
  return unspaced.test(term);
}

/** Tells whether a term is two characters beside each other. */
export function isPair(term: string): boolean {
  return isUnspaced(term) && [...term].length === 2;
}

/** Words met before, with their terms: a stem takes 8 µs to find, and texts repeat their words. */
const known = new Map<string, string>();
const MOST_KNOWN = 50_000;

function termOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const plain = word
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/(?<=\p{L})\./gu, "")
    .slice(0, LONGEST_TERM);
  const term = /^[a-z']+$/.test(plain) ? stem(plain) : plain;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(word, term);
  return term;
}
