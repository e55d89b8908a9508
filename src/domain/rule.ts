import type { FieldName } from "./query/field.ts";
import { lexQuery } from "./query/lex.ts";
import { askTogether, type ManyQuestions } from "./query/many-questions.ts";
import { compileQuery, type ReadySubject } from "./query/match.ts";
import { pointAt, type QueryMistake } from "./query/mistake.ts";
import { checkNames, type QueryNames } from "./query/names.ts";
import { parseQuery } from "./query/parse.ts";
import type { Query } from "./query/query.ts";

/** What a rule looks at as it comes in. */
export type RuleAbout = "developments" | "statements";

/** What only developments have: a rule about statements that asked for it would never be met. */
const OF_DEVELOPMENTS: readonly FieldName[] = ["type", "status", "severity", "first"];

/** Finds what is wrong with the question of a rule, each mistake at its place; none means that the rule may be kept. */
export function mistakesInRule(text: string, about: RuleAbout, names: QueryNames): readonly QueryMistake[] {
  const nul = text.indexOf("\0");
  if (nul !== -1) return [{ start: nul, end: nul + 1, message: "There is a NUL in the question.", suggestion: null }];
  const { mistakes, mentions } = parseQuery(text);
  if (mistakes.length > 0) return mistakes;
  const wrongFields = about === "statements" ? fieldsOfDevelopments(text) : [];
  return [...wrongFields, ...checkNames(mentions, names)].toSorted((a, b) => a.start - b.start);
}

function fieldsOfDevelopments(text: string): readonly QueryMistake[] {
  return lexQuery(text).tokens.flatMap((token) => {
    if (token.is !== "filter" || !OF_DEVELOPMENTS.includes(token.field)) return [];
    const message = `Only developments have ${token.field}: make this a rule about developments, or leave it out.`;
    return [{ start: token.start, end: token.end, message, suggestion: null }];
  });
}

/** Shows all mistakes of a question under their places, as a terminal shows them. */
export function explainMistakes(text: string, mistakes: readonly QueryMistake[]): string {
  return mistakes.map((mistake) => pointAt(text, mistake)).join("\n");
}

/**
 * Makes the question that a rule asks of each development or statement.
 *
 * A stored question was understood when it was kept; one that a later version cannot read any more is met by nothing.
 */
export function compileRule(text: string): (subject: ReadySubject) => boolean {
  const query = questionOf(text);
  return query === null ? () => false : compileQuery(query);
}

/** Makes the questions of many rules, to be asked together; a rule is named by its place in the list. */
export function compileRules(texts: readonly string[]): ManyQuestions {
  const readable = texts.flatMap((text, number) => {
    const query = questionOf(text);
    return query === null ? [] : [{ number, query }];
  });
  const ask = askTogether(readable.map(({ query }) => query));
  return (subject) => ask(subject).flatMap((place) => readable[place]?.number ?? []);
}

function questionOf(text: string): Query | null {
  const { query, mistakes } = parseQuery(text);
  return mistakes.length > 0 ? null : query;
}
