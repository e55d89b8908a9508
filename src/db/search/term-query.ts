import type { Near, Phrase, Word } from "../../domain/query/query.ts";
import { isPair, type SoughtTerm, soughtTerms } from "../../domain/query/terms.ts";
import { quoteTerm, tag } from "./statement-index.ts";

/** A tsquery that nothing meets. */
export const NOTHING = quoteTerm("=nothing");

/** Writes what a text meets of which Postgres does not keep every place of what a leaf asks for. */
export function placesLost(leaf: Word | Phrase | Near): string {
  return anyTerm([tag.placesLost, ...termsSought(leaf).map(tag.placesOfTermLost)].map(quoteTerm));
}

/** Joins tsqueries of which one must be met; without any, nothing meets it. */
export function anyTerm(queries: readonly string[]): string {
  return queries.length === 0 ? NOTHING : `(${queries.join(" | ")})`;
}

/** Joins tsqueries of which all must be met. */
export function allTerms(queries: readonly string[]): string {
  if (queries.length === 1) return queries.join();
  return queries.length === 0 ? NOTHING : `(${queries.join(" & ")})`;
}

/** Writes what finds a word, a phrase or two near each other as a tsquery over the terms with their positions. */
export function leafQuery(leaf: Word | Phrase | Near): string {
  if (leaf.is !== "near") return runQuery(soughtTerms(leaf.words));
  const [left, right] = [soughtTerms(leaf.left.words), soughtTerms(leaf.right.words)];
  const inOrder = (one: readonly SoughtTerm[], other: readonly SoughtTerm[]) => {
    // Distance counts from the end of the one; a pair of characters ends one position after it begins.
    const width = isPair(one.at(-1)?.term ?? "") ? 1 : 0;
    return Array.from(
      { length: leaf.within },
      (_, index) => `(${runQuery(one)} <${index + 1 + width}> ${runQuery(other)})`,
    );
  };
  return anyTerm([...inOrder(left, right), ...inOrder(right, left)]);
}

/** Lists what every text that meets a leaf has, wherever it stands: the index answers it without looking into the texts. */
export function looseTerms(leaf: Word | Phrase | Near): readonly string[] {
  const terms = termsSought(leaf).map(quoteTerm);
  return terms.length === 0 ? [NOTHING] : terms;
}

function termsSought(leaf: Word | Phrase | Near): readonly string[] {
  const words = leaf.is === "near" ? [leaf.left.words, leaf.right.words] : [leaf.words];
  return [...new Set(words.flatMap((part) => soughtTerms(part).map(({ term }) => term)))];
}

/**
 * Writes what finds a leaf in place, and where Postgres could not keep every place of its terms (`placesLost`) whatever has these
 * anywhere: better found without being asked for than missed.
 */
export function placedQuery(leaf: Word | Phrase | Near): string {
  const [loose, inPlace] = [allTerms(looseTerms(leaf)), leafQuery(leaf)];
  return loose === inPlace ? inPlace : anyTerm([inPlace, allTerms([loose, placesLost(leaf)])]);
}

function runQuery(sought: readonly SoughtTerm[]): string {
  const [first, ...rest] = sought;
  if (!first) return NOTHING;
  let before = first.offset;
  let query = quoteTerm(first.term);
  for (const { term, offset } of rest) {
    query = `${query} <${offset - before}> ${quoteTerm(term)}`;
    before = offset;
  }
  return rest.length === 0 ? query : `(${query})`;
}
