import type { Database } from "../db/client.ts";
import { type PageKey, readNumberedKey, readPageKey } from "../db/page-key.ts";
import { unknownNames } from "../db/search/query-names.ts";
import { readQuestion } from "../domain/query/ask.ts";
import type { Query } from "../domain/query/query.ts";
import type { RequestMistake } from "./http/problem.ts";

/** Parameters as they stand in an address; a repeated one is a list. */
export type AddressParameters = Readonly<Record<string, string | undefined>>;

/** Collects the parameters of an address by name; those given twice are joined by commas. */
export function parametersOf(url: URL): AddressParameters {
  const all: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (value !== "") all[name] = all[name] === undefined ? value : `${all[name]},${value}`;
  }
  return all;
}

/** Understands a question, names checked against the archive. Parameters that are no field of the query language are left aside. */
export async function understandQuestion(
  db: Database,
  parameters: AddressParameters,
): Promise<{ readonly query: Query; readonly mistakes: readonly RequestMistake[] }> {
  const { query, mentions, mistakes } = readQuestion(parameters);
  return { query, mistakes: mistakes.length > 0 ? mistakes : await unknownNames(db, mentions) };
}

/**
 * Reads the place a page begins at: null for the first page, a mistake when the word was not given out by us.
 *
 * @param ids - What the rows of the list go by: numbers, or words as deliveries do.
 */
export function readCursor(
  word: string | undefined,
  ids: "numbers" | "words" = "numbers",
): { after: PageKey | null; mistakes: readonly RequestMistake[] } {
  if (word === undefined || word === "") return { after: null, mistakes: [] };
  const after = ids === "words" ? readPageKey(word) : readNumberedKey(word);
  return after
    ? { after, mistakes: [] }
    : {
        after: null,
        mistakes: [
          { parameter: "cursor", message: "cursor is not one that Parley gave out; take `next` of the page before." },
        ],
      };
}

/** Reads the number in an address such as /statements/12; null when it cannot be one. */
export function readId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
