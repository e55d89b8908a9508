/**
 * Length of the part of a text that is searched for statements and developments, in UTF-16 units: five times a day's session of a
 * parliament. Longer texts are books, lists or attacks, and a search may take a second.
 */
export const LONGEST_SEARCHED = 300_000;

/**
 * Most marks of quotation in the searched part, two a quotation: ten times those of the fullest page known. Each quotation is weighed
 * with all that stands beside it, so texts of nothing else take several times as long as others.
 */
export const MOST_QUOTATION_MARKS = 4_000;

/**
 * Most lines with words in the searched part: half as many again as a text as long has that is broken for width. Each line is judged
 * by itself, so lines of a letter or two take many times as long as prose.
 */
export const MOST_LINES = 6_000;

const LINE = /\S[^\n\r\u2028\u2029]*/g;

const QUOTATION_MARK = /[“”"「」『』]/g;

/** Finds where the searched part of a text ends: at its end, or at the last line that ends within the limits. */
export function searchedLength(text: string): number {
  const part = text.slice(0, LONGEST_SEARCHED);
  const most = Math.min(
    part.length,
    endAfter(QUOTATION_MARK, MOST_QUOTATION_MARKS, part),
    endAfter(LINE, MOST_LINES, part),
  );
  if (text.length <= most) return text.length;
  const line = text.lastIndexOf("\n", most);
  // A text of one endless line is cut in it.
  return line > most / 2 ? line : most;
}

/** Finds where a text has more of some marks than are searched; its end where it has no more. */
function endAfter(mark: RegExp, most: number, text: string): number {
  let marks = 0;
  for (const { index } of text.matchAll(mark)) if (++marks > most) return index;
  return text.length;
}
