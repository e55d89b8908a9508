import { and, type SQL, sql } from "drizzle-orm";
import type { SearchTerm } from "../domain/search-terms.ts";
import { hasOtherScript, latinOnly, latinStems } from "./latin-stems.ts";
import { statements } from "./schema/statements.ts";

/**
 * Writes the condition that the words of a statement meet every search term.
 *
 * Latin words are compared by their English stems (`talks` finds `talk`); a stop word such as "the", which has no stem, is
 * looked for as written. Phrases are looked for as written, without regard to case, runs of white space and curly marks.
 * Whatever has letters of another script is a substring: Chinese has no spaces to find words by.
 *
 * What the index can answer is asked as a question of its own, which `offset 0` keeps it: else Postgres, which cannot know
 * how rare a word is, may walk the archive by time and stem every statement on the way (20 s instead of 20 ms over 300,000).
 */
export function wordsMatch(terms: readonly SearchTerm[]): SQL | undefined {
  const parts = terms.map(conditionsOf);
  const wanted = parts.filter((_, index) => terms[index]?.excluded === false);
  const unwanted = parts.filter((_, index) => terms[index]?.excluded === true);
  const stemmed = and(...wanted.map((part) => part.stemmed));
  return and(
    stemmed && sql`${statements.id} in (select ${statements.id} from ${statements} where ${stemmed} offset 0)`,
    ...wanted.map((part) => part.written),
    ...unwanted.map((part) => sql`not (${and(part.stemmed, part.written)})`),
  );
}

/** Both must hold: `stemmed` is one that the index answers, `written` one that needs a look at the words. */
type Conditions = { readonly stemmed?: SQL; readonly written?: SQL };

function conditionsOf({ words, phrase }: SearchTerm): Conditions {
  if (hasOtherScript(words)) {
    return { written: sql`${statements.words} ilike ${`%${words.replaceAll(/[\\%_]/g, "\\$&")}%`}` };
  }
  const written = sql`${statements.words} ~* ${writtenPattern(words)}`;
  const query = sql`plainto_tsquery('english', ${latinOnly(words)})`;
  const stemmed = sql`${latinStems(statements.words)} @@ ${query}`;
  if (!phrase) return { stemmed: sql`(${stemmed} or (numnode(${query}) = 0 and ${written}))` };
  // Only plain words are sure to be cut by the English parser as they are cut inside a sentence.
  if (!/^[A-Za-z]+(?:\s+[A-Za-z]+)*$/.test(words)) return { written };
  return { stemmed: sql`(${stemmed} or numnode(${query}) = 0)`, written };
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
