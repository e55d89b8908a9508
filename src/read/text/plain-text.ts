/** Characters that nobody sees: zero-width marks, soft hyphens, direction overrides and control characters. */
const INVISIBLE = /(?![\t\n\v\f\r\u0085])\p{Cc}|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Any run of white space: `\s` holds NBSP, U+2002 … and the ideographic space U+3000. */
const SPACE = /[\s\u0085]+/g;

/** Drops invisible characters and turns every run of white space into one plain space. Does not trim. */
export function foldSpace(text: string): string {
  return text.replace(INVISIBLE, "").replace(SPACE, " ");
}

/** Gives the text on one line in NFC, trimmed, or null when nothing is left. */
export function oneLine(text: string | null | undefined): string | null {
  return text ? foldSpace(text).trim().normalize("NFC") || null : null;
}

/** Keeps letters and digits alone, lower case: for comparing texts whatever their punctuation and spacing. */
export function bareLetters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Cuts a text to at most `limit` UTF-16 units, never through a surrogate pair. */
export function bounded(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
