import type { Span } from "../../domain/span.ts";
import { type Sentence, splitSentences } from "../words/sentences.ts";
import { compareTexts, type PlacedChange, type Squeezed } from "./edit-changes.ts";
import type { DiffPiece } from "./word-diff.ts";

/** Changes that stand close together, with the sentences around them. */
export type Passage = {
  /** The changes in it, as spans of the AFTER text: those of `changesBetween`. */
  readonly places: readonly Span[];
  /** Its text with what was added and removed; `…` where something was left out. */
  readonly pieces: readonly DiffPiece[];
};

/** Most text shown on either side of a change, in UTF-16 units. */
const AROUND = 160;
/** Longer additions and removals are cut in their middle: so many UTF-16 units of their beginning and end are shown. */
const HEAD = 280;
const TAIL = 100;
/** Changes closer together than a passage may be long are shown in one. */
const LONGEST = 900;

/**
 * Shows each change between two texts in its place: the sentence that it stands in, and the neighbours of one that came or went whole. White
 * space aside, as in `changesBetween`. A passage is bounded, so that a text in one endless sentence is no exception.
 */
export function changedPassages(before: string, after: string): readonly Passage[] {
  const { pieces, changes, to } = compareTexts(before, after);
  const sentences = splitSentences(after);
  const endsLine = (index: number) => after.slice(to.at[index], to.at[index + 1]).includes("\n");
  const windows = joined(
    changes.map((change) => ({ ...windowOf(change, to, sentences, endsLine), changes: [change] })),
  );
  return windows.map((window) => ({
    places: window.changes.map(({ place }) => place),
    pieces: cutOut(pieces, window),
  }));
}

/** A stretch of the squeezed AFTER text that is shown, with the changes in it. */
type Window = {
  readonly from: number;
  readonly until: number;
  /** Whether it begins or ends inside a sentence. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
  readonly changes: readonly PlacedChange[];
};

/** Finds the sentences that a change touches, those beside it on its line among them, as far as they are shown. */
function windowOf(
  { from, until }: PlacedChange,
  { text, at }: Squeezed,
  sentences: readonly Sentence[],
  endsLine: (index: number) => boolean,
) {
  // What stands beside it: over a blank to the next word, but not over the end of a line.
  const beside = (index: number, step: 1 | -1) =>
    text[index] !== " " ? index : endsLine(index) ? index - step : index + step;
  const first = sentenceAt(sentences, at[beside(from - 1, -1)] ?? 0);
  const last = sentenceAt(sentences, at[beside(until, 1)] ?? at.at(-1) ?? 0);
  const begins = first ? indexFrom(at, first.start) : from;
  const ends = last ? indexFrom(at, last.end) : until;
  const [cutBefore, cutAfter] = [begins < from - AROUND, ends > until + AROUND];
  return {
    ...{ cutBefore, cutAfter },
    from: Math.min(from, cutBefore ? wordFrom(text, from - AROUND, from) : begins),
    until: Math.max(until, cutAfter ? wordUntil(text, until, until + AROUND) : ends),
  };
}

/** The sentence that holds a place, by halving: texts have thousands. */
function sentenceAt(sentences: readonly Sentence[], place: number): Sentence | undefined {
  const index = firstIndex(sentences.length, (one) => (sentences[one]?.end ?? 0) > place);
  const found = sentences[index];
  return found && found.start <= place ? found : undefined;
}

function indexFrom(at: readonly number[], place: number): number {
  return firstIndex(at.length, (index) => (at[index] ?? 0) >= place);
}

/** The first of `count` numbers from 0 that meets what all after it meet too; `count` where none does. */
function firstIndex(count: number, meets: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meets(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the first whole word after a cut begins; where there is none, as in Chinese, the cut itself. */
function wordFrom(text: string, cut: number, until: number): number {
  const space = text.indexOf(" ", cut);
  if (space >= 0 && space < Math.min(until, cut + AROUND / 4)) return space + 1;
  return isTorn(text, cut) ? cut + 1 : cut;
}

function wordUntil(text: string, from: number, cut: number): number {
  const space = text.lastIndexOf(" ", cut);
  if (space > Math.max(from, cut - AROUND / 4)) return space;
  return isTorn(text, cut) ? cut - 1 : cut;
}

/** Whether a cut would part the two halves of one character. */
function isTorn(text: string, cut: number): boolean {
  return /[\udc00-\udfff]/.test(text[cut] ?? "") && /[\ud800-\udbff]/.test(text[cut - 1] ?? "");
}

/** Joins windows that overlap or touch, while they stay short; else the second begins where the first ends. */
function joined(windows: readonly Window[]): readonly Window[] {
  const found: Window[] = [];
  for (const window of windows) {
    const last = found.at(-1);
    if (!last || window.from > last.until + 1) found.push(window);
    else if (window.until - last.from <= LONGEST) {
      const changes = [...last.changes, ...window.changes];
      found[found.length - 1] = { ...window, from: last.from, cutBefore: last.cutBefore, changes };
    } else {
      // Neither shows what the other does.
      const border = Math.min(last.until, window.changes[0]?.from ?? last.until);
      found[found.length - 1] = { ...last, until: border, cutAfter: true };
      found.push({ ...window, from: Math.max(border, window.from), cutBefore: true });
    }
  }
  return found;
}

/** Cuts the pieces of a window out of those of the whole comparison. */
function cutOut(pieces: readonly DiffPiece[], window: Window): readonly DiffPiece[] {
  const { from, until, changes } = window;
  const found: DiffPiece[] = window.cutBefore ? [{ kind: "same", text: "… " }] : [];
  let place = 0;
  for (const { kind, text } of pieces) {
    if (place > until) break;
    if (kind === "removed") {
      // Where a window ends a change of the next may begin.
      const isOurs = changes.some((change) => change.from <= place && place <= change.until);
      if (isOurs) found.push({ kind, text: shortened(text) });
      continue;
    }
    const here = text.slice(Math.max(0, from - place), Math.max(0, until - place));
    place += text.length;
    if (here !== "") found.push({ kind, text: kind === "same" ? here : shortened(here) });
  }
  return window.cutAfter ? [...found, { kind: "same", text: " …" }] : found;
}

function shortened(text: string): string {
  if (text.length <= HEAD + TAIL) return text;
  return `${text.slice(0, wordUntil(text, 0, HEAD)).trimEnd()} … ${text.slice(wordFrom(text, text.length - TAIL, text.length))}`;
}
