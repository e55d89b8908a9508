import type { Span } from "../../domain/span.ts";
import { foldTraditional } from "./traditional.ts";

/** How the ends and the case of a phrase must look in the text for it to count. */
export type PhraseRule = {
  /** The text must have the phrase's own case: abbreviations (`US`, not `us`). */
  readonly exactCase?: boolean;
  /** A name of one word must begin with a capital where the phrase does (`Meta`, not `meta`). */
  readonly capital?: boolean;
  /** Letters may follow: a plural, or any ending where the last word is long (`inclusiv` finds "inclusiveness"). */
  readonly inflected?: boolean;
};

type Entry<T> = { readonly value: T; readonly phrase: string; readonly rule: PhraseRule };

/**
 * Many phrases in one tree of characters, so that a text is read once however many phrases there are. Nodes are numbers, the root is
 * 1: a tree of objects takes ten times the memory.
 */
export type PhraseIndex<T> = {
  /** The ways from node to node as a hash table in rows of three: a node, a character, the node it leads to; 0 where a row is free. */
  ways: Int32Array;
  nodes: number;
  /** The phrases that end at a node. */
  readonly entries: (readonly Entry<T>[] | undefined)[];
  /** Marks, by `beginning`, what phrases begin with: most places of a text are told by it alone. */
  readonly beginnings: Uint8Array;
};

/** A phrase found in a text. */
export type PhraseMatch<T> = Span & { readonly value: T };

/** Makes an index without phrases. */
export function createPhraseIndex<T>(): PhraseIndex<T> {
  return { ways: new Int32Array(3 * 64), nodes: ROOT, entries: [], beginnings: new Uint8Array(1 << BEGINNING_BITS) };
}

const ROOT = 1;
const NO_ENTRIES: readonly never[] = [];

/** Finds the row of `ways` that holds a way, or the free one where it belongs. */
function rowOf(ways: Int32Array, node: number, code: number): number {
  const rows = ways.length / 3;
  let row = (Math.imul(Math.imul(node, 0x9e3779b1) ^ code, 0x85ebca6b) >>> 8) & (rows - 1);
  while (ways[3 * row] !== 0 && (ways[3 * row] !== node || ways[3 * row + 1] !== code)) row = (row + 1) & (rows - 1);
  return 3 * row;
}

/** Gives the node that a character leads to; 0 where no phrase goes on so. */
function nextNode(ways: Int32Array, node: number, code: number): number {
  return ways[rowOf(ways, node, code) + 2] ?? 0;
}

/** Adds a way, in a table twice as large where this one is half full. */
function addWay<T>(index: PhraseIndex<T>, node: number, code: number): number {
  index.nodes++;
  if (index.nodes * 6 > index.ways.length) {
    const { ways } = index;
    const larger = new Int32Array(2 * ways.length);
    for (let at = 0; at < ways.length; at += 3)
      if (ways[at] !== 0) larger.set(ways.subarray(at, at + 3), rowOf(larger, ways[at] ?? 0, ways[at + 1] ?? 0));
    index.ways = larger;
  }
  index.ways.set([node, code, index.nodes], rowOf(index.ways, node, code));
  return index.nodes;
}

const BEGINNING_BITS = 16;

/** Gives the number of the first three units of a phrase, or of fewer and noughts. */
function beginning(first: number, second: number, third: number): number {
  const code = Math.imul(Math.imul(first, 0x01000193) ^ second, 0x01000193) ^ third;
  return Math.imul(code, 0x9e3779b1) >>> (32 - BEGINNING_BITS);
}

const FOLDS: Readonly<Record<string, string>> = { "‘": "'", "’": "'", ʼ: "'", "“": '"', "”": '"' };

/**
 * Folds case, white space, quotation marks and hyphens, one UTF-16 unit for one, so that offsets stay.
 */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  const folded =
    lower.length === text.length
      ? lower
      : text.replace(/[\s\S]/g, (unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit));
  return foldTraditional(folded)
    .replace(/[‘’ʼ“”]/g, (mark) => FOLDS[mark] ?? mark)
    .replace(/[^\S ]/g, " ")
    .replace(/[‐‑‒–—]/g, "-");
}

