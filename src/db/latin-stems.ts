import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * Writes the English stems of the Latin words in a text.
 *
 * Whatever is not Latin counts as a space: so AI is found in 讨论了AI治理 and talks in “talks”, also where the database was made
 * with the locale C, in which Postgres takes every character beyond ASCII for a letter. The index `statements_by_stem`
 * is on this very expression.
 */
export function latinStems(words: SQLWrapper): SQL {
  return sql`to_tsvector('english', regexp_replace(${words}, '[^\\u0001-\\u007f\\u00c0-\\u024f]', ' ', 'g'))`;
}

/** Leaves of a question what `latinStems` leaves of a text. */
export function latinOnly(words: string): string {
  return words.replaceAll(/[^ -~\u00c0-\u024f]/gu, " ");
}

/** Tells whether a text has letters of another script than Latin. */
export function hasOtherScript(text: string): boolean {
  return /(?!\p{Script=Latin})\p{L}/u.test(text);
}
