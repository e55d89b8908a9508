import { type QuestionParameters, readQuestion } from "../../domain/query/ask.ts";
import { wordsAsNames } from "../../domain/query/instead.ts";
import { parseQuery } from "../../domain/query/parse.ts";
import { printQuery } from "../../domain/query/print.ts";
import { soughtTerms } from "../../domain/query/terms.ts";
import type { Database } from "../client.ts";
import { type NameSuggestion, suggestNames } from "./name-suggestions.ts";
import { countStatements } from "./statement-search.ts";

/** A question to ask instead of one that met nothing: its words name a topic or an actor. */
export type FilterInstead = {
  /** The whole of `q`, with a filter where the words stood. */
  readonly q: string;
  readonly field: "topic" | "actor";
  readonly id: string;
  readonly label: string;
  readonly labelZh: string | null;
  /** How many statements meet it; at most `COUNTED`. */
  readonly statements: number;
};

/** Counting stops here. */
const COUNTED = 1_000;
/** Most questions that are told, and most that are tried. */
const MOST_TOLD = 3;
const MOST_TRIED = 8;

/**
 * Finds what may have been meant by a question whose words stand in no statement, though they are the name of a topic or an actor
 * or a part of it: `hotline` asks for a word, `topic:crisis.hotline` for what is said of hotlines. Only what meets something is told.
 *
 * @param parameters - The question as it was asked; one that has mistakes gives nothing.
 */
export async function filtersInstead(db: Database, parameters: QuestionParameters): Promise<readonly FilterInstead[]> {
  const { query, mistakes } = parseQuery(parameters.q ?? "");
  if (mistakes.length > 0) return [];
  const told: FilterInstead[] = [];
  const tried = new Set<string>();
  for (const { words, with: withFilter } of wordsAsNames(query)) {
    for (const { field, ...name } of await namedBy(db, words)) {
      if (told.length === MOST_TOLD || tried.size === MOST_TRIED) return told;
      const q = printQuery(withFilter({ is: "filter", field, values: [name.id] }));
      if (tried.has(q)) continue;
      tried.add(q);
      const statements = await countStatements(db, readQuestion({ ...parameters, q }).query, COUNTED);
      if (statements > 0) told.push({ q, field, ...name, statements });
    }
  }
  return told;
}

/** Finds the topics and actors that go by some words, topics first; where none does, those of the word's stem: `hotlines`. */
async function namedBy(db: Database, words: string) {
  if ([...words].length < 2) return [];
  const asTyped = (await suggestNames(db, words, 20)).flatMap(asFilter);
  const [{ term } = { term: words }, ...more] = soughtTerms(words);
  const byStem = asTyped.length > 0 || more.length > 0 ? asTyped : (await suggestNames(db, term, 20)).flatMap(asFilter);
  return byStem.toSorted((a, b) => Number(a.field === "actor") - Number(b.field === "actor")).slice(0, MOST_TOLD);
}

function asFilter({ field, ...name }: NameSuggestion) {
  return field === "topic" || field === "actor" ? [{ field, ...name }] : [];
}
