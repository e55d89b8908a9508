/**
 * Length of the part of a text that is searched for statements and developments, in UTF-16 units: five times a day's session of a
 * parliament. Longer texts are books, lists or attacks, and a search may take a second.
 */
export const LONGEST_SEARCHED = 300_000;

/** Finds where the searched part of a text ends: at its end, or at the last line that ends within the limit. */
export function searchedLength(text: string): number {
  if (text.length <= LONGEST_SEARCHED) return text.length;
  const line = text.lastIndexOf("\n", LONGEST_SEARCHED);
  // A text of one endless line is cut in it.
  return line > LONGEST_SEARCHED / 2 ? line : LONGEST_SEARCHED;
}
