import type { Span } from "../span.ts";
import type { Near, Phrase, Word } from "./query.ts";
import { isPair, type SoughtTerm, soughtTerms, type Term, termsOf } from "./terms.ts";
import { writtenPattern } from "./written.ts";

/** A text made ready to be asked many questions. */
export type TextIndex = {
  readonly text: string;
  /** Every term with its places, in the order of the text. */
  readonly places: ReadonlyMap<string, readonly Term[]>;
};

/** Makes a text ready to be asked many questions. */
export function indexText(text: string): TextIndex {
  const places = new Map<string, Term[]>();
  for (const term of termsOf(text)) {
    const here = places.get(term.term);
    if (here) here.push(term);
    else places.set(term.term, [term]);
  }
  return { text, places };
}

/** Finds every place of words in a text; takes a text made ready, so that a rule can be compiled once. */
export type Finder = (index: TextIndex) => readonly Span[];

/** Makes what finds a word, a phrase, or two near each other. */
export function finderOf(leaf: Word | Phrase | Near): Finder {
  if (leaf.is === "near") {
    const [left, right] = [runFinder(leaf.left), runFinder(leaf.right)];
    return (index) => {
      const others = right(index);
      return left(index).flatMap((one) =>
        others.filter((other) => areNear(one, other, leaf.within)).flatMap((other) => [one, other]),
      );
    };
  }
  return runFinder(leaf);
}

/** Makes what tells whether a word, a phrase, or two near each other stand in a text at all, which is quicker than finding each place. */
export function standsIn(leaf: Word | Phrase | Near): (index: TextIndex) => boolean {
  if (leaf.is === "near") {
    const [left, right] = [runFinder(leaf.left), runFinder(leaf.right)];
    return (index) => {
      const others = right(index);
      return others.length > 0 && left(index).some((one) => others.some((other) => areNear(one, other, leaf.within)));
    };
  }
  const [only, ...more] = soughtTerms(leaf.words);
  if (leaf.is === "word" && only && more.length === 0) return ({ places }) => places.has(only.term);
  const find = runFinder(leaf);
  return (index) => find(index).length > 0;
}

/** A run of terms that was found: its span, and the first and last position it takes. */
type Run = Span & { readonly first: number; readonly last: number };

function runFinder(leaf: Word | Phrase): (index: TextIndex) => readonly Run[] {
  const sought = soughtTerms(leaf.words);
  const written = leaf.is === "phrase" ? new RegExp(writtenPattern(leaf.words), "i") : null;
  return (index) => {
    const runs = runsOf(index, sought);
    return written === null || runs.length === 0 || written.test(index.text) ? runs : [];
  };
}

function runsOf({ places }: TextIndex, sought: readonly SoughtTerm[]): readonly Run[] {
  const [first, ...rest] = sought;
  if (first === undefined) return [];
  const starts = places.get(first.term) ?? [];
  if (rest.length === 0) return starts.map((term) => ({ ...term, first: term.position, last: lastOf(term) }));
  const others = rest.map(({ term, offset }) => ({
    offset,
    at: new Map((places.get(term) ?? []).map((place) => [place.position, place])),
  }));
  return starts.flatMap((start) => {
    const run = others.map(({ offset, at }) => at.get(start.position + offset));
    const last = run.at(-1);
    if (last === undefined || run.includes(undefined)) return [];
    return [{ start: start.start, end: last.end, first: start.position, last: lastOf(last) }];
  });
}

/** The position that a term ends at: a pair of characters takes two. */
function lastOf({ term, position }: Term): number {
  return position + (isPair(term) ? 1 : 0);
}

/** As the index of the archive counts: from the last term of the one to the first of the other, or the other way round. */
function areNear(one: Run, other: Run, within: number): boolean {
  const after = other.first - one.last;
  const before = one.first - other.last;
  return (after >= 1 && after <= within) || (before >= 1 && before <= within);
}
