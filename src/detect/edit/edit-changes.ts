import type { Span } from "../../domain/span.ts";
import { type DiffPiece, wordDiff } from "./word-diff.ts";

/** One changed place. `removed` or `added` is empty for a pure addition or removal; `place` is a span of the AFTER text. */
export type Change = {
  readonly removed: string;
  readonly added: string;
  /** The words before and after the change, each with up to two words around that both texts share. */
  readonly was: string;
  readonly now: string;
  readonly place: Span;
};

/** A text with each run of white space as one blank, and for each of its characters the place in the text it came from. */
export type Squeezed = { readonly text: string; readonly at: readonly number[] };

/** Squeezes white space out of a text, so that a page broken into other lines compares as the same. */
export function squeeze(text: string): Squeezed {
  const at: number[] = [];
  let squeezed = "";
  for (const match of text.matchAll(/\s+|\S/g)) {
    const isSpace = /^\s/.test(match[0]);
    if (isSpace && (squeezed === "" || match.index + match[0].length === text.length)) continue;
    squeezed += isSpace ? " " : match[0];
    at.push(match.index);
  }
  return { text: squeezed, at };
}

/** A changed place, and the same place in the squeezed AFTER text, `from` to `until`; both are one where words were only removed. */
export type PlacedChange = Change & { readonly from: number; readonly until: number };

/** Two texts compared, white space aside: what they share and what only one has, and the AFTER text as it was compared. */
export type Compared = {
  readonly pieces: readonly DiffPiece[];
  readonly changes: readonly PlacedChange[];
  readonly to: Squeezed;
};

/** Finds the changed places between two texts, white space aside, in order of place. */
export function changesBetween(before: string, after: string): readonly Change[] {
  return compareTexts(before, after).changes;
}

/** Compares two texts, white space aside; the changes are in order of place. */
export function compareTexts(before: string, after: string): Compared {
  const [from, to] = [squeeze(before), squeeze(after)];
  const pieces = wordDiff(from.text, to.text);
  const found: PlacedChange[] = [];
  let place = 0;
  let shared = "";
  let open: Open | null = null;
  const close = (next: string) => {
    if (open && (open.removed.trim() || open.added.trim())) {
      const around = (words: string) => `${lastWords(open?.lead ?? "")}${words}${firstWords(next)}`.trim();
      const place = { from: open.start, until: open.start + open.added.length };
      found.push({ ...changeAt(open, to, after), ...place, was: around(open.removed), now: around(open.added) });
    }
    open = null;
  };
  for (const { kind, text } of pieces) {
    if (kind === "same") {
      close(text);
      shared = text;
    } else {
      open ??= { lead: shared, removed: "", added: "", start: place };
      if (kind !== "added") open.removed += text;
      if (kind !== "removed") open.added += text;
    }
    if (kind !== "removed") place += text.length;
  }
  close("");
  return { pieces, changes: found, to };
}

/** A change that is being gathered, and the shared text before it. */
type Open = { readonly lead: string; removed: string; added: string; readonly start: number };

/** Two words, or a few Chinese characters, and no more than this many UTF-16 units. */
const LONGEST_AROUND = 60;

function lastWords(text: string): string {
  return /(?:(?:[^\s\p{Script=Han}]+|\p{Script=Han}{1,4})\s*){0,2}$/u.exec(text.slice(-LONGEST_AROUND))?.[0] ?? "";
}

function firstWords(text: string): string {
  return /^\s*(?:(?:[^\s\p{Script=Han}]+|\p{Script=Han}{1,4})\s*){0,2}/u.exec(text.slice(0, LONGEST_AROUND))?.[0] ?? "";
}

function changeAt(open: Open, to: Squeezed, after: string): Pick<Change, "removed" | "added" | "place"> {
  const lead = open.added.length - open.added.trimStart().length;
  const added = open.added.trim();
  const removed = open.removed.trim();
  const first = to.at[open.start + lead];
  const last = to.at[open.start + lead + added.length - 1];
  if (added && first !== undefined && last !== undefined) {
    return { removed, added, place: { start: first, end: last + 1 } };
  }
  return { removed, added, place: blockAround(after, to.at[open.start] ?? after.trimEnd().length) };
}

/** The line of the text that holds a place, or the nearest one before it that is not empty. */
function blockAround(text: string, place: number): Span {
  const end = text.slice(0, place).trimEnd().length || place;
  const start = text.lastIndexOf("\n", end - 1) + 1;
  const next = text.indexOf("\n", Math.max(place, end));
  const line = { start, end: next < 0 ? text.length : next };
  const words = text.slice(line.start, line.end);
  return {
    start: line.start + words.length - words.trimStart().length,
    end: line.end - (words.length - words.trimEnd().length),
  };
}
