import type { Span } from "../span.ts";
import type { Near, Phrase, Word } from "./query.ts";
import { beginningsOf, eachTerm, isPair, isUnspaced, type SoughtTerm, soughtTerms, type Term } from "./terms.ts";
import { writtenPattern } from "./written.ts";

/** A text made ready to be asked many questions. */
export type TextIndex = {
  readonly text: string;
  /** Every term (or every one that is asked for) with its places, in the order of the text. */
  readonly places: ReadonlyMap<string, readonly Term[]>;
};

/**
 * Makes a text ready to be asked many questions.
 *
 * @param wanted - The only terms that will be asked for, where these are known: the others are left out, which is quicker.
 */
export function indexText(text: string, wanted: ReadonlySet<string> | null = null): TextIndex {
  const places = new Map<string, Term[]>();
  const take = (term: Term) => {
    if (wanted !== null && !wanted.has(term.term)) return;
    const here = places.get(term.term);
    if (here) here.push(term);
    else places.set(term.term, [term]);
  };
  if (wanted === null) eachTerm(text, take);
  else eachTerm(text, take, beginningsOf(wanted));
  return { text, places };
}

/** Lists the terms that the places of a word, a phrase, or two near each other are found by. */
export function termsOfLeaf(leaf: Word | Phrase | Near): readonly string[] {
  const parts = leaf.is === "near" ? [leaf.left, leaf.right] : [leaf];
  return parts.flatMap(({ words }) => soughtTerms(words).map(({ term }) => term));
}

/** Finds the places of words in a text, at most so many of each run; takes a text made ready, so that a rule can be compiled once. */
export type Finder = (index: TextIndex, most?: number) => readonly Span[];

/** Makes what finds a word, a phrase, or two near each other: in the order of the text, of two near each other first those of the left. */
export function finderOf(leaf: Word | Phrase | Near): Finder {
  if (leaf.is === "near") {
    const [left, right] = [runFinder(leaf.left), runFinder(leaf.right)];
    return (index, most = Number.POSITIVE_INFINITY) => {
      const [ones, others] = [[...left(index)], [...right(index)]];
      const [nearOnes, nearOthers] = [nearTo(others, leaf.within), nearTo(ones, leaf.within)];
      return [...firstOf(ones, most, nearOnes), ...firstOf(others, most, nearOthers)];
    };
  }
  const find = runFinder(leaf);
  return (index, most = Number.POSITIVE_INFINITY) => firstOf(find(index), most);
}

/** Makes what tells whether a word, a phrase, or two near each other stand in a text at all, which is quicker than finding each place. */
export function standsIn(leaf: Word | Phrase | Near): (index: TextIndex) => boolean {
  if (leaf.is === "near") {
    const [left, right] = [runFinder(leaf.left), runFinder(leaf.right)];
    return (index) => {
      const others = [...right(index)];
      return others.length > 0 && firstOf(left(index), 1, nearTo(others, leaf.within)).length > 0;
    };
  }
  const [only, ...more] = soughtTerms(leaf.words);
  if (leaf.is === "word" && only && more.length === 0) return ({ places }) => places.has(only.term);
  const find = runFinder(leaf);
  return (index) => firstOf(find(index), 1).length > 0;
}

/** A run of terms that was found: its span, and the first and last position it takes. All runs of the same words are equally long. */
type Run = Span & { readonly first: number; readonly last: number };

function firstOf(runs: Iterable<Run>, most: number, counts: (run: Run) => boolean = () => true): readonly Run[] {
  const first: Run[] = [];
  for (const run of runs) {
    if (first.length >= most) break;
    if (counts(run)) first.push(run);
  }
  return first;
}

function runFinder(leaf: Word | Phrase): (index: TextIndex) => Iterable<Run> {
  const sought = soughtTerms(leaf.words);
  // Where every character is a term, the places of the terms say what is written.
  const read = leaf.is === "phrase" && !isUnspaced(leaf.words);
  const written = read ? new RegExp(writtenPattern(leaf.words), "i") : null;
  return (index) => writtenRuns(index, runsOf(index, sought), written);
}

/** Gives runs only where the text has the words as they are written too; looked for once, and not where there is no run. */
function* writtenRuns({ text }: TextIndex, runs: Iterable<Run>, written: RegExp | null): Generator<Run> {
  let known = written === null;
  for (const run of runs) {
    if (!known && !written?.test(text)) return;
    known = true;
    yield run;
  }
}

/**
 * Finds runs of terms in the order of the text. The places of each term are walked once beside those of the first, because a text
 * may hold a term a hundred thousand times, and a phrase the same term many times.
 */
function* runsOf({ places }: TextIndex, sought: readonly SoughtTerm[]): Generator<Run> {
  const walks = sought.map(({ term, offset }) => ({ offset, places: places.get(term) ?? [], next: 0 }));
  const [first, ...rest] = walks;
  if (first === undefined || walks.some((walk) => walk.places.length === 0)) return;
  for (const start of first.places) {
    let end: Term | null = start;
    for (const walk of rest) {
      const wanted = start.position + walk.offset;
      let place = walk.places[walk.next];
      while (place && place.position < wanted) {
        walk.next += 1;
        place = walk.places[walk.next];
      }
      if (!place) return;
      end = place.position === wanted ? place : null;
      if (end === null) break;
    }
    if (end) yield { start: start.start, end: end.end, first: start.position, last: lastOf(end) };
  }
}

/** The position that a term ends at: a pair of characters takes two. */
function lastOf({ term, position }: Term): number {
  return position + (isPair(term) ? 1 : 0);
}

/**
 * Makes what tells whether a run is near one of others, as the index of the archive counts: from the last term of the one to the
 * first of the other, or the other way round. Looked up in their order, not compared with each.
 *
 * @param others - Runs of the same words, in the order of the text.
 */
function nearTo(others: readonly Run[], within: number): (run: Run) => boolean {
  const stands = (side: "first" | "last", from: number, to: number) => {
    const at = others[firstFrom(others, side, from)]?.[side];
    return at !== undefined && at <= to;
  };
  return (run) => stands("first", run.last + 1, run.last + within) || stands("last", run.first - within, run.first - 1);
}

/** Finds the number of the first run whose side stands at a position or behind it, by halving. */
function firstFrom(runs: readonly Run[], side: "first" | "last", position: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.[side] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
