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

const QUOTATION_MARK = /[“”"「」『』]/g;

/** Finds where the searched part of a text ends: at its end, or at the last line that ends within the limits. */
export function searchedLength(text: string): number {
  const most = Math.min(text.length, LONGEST_SEARCHED, endOfQuotations(text));
  if (text.length <= most) return text.length;
  const line = text.lastIndexOf("\n", most);
  // A text of one endless line is cut in it.
  return line > most / 2 ? line : most;
}

/** Finds the last mark of quotation that is still searched; the text's end where it has no more of them. */
function endOfQuotations(text: string): number {
  let marks = 0;
  for (const { index } of text.slice(0, LONGEST_SEARCHED).matchAll(QUOTATION_MARK))
    if (++marks > MOST_QUOTATION_MARKS) return index;
  return text.length;
}
