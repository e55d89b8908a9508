import { type SQL, sql } from "drizzle-orm";
import type { Filter, Near, Phrase, Query, Word } from "../../domain/query/query.ts";
import { isUnspaced } from "../../domain/query/terms.ts";
import { writtenPattern } from "../../domain/query/written.ts";
import { allTerms, anyTerm, looseTerms, placedQuery, placesLost } from "./term-query.ts";

/**
 * A question in two parts of which both must hold: `terms`, tsqueries that the index answers by itself and that must all be met, and
 * `exact`, what must be looked up for each row `i` of the index: where words stand, what the row stands for. Null where there is
 * nothing of it.
 *
 * The tsqueries stay apart, because Postgres leaps in each over what another rules out; joined into one it would look up all terms
 * for every row that has the rarest.
 */
export type Condition = { readonly terms: readonly string[] | null; readonly exact: SQL | null };

/** What differs between the indexes: what a filter asks of a row `i`, and that its text has words as a pattern writes them. */
export type ConditionParts = {
  readonly filter: (filter: Filter) => Condition;
  /** @param pattern - A regular expression of Postgres, for either case; see `writtenPattern`. */
  readonly written: (pattern: string) => SQL;
};

/** Writes a question as a condition on the rows `i` of an index. */
export function conditionOf(query: Query, parts: ConditionParts): Condition {
  switch (query.is) {
    case "everything":
      return { terms: null, exact: null };
    case "and":
      return bothOf(query.parts.map((part) => conditionOf(part, parts)));
    case "or":
      return oneOf(query.parts.map((part) => conditionOf(part, parts)));
    case "not": {
      const part = conditionOf(query.part, parts);
      if (part.exact === null && part.terms !== null) return { terms: [`!${allTerms(part.terms)}`], exact: null };
      return { terms: null, exact: sql`not ${wholeCondition(part)}` };
    }
    case "filter":
      return parts.filter(query);
    case "phrase":
      return phraseCondition(query, parts.written(writtenPattern(query.words)));
    default:
      return wordCondition(query);
  }
}

/** Writes a condition whole, for where only one can stand. */
function wholeCondition({ terms, exact }: Condition): SQL {
  const index = terms === null ? null : sql`i.terms @@ ${allTerms(terms)}::tsquery`;
  if (index && exact) return sql`(${index} and ${exact})`;
  return index ?? exact ?? sql`true`;
}

function wordCondition(leaf: Word | Phrase | Near): Condition {
  const [terms, inPlace] = [looseTerms(leaf), placedQuery(leaf)];
  return { terms, exact: terms.length === 1 && terms[0] === inPlace ? null : sql`i.terms @@ ${inPlace}::tsquery` };
}

/** Where every character is a term, the places of the terms say what is written: the text is read only where some of them were lost. */
function phraseCondition(phrase: Phrase, written: SQL): Condition {
  const { terms, exact } = wordCondition(phrase);
  if (!isUnspaced(phrase.words)) return { terms, exact: exact ? sql`(${exact} and ${written})` : written };
  return { terms, exact: exact && sql`(${exact} and (not i.terms @@ ${placesLost(phrase)}::tsquery or ${written}))` };
}

function bothOf(parts: readonly Condition[]): Condition {
  const terms = parts.flatMap((part) => part.terms ?? []);
  const exact = parts.flatMap((part) => part.exact ?? []);
  return {
    terms: terms.length > 0 ? [...new Set(terms)] : null,
    exact: exact.length > 0 ? sql`(${sql.join(exact, sql` and `)})` : null,
  };
}

function oneOf(parts: readonly Condition[]): Condition {
  const terms = parts.flatMap((part) => (part.terms === null ? [] : [allTerms(part.terms)]));
  const indexed = terms.length === parts.length;
  const plain = parts.every(({ exact }) => exact === null);
  return {
    terms: indexed ? [anyTerm(terms)] : null,
    exact: indexed && plain ? null : sql`(${sql.join(parts.map(wholeCondition), sql` or `)})`,
  };
}
