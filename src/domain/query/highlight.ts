import type { Span } from "../span.ts";
import { leavesOf, type Query } from "./query.ts";
import { finderOf, indexText, termsOfLeaf } from "./text-index.ts";

/** How much of a text is marked, in UTF-16 units: some eight thousand English words. No speaker says as much in one statement. */
const LONGEST_MARKED = 50_000;
/** How many places of each word, phrase or neighbour are marked. */
export const MOST_MARKED = 1_000;

/**
 * Finds the places of a text that a question asks for: its words, phrases and neighbours, never what it refuses.
 *
 * The same terms as in search and rules are compared, so that what was found is what is marked, in every language. Only the first
 * `LONGEST_MARKED` units are looked at, and the first `MOST_MARKED` places of each are marked: a page may hold any text.
 *
 * @returns Spans in UTF-16 units, in the order of the text; they neither overlap nor touch.
 */
export function highlightsOf(query: Query, text: string): readonly Span[] {
  const leaves = leavesOf(query).flatMap(({ leaf, wanted }) => (wanted && leaf.is !== "filter" ? [leaf] : []));
  if (leaves.length === 0) return [];
  const index = indexText(text.slice(0, LONGEST_MARKED), new Set(leaves.flatMap(termsOfLeaf)));
  const found = leaves
    .flatMap((leaf) => finderOf(leaf)(index, MOST_MARKED))
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  const joined: Span[] = [];
  for (const { start, end } of found) {
    const last = joined.at(-1);
    if (last && start <= last.end) joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else joined.push({ start, end });
  }
  return joined;
}

/** A run of a text, and whether it is one of the places to be marked. */
export type MarkedRun = { readonly text: string; readonly marked: boolean };

/**
 * Cuts a text into runs at the places to be marked, and shortens a long one around the first of them.
 *
 * @param most - UTF-16 units, about; a text that is not longer comes back whole.
 * @returns Runs whose texts joined are the text, or an excerpt of it with `…` where words were left out.
 */
export function excerpt(text: string, places: readonly Span[], most: number): readonly MarkedRun[] {
  const { start, end } = windowOf(text, places[0]?.start ?? 0, most);
  const runs: MarkedRun[] = [];
  const put = (part: string, marked: boolean) => {
    if (part !== "") runs.push({ text: part, marked });
  };
  if (start > 0) put("… ", false);
  let at = start;
  for (const place of places) {
    if (place.end <= start || place.start >= end) continue;
    put(text.slice(at, Math.max(at, place.start)), false);
    put(text.slice(Math.max(at, place.start), Math.min(place.end, end)), true);
    at = Math.min(place.end, end);
  }
  put(text.slice(at, end), false);
  if (end < text.length) put(" …", false);
  return runs;
}

/** What of a long text is shown: its beginning, or from a little before a place that stands further on. */
function windowOf(text: string, place: number, most: number): Span {
  if (text.length <= most) return { start: 0, end: text.length };
  const start = place < most * 0.8 ? 0 : wordStart(text, place - Math.floor(most / 4));
  const end = Math.min(text.length, start + most);
  if (end === text.length) return { start, end };
  const afterWord = wordEnd(text, end);
  return { start, end: afterWord > Math.max(place, start) ? afterWord : whole(text, end) };
}

/** The end of the last whole word before a place; texts without spaces are cut between two characters. */
function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(" ", at);
  return space > at - 40 ? space : whole(text, at);
}

function wordStart(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return space !== -1 && space < at + 40 ? space + 1 : whole(text, at);
}

/** Steps back out of the middle of a character of two units. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