/** Adds a phrase; blank phrases are left out. */
export function addPhrase<T>(index: PhraseIndex<T>, phrase: string, value: T, rule: PhraseRule = {}): void {
  const folded = foldText(phrase.trim()).replace(/ +/g, " ");
  if (folded === "") return;
  index.beginnings[beginning(folded.charCodeAt(0), folded.charCodeAt(1), folded.charCodeAt(2))] = 1;
  let node = ROOT;
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    node = nextNode(index.ways, node, code) || addWay(index, node, code);
  }
  index.entries[node] = [...(index.entries[node] ?? []), { value, phrase: phrase.trim(), rule }];
}

/**
 * Finds every phrase at every place, also those inside one another; a caller that wants the longest picks them.
 *
 * @param folded - `foldText(text)`, made once per text.
 */
export function findPhrases<T>(index: PhraseIndex<T>, text: string, folded: string): PhraseMatch<T>[] {
  const { ways, entries } = index;
  const found: PhraseMatch<T>[] = [];
  let inWord = false;
  for (let start = 0; start < folded.length; start++) {
    const first = folded.charCodeAt(start);
    const isWord = isWordUnit(first);
    if (isWord && inWord) continue;
    inWord = isWord;
    if (first === SPACE || !mayBegin(index.beginnings, folded, start, first)) continue;
    let node = nextNode(ways, ROOT, first);
    for (let at = start + 1; node; at++) {
      for (const entry of entries[node] ?? NO_ENTRIES) {
        const end = fits(entry, text, folded, start, at);
        if (end !== null) found.push({ start, end, value: entry.value });
      }
      if (at >= folded.length) break;
      const code = folded.charCodeAt(at);
      // A run of white space counts as one space.
      while (code === SPACE && folded.charCodeAt(at + 1) === SPACE) at++;
      node = nextNode(ways, node, code);
    }
  }
  return found;
}

function mayBegin(beginnings: Uint8Array, folded: string, start: number, first: number): boolean {
  const second = folded.charCodeAt(start + 1);
  let at = start + 2;
  while (second === SPACE && folded.charCodeAt(at) === SPACE) at++;
  const third = folded.charCodeAt(at);
  return (
    beginnings[beginning(first, second, third)] === 1 ||
    beginnings[beginning(first, second, 0)] === 1 ||
    beginnings[beginning(first, 0, 0)] === 1
  );
}

/** Keeps, of matches that overlap, the one that begins first, and of those the longest. */
export function longestMatches<M extends Span>(matches: readonly M[]): M[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: M[] = [];
  for (const match of sorted) if (match.start >= (kept.at(-1)?.end ?? 0)) kept.push(match);
  return kept;
}

const SPACE = 32;
const LONG_WORD = 7;

/** Latin letters and digits: the writing that puts spaces between words. */
function isWordUnit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0xdf && code <= 0x24f);
}

/** Gives the end of the match, which may lie after the phrase for an inflected one, or null where it does not fit. */
function fits<T>(entry: Entry<T>, text: string, folded: string, start: number, end: number): number | null {
  const { rule, phrase } = entry;
  if (rule.exactCase && text.slice(start, end).replace(/\s+/g, " ") !== phrase) return null;
  if (rule.capital && text[start] !== phrase[0] && text[start] !== phrase[0]?.toUpperCase()) return null;
  if (!isWordUnit(folded.charCodeAt(end - 1)) || !isWordUnit(folded.charCodeAt(end))) return end;
  if (!rule.inflected) return null;
  const tail = /^[a-z]+/.exec(folded.slice(end, end + 12))?.[0] ?? "";
  const lastWord = /[a-z]+$/.exec(folded.slice(start, end))?.[0] ?? "";
  const fitsTail = tail === "s" || tail === "es" || lastWord.length >= LONG_WORD;
  return tail && fitsTail && !isWordUnit(folded.charCodeAt(end + tail.length)) ? end + tail.length : null;
}
