/**
 * Spells a text for pattern matching: straight apostrophes and quotation marks, simple hyphens, every white space a blank.
 * Each character stays one character, so that places in the result are places in the text.
 */
export function plainWords(text: string): string {
  return text
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\u2010\u2011\u2012\u2013]/g, "-")
    .replace(/\s/g, " ");
}
