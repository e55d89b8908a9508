import { allOf, anyOf, type Filter, type Phrase, type Query, type Word } from "./query.ts";

/** Words of a question that may be the name of something, and the question with a filter in their place. */
export type NamedWords = { readonly words: string; readonly with: (filter: Filter) => Query };

/**
 * Finds the words of a question that may be names: all that stand beside each other, then each word or phrase by itself. What is
 * refused, and what stands NEAR something, is left as it is.
 *
 * @example
 * wordsAsNames(parseQuery("hotline lang:en").query) // words "hotline"; with the filter topic:crisis.hotline, topic:crisis.hotline lang:en
 */
export function wordsAsNames(query: Query): readonly NamedWords[] {
  const beside = query.is === "and" ? query.parts.filter(isWords) : [];
  const together = beside.length > 1 ? [beside] : [];
  return [...together, ...wordsIn(query).map((one) => [one])].map((sought) => ({
    words: sought.map(({ words }) => words).join(" "),
    with: (filter) => replaced(query, sought, filter),
  }));
}

type Words = Word | Phrase;

function isWords(query: Query): query is Words {
  return query.is === "word" || query.is === "phrase";
}

function wordsIn(query: Query): readonly Words[] {
  if (isWords(query)) return [query];
  return query.is === "and" || query.is === "or" ? query.parts.flatMap(wordsIn) : [];
}

/** Puts a filter where the first of these parts stands, and takes the others out. */
function replaced(query: Query, sought: readonly Query[], filter: Filter): Query {
  if (query === sought[0]) return filter;
  if (query.is !== "and" && query.is !== "or") return query;
  const parts = query.parts
    .filter((part) => part === sought[0] || !sought.includes(part))
    .map((part) => replaced(part, sought, filter));
  return query.is === "and" ? allOf(parts) : anyOf(parts);
}
