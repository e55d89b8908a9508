import type { Span } from "../span.ts";
import { highlightsOf } from "./highlight.ts";
import { leavesOf, type Phrase, type Query, type Word } from "./query.ts";
import { isUnspaced, termsOf } from "./terms.ts";
import { writtenPattern } from "./written.ts";

/** A piece of a text that shows what was looked for, and the places in the piece that do. */
export type Passage = Span & { readonly highlights: readonly Span[] };

/** Most words whose places are compared, and most places of each: a question may have sixty, a text any number. */
const MOST_CUES = 12;
const MOST_PLACES = 500;
/** What share of a piece stands before the first of its words, and in what share behind that words are counted. */
const BEFORE = 0.2;
const AFTER = 0.7;
/** How many of the most promising places are read closely. */
const MOST_READ = 20;

/**
 * Finds the piece of a text that shows best what a question asks for: where the most of its words stand together, the first such piece.
 *
 * The text is searched roughly first, by the beginnings of words, and only a few places are cut into terms: cutting up a page of long texts
 * would take seconds.
 *
 * @param most - UTF-16 units, about.
 * @returns Spans of whole words; the beginning of the text, without highlights, where no place was found.
 */
export function passageOf(query: Query, text: string, most: number): Passage {
  for (const start of startsOf(placesOf(cuesOf(query), text), most)) {
    const span = windowAt(text, start, most);
    const highlights = highlightsOf(query, text.slice(span.start, span.end));
    if (highlights.length > 0) return { ...span, highlights };
  }
  const span = windowAt(text, 0, most);
  return { ...span, highlights: highlightsOf(query, text.slice(span.start, span.end)) };
}

/** What a list shows of a document: the places in its title, and the piece of its text with those in it; all spans in UTF-16 units. */
export type DocumentExcerpt = {
  readonly titleHighlights: readonly Span[];
  /** `start` says where in the text of the version the piece stands; `highlights` are spans into the piece. */
  readonly excerpt: { readonly text: string; readonly start: number; readonly highlights: readonly Span[] };
};

/** Finds what a list shows of a document that a question has found; see `passageOf`. */
export function excerptOf(
  query: Query,
  { title, text }: { readonly title: string | null; readonly text: string },
  most: number,
): DocumentExcerpt {
  const { start, end, highlights } = passageOf(query, text, most);
  return {
    titleHighlights: title === null ? [] : highlightsOf(query, title),
    excerpt: { text: text.slice(start, end), start, highlights },
  };
}

/** Writes how what is asked for looks in a text: phrases as they are written, of words how they begin, whatever their form. */
function cuesOf(query: Query): readonly RegExp[] {
  const wanted = leavesOf(query).flatMap(({ leaf, wanted }): readonly (Word | Phrase)[] => {
    if (!wanted || leaf.is === "filter") return [];
    return leaf.is === "near" ? [leaf.left, leaf.right] : [leaf];
  });
  const cues = wanted.flatMap((leaf) => (leaf.is === "phrase" ? [writtenPattern(leaf.words)] : wordCues(leaf.words)));
  return [...new Set(cues)].slice(0, MOST_CUES).map((cue) => new RegExp(cue, "gi"));
}

/** Writes the beginnings of the terms of a word; characters of scripts without spaces stand together as they are. */
function wordCues(words: string): readonly string[] {
  const runs = words.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu) ?? [];
  const spaced = termsOf(words).filter(({ term }) => !isUnspaced(term));
  return [
    ...runs.map((run) => [...run].join("\\s*")),
    ...spaced.flatMap(({ term, start, end }) => beginningOf(term, words.slice(start, end))),
  ];
}

/** Gives what every form of a word begins with: of `policies` `polic`; nothing where word and term begin with different letters. */
function beginningOf(term: string, written: string): readonly string[] {
  const plain = written.toLowerCase();
  let same = 0;
  while (same < term.length && term[same] === plain[same]) same += 1;
  // The last letter of a stem may be another one in the word: `polici` stands for policy.
  const beginning = /[iy]$/.test(term) && same === term.length && same > 2 ? term.slice(0, -1) : term.slice(0, same);
  return beginning === "" ? [] : [`${WORD_START}${[...beginning].map(literal).join("")}`];
}

const WORD_START = "(?<![A-Za-z0-9\\u00c0-\\u024f])";

function literal(character: string): string {
  return /['’‘]/.test(character) ? "['’‘]" : character.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

type Place = { readonly at: number; readonly cue: number };

function placesOf(cues: readonly RegExp[], text: string): readonly Place[] {
  const places = cues.flatMap((pattern, cue) => {
    const found: Place[] = [];
    for (const { index } of text.matchAll(pattern)) {
      found.push({ at: index, cue });
      if (found.length >= MOST_PLACES) break;
    }
    return found;
  });
  return places.toSorted((a, b) => a.at - b.at);
}

/** Orders the places where a piece may begin: those that the most different words follow first, then those that come first. */
function startsOf(places: readonly Place[], most: number): readonly number[] {
  const counts = new Map<number, number>();
  let [end, different] = [0, 0];
  const within = places.map(({ at, cue }) => {
    for (let next = places[end]; next && next.at < at + most * AFTER; next = places[end]) {
      const before = counts.get(next.cue) ?? 0;
      if (before === 0) different += 1;
      counts.set(next.cue, before + 1);
      end += 1;
    }
    const here = { at, different };
    const left = (counts.get(cue) ?? 1) - 1;
    counts.set(cue, left);
    if (left === 0) different -= 1;
    return here;
  });
  const best = within.toSorted((a, b) => b.different - a.different || a.at - b.at);
  return best.slice(0, MOST_READ).map(({ at }) => Math.max(0, at - Math.floor(most * BEFORE)));
}

function windowAt(text: string, from: number, most: number): Span {
  const start = from === 0 ? 0 : wholeFrom(text, from);
  if (start + most >= text.length) return { start, end: text.length };
  return { start, end: wholeTo(text, start + most) };
}

/** The beginning of the next whole word; texts without spaces are cut between two characters. */
function wholeFrom(text: string, at: number): number {
  const space = text.slice(at, at + 40).search(/\s/);
  return space === -1 ? whole(text, at) : at + space + 1;
}

function wholeTo(text: string, at: number): number {
  const space = text.slice(at - 40, at).search(/\s\S*$/);
  return space === -1 ? whole(text, at) : at - 40 + space;
}

/** Steps back out of the middle of a character of two units. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
