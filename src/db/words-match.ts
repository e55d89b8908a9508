import { not, type SQL, sql } from "drizzle-orm";
import type { SearchTerm } from "../domain/search-terms.ts";
import { hasOtherScript, latinOnly, latinStems } from "./latin-stems.ts";
import { statements } from "./schema/statements.ts";

/**
 * Writes the condition that the words of a statement meet one search term.
 *
 * Latin words are compared by their English stems (`talks` finds `talk`); a stop word such as "the", which has no stem, is
 * looked for as written. Phrases are looked for as written, without regard to case, runs of white space and curly marks.
 * Whatever has letters of another script is a substring: Chinese has no spaces to find words by.
 */
export function wordsMatch(term: SearchTerm): SQL {
  const found = matching(term);
  return term.excluded ? not(found) : found;
}

function matching({ words, phrase }: SearchTerm): SQL {
  if (hasOtherScript(words)) return sql`${statements.words} ilike ${`%${words.replaceAll(/[\\%_]/g, "\\$&")}%`}`;
  const asWritten = sql`${statements.words} ~* ${writtenPattern(words)}`;
  const query = phrase
    ? sql`phraseto_tsquery('english', ${latinOnly(words)})`
    : sql`plainto_tsquery('english', ${latinOnly(words)})`;
  const byStem = sql`${latinStems(statements.words)} @@ ${query}`;
  if (!phrase) return sql`(${byStem} or (numnode(${query}) = 0 and ${asWritten}))`;
  // Only plain words are sure to be cut by the English parser as they are cut inside a sentence.
  if (!/^[A-Za-z]+(?:\s+[A-Za-z]+)*$/.test(words)) return asWritten;
  return sql`((${byStem} or numnode(${query}) = 0) and ${asWritten})`;
}

/** What a whole word does not border on. `\m` and `\M` of Postgres would depend on the locale of the database. */
const LETTER = "[A-Za-z0-9\\u00c0-\\u024f]";

/** Writes words as a Postgres regular expression (ARE) that matches them as whole words. */
export function writtenPattern(words: string): string {
  const body = words
    .trim()
    .split(/\s+/)
    .map((part) => [...part].map(oneCharacter).join(""))
    .join("\\s+");
  const begins = /^[\p{L}\p{N}]/u.test(words) ? `(?<!${LETTER})` : "";
  const ends = /[\p{L}\p{N}]$/u.test(words) ? `(?!${LETTER})` : "";
  return `${begins}${body}${ends}`;
}

function oneCharacter(character: string): string {
  if (/['’‘]/.test(character)) return "['’‘]";
  if (/["“”]/.test(character)) return '["“”]';
  return /[\p{L}\p{N}]/u.test(character) || character.charCodeAt(0) > 127 ? character : `\\${character}`;
}
