import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { writtenDates } from "./dates-in-text.ts";

/** UTF-16 units around the attributing words in which their date stands: "On Monday, … said", "said in a speech on 19 May". */
const BEFORE = 160;
const AFTER = 90;

/** A sentence's end; what stands beyond dates something else. */
const END = /[.!?](?=["”’)]*\s+["“(]?\p{Lu})|[。！？\n\r\u2028\u2029]/gu;

/**
 * Finds when words were said: the day or month that stands with the attributing words ("said on Tuesday", 19日表示), resolved against
 * the document's date; else the document's date. Dates inside the words themselves tell what they are about, and do not count.
 *
 * @param cue - The attributing words; null where nothing but the document says who speaks.
 * @returns null where the document has no date and the text gives none.
 */
export function saidAt(
  text: string,
  cue: Span | null,
  content: readonly Span[],
  documentDate: KnownDate | null,
): KnownDate | null {
  if (!cue) return documentDate;
  const start = Math.max(0, cue.start - BEFORE);
  const around = blanked(text.slice(start, cue.end + AFTER), content, start);
  const at = cue.start - start;
  const ends = [...around.matchAll(END)].map(({ index }) => index);
  const from = (ends.filter((end) => end < at).at(-1) ?? -1) + 1;
  const to = ends.find((end) => end >= at) ?? around.length;
  const today = dayOf(documentDate);
  const found = writtenDates(around.slice(from, to), today, false)
    .filter(({ date }) => date !== null && date.precision !== "year" && isPast(date, today))
    .sort((a, b) => Math.abs(from + a.start - at) - Math.abs(from + b.start - at));
  return found[0]?.date ?? documentDate;
}

/** Nobody has said anything after the document appeared. */
function isPast({ value }: KnownDate, today: string | null): boolean {
  return today === null || value <= today.slice(0, value.length);
}

/** Replaces what was said by letters that are no date, so that places stay. */
function blanked(window: string, content: readonly Span[], start: number): string {
  let blank = window;
  for (const span of content) {
    const [from, to] = [Math.max(0, span.start - start), Math.min(window.length, span.end - start)];
    if (from < to) blank = blank.slice(0, from) + "x".repeat(to - from) + blank.slice(to);
  }
  return blank;
}
