import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * Writes the beginning of a text: at most so many characters.
 *
 * `left` looks at each character, which takes longer than to read the text; how many bytes it has stands beside it.
 */
export function beginningOf(text: SQLWrapper, most: number): SQL {
  return sql`case when octet_length(${text}) <= ${most}::integer then ${text} else left(${text}, ${most}::integer) end`;
}
