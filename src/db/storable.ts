/**
 * Makes a text one that Postgres can keep: NUL is dropped, a lone surrogate becomes U+FFFD. Any other text comes back unchanged.
 * Readers do the same before they place spans, so a stored text never differs from the one that spans point into.
 */
export function storable<T extends string | null>(text: T): T {
  if (text === null || (!text.includes("\0") && text.isWellFormed())) return text;
  return text.replaceAll("\0", "").toWellFormed() as T;
}
