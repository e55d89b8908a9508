import type { Span } from "../../domain/span.ts";

/** A quotation: its place with and without the marks. */
export type Quotation = {
  readonly outer: Span;
  readonly inner: Span;
  /** False where the paragraph ends before the quotation does. */
  readonly closed: boolean;
};

const CLOSING: Readonly<Record<string, string>> = {
  "“": "”",
  "「": "」",
  "『": "』",
  '"': '"',
  "''": "''",
  "``": "''",
};
const MARKS = /[“”"「」『』]|''|``/g;

/**
 * Finds the quotations of one paragraph: curly, straight, corner and doubled single marks, longest outside.
 * A quotation that is opened and not closed runs to the paragraph's end: the next paragraph carries it on.
 */
export function findQuotations(text: string, paragraph: Span): Quotation[] {
  const found: Quotation[] = [];
  const words = text.slice(paragraph.start, paragraph.end);
  // Where curly marks come in pairs, one inside a quotation is a quotation within it; where they do not, one is missing.
  const paired = words.split("“").length === words.split("”").length;
  let open: { at: number; mark: string } | null = null;
  let depth = 0;
  for (const match of words.matchAll(MARKS)) {
    const mark = match[0];
    const at = paragraph.start + match.index;
    if (!open) {
      if (opens(text, paragraph, at, mark)) open = { at, mark };
    } else if (mark === "“" && standsAsClosing(text, paragraph, at)) {
      if (depth > 0) depth--;
      else {
        found.push(quotation(open.at, open.mark.length, at, at + 1, true));
        open = null;
      }
    } else if (paired && mark === "“") depth++;
    else if (paired && mark === "”" && depth > 0) depth--;
    else if (closes(open.mark, mark)) {
      found.push(quotation(open.at, open.mark.length, at, at + mark.length, true));
      open = null;
    }
  }
  if (open) found.push(quotation(open.at, open.mark.length, paragraph.end, paragraph.end, false));
  return found.filter((one) => text.slice(one.inner.start, one.inner.end).trim() !== "" && !isNickname(text, one));
}

/** Marcia “Cia” Price: a name in marks between two names is no quotation. */
function isNickname(text: string, { outer, inner }: Quotation): boolean {
  return (
    /^\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?$/u.test(text.slice(inner.start, inner.end)) &&
    /\p{Lu}\p{Ll}+ $/u.test(text.slice(Math.max(0, outer.start - 20), outer.start)) &&
    /^ \p{Lu}\p{Ll}+/u.test(text.slice(outer.end, outer.end + 20))
  );
}

/**
 * Picks the quotations that touch a part of the text, from `start` to `end` inclusive: a long text has thousands.
 *
 * @param quotations - In the order of the text, none inside another, as `findQuotations` gives them.
 */
export function quotationsAt(quotations: readonly Quotation[], { start, end }: Span): readonly Quotation[] {
  let low = 0;
  let high = quotations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotations[middle]?.outer.end ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  let past = low;
  while (past < quotations.length && (quotations[past]?.outer.start ?? 0) <= end) past++;
  return quotations.slice(low, past);
}

function quotation(start: number, markLength: number, innerEnd: number, end: number, closed: boolean): Quotation {
  return { outer: { start, end }, inner: { start: start + markLength, end: innerEnd }, closed };
}

/** Publishers mix the families: a curly opening is also closed by a straight mark. */
function closes(open: string, mark: string): boolean {
  return CLOSING[open] === mark || (open === "“" && mark === '"') || (open === '"' && mark === "”");
}

/** Typists close with “ too: it stands right after a word or stop, and before a space or the end. */
function standsAsClosing(text: string, paragraph: Span, at: number): boolean {
  const after = at + 1 >= paragraph.end ? " " : (text[at + 1] ?? " ");
  return /[\p{L}\p{N}.,!?…]/u.test(text[at - 1] ?? " ") && /[\s.,;:!?)]/.test(after);
}

/** A straight mark opens where a word begins: `5"` and `12"` are inches. */
function opens(text: string, paragraph: Span, at: number, mark: string): boolean {
  if (mark === "”" || mark === "」" || mark === "』") return false;
  if (mark === "“" || mark === "「" || mark === "『") return true;
  const before = at === paragraph.start ? " " : (text[at - 1] ?? " ");
  const after = text[at + mark.length] ?? " ";
  return /[\s(（[—–\-，。：:；]/.test(before) ? /\S/.test(after) : /[\p{Script=Han}，。：；]/u.test(before);
}
