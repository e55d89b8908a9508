import { diffArrays } from "diff";
import { findAnchors } from "./anchors.ts";

/** A stretch of text that two versions share, or that only one of them has. */
export type DiffPiece = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** A Chinese or Japanese character, a run of white space, a word, or a single mark. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\s+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’](?:(?!\p{Script=Han})\p{L})+)?|[\s\S]/gu;
const SENTENCE = /[^.!?。！？]+[.!?。！？]*|[.!?。！？]+/gu;
const LINE = /[^\n]*\n|[^\n]+$/g;

/** From coarse to fine: most of two versions is equal line by line, so that words are compared only where lines differ. */
const CUTS: readonly RegExp[] = [LINE, SENTENCE, TOKEN];

/**
 * Two stretches with more differences than this are cut at their anchors first.
 * Myers' algorithm takes time with the square of this number, so that it bounds the worst case.
 */
const MOST_DIFFERENCES = 300;

/**
 * Compares two texts word by word, Chinese character by character, punctuation apart
 * (Myers, "An O(ND) Difference Algorithm", 1986, by way of the package `diff`).
 *
 * The pieces that are not `added`, joined, are `before`; those that are not `removed` are `after`.
 * Stretches with very many changes may be shown coarser than need be, never wrong.
 *
 * @example
 * wordDiff("They agreed to meet.", "They will meet.");
 * // same "They ", removed "agreed to", added "will", same " meet."
 */
export function wordDiff(before: string, after: string): readonly DiffPiece[] {
  return joinNeighbours(compare(before, after, 0));
}

function compare(before: string, after: string, level: number): readonly DiffPiece[] {
  if (before === after) return filled([{ kind: "same", text: before }]);
  const cut = CUTS[level];
  if (!cut || !before || !after) return replaced(before, after);
  const [left, right] = [pieces(before, cut), pieces(after, cut)];
  const changes = diffArrays(left, right, { maxEditLength: MOST_DIFFERENCES });
  if (!changes) return level + 1 < CUTS.length ? compare(before, after, level + 1) : compareAtAnchors(left, right);

  const found: DiffPiece[] = [];
  let removed = "";
  let added = "";
  for (const change of changes) {
    const text = change.value.join("");
    if (change.removed) removed += text;
    else if (change.added) added += text;
    else {
      found.push(...compare(removed, added, level + 1), { kind: "same", text });
      removed = "";
      added = "";
    }
  }
  return [...found, ...compare(removed, added, level + 1)];
}

function compareAtAnchors(left: readonly string[], right: readonly string[]): readonly DiffPiece[] {
  const found: DiffPiece[] = [];
  let [from, to] = [0, 0];
  for (const anchor of [...findAnchors(left, right), { before: left.length, after: right.length }]) {
    found.push(...compareClosely(left.slice(from, anchor.before), right.slice(to, anchor.after)));
    const text = left[anchor.before];
    if (text !== undefined) found.push({ kind: "same", text });
    [from, to] = [anchor.before + 1, anchor.after + 1];
  }
  return found;
}

/** The last word: what still has too many differences is one removal and one addition. */
function compareClosely(left: string[], right: string[]): readonly DiffPiece[] {
  const changes = diffArrays(left, right, { maxEditLength: MOST_DIFFERENCES });
  if (!changes) return replaced(left.join(""), right.join(""));
  return changes.map((change) => ({
    kind: change.removed ? "removed" : change.added ? "added" : "same",
    text: change.value.join(""),
  }));
}

function pieces(text: string, cut: RegExp): string[] {
  return text.match(cut) ?? [];
}

function replaced(before: string, after: string): readonly DiffPiece[] {
  return filled([
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ]);
}

function filled(found: readonly DiffPiece[]): readonly DiffPiece[] {
  return found.filter(({ text }) => text !== "");
}

/** Between two shared stretches, all that was removed comes first, then all that was added; a lone blank splits no change. */
function joinNeighbours(found: readonly DiffPiece[]): readonly DiffPiece[] {
  const joined: DiffPiece[] = [];
  let removed = "";
  let added = "";
  found.forEach(({ kind, text }, index) => {
    const next = found[index + 1];
    const splits = kind === "same" && text === " " && (removed || added) && next && next.kind !== "same";
    if (kind === "removed" || splits) removed += text;
    if (kind === "added" || splits) added += text;
    if (kind === "same" && !splits) {
      joined.push(...replaced(removed, added));
      removed = "";
      added = "";
      const last = joined.at(-1);
      if (last?.kind === "same") joined[joined.length - 1] = { kind, text: last.text + text };
      else joined.push({ kind, text });
    }
  });
  return [...joined, ...replaced(removed, added)];
}
