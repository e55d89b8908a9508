import { isUnspaced } from "./terms.ts";

/** What a whole word does not border on. `\b` would depend on the locale of a database and on the flags of a program. */
const LETTER = "[A-Za-z0-9\\u00c0-\\u024f]";

/**
 * Writes words as a regular expression that finds them as they are written, as whole words, with any white space and any form of
 * quotation marks; between two characters of scripts without spaces lines may break. JavaScript and Postgres (ARE) both read it; give
 * both the flag for either case.
 */
export function writtenPattern(words: string): string {
  const body = words
    .trim()
    .split(/\s+/)
    .map((part) =>
      [...part].map((character, at, all) => `${lineBreak(all[at - 1], character)}${oneCharacter(character)}`).join(""),
    )
    .join("\\s+");
  const begins = /^[A-Za-z0-9\u00c0-\u024f]/.test(words) ? `(?<!${LETTER})` : "";
  const ends = /[A-Za-z0-9\u00c0-\u024f]$/.test(words) ? `(?!${LETTER})` : "";
  return `${begins}${body}${ends}`;
}

function lineBreak(before: string | undefined, character: string): string {
  return before !== undefined && isUnspaced(before) && isUnspaced(character) ? "\\s*" : "";
}

function oneCharacter(character: string): string {
  if (/['’‘]/.test(character)) return "['’‘]";
  if (/["“”]/.test(character)) return '["“”]';
  return /[\p{L}\p{N}]/u.test(character) || character.charCodeAt(0) > 127 ? character : `\\${character}`;
}
