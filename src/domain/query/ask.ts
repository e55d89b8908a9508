import { type FieldName, fieldNames, fieldOf } from "./field.ts";
import type { QueryMistake } from "./mistake.ts";
import { type Mention, parseQuery } from "./parse.ts";
import { readBound } from "./period.ts";
import { allOf, boundsOf, type Filter, type Query } from "./query.ts";

/** The parts of a question as they stand in an address or on a command line: `q`, and each field with values joined by commas. */
export type QuestionParameters = Readonly<Partial<Record<"q" | FieldName, string | undefined>>>;

/** A mistake with the parameter it stands in. */
export type QuestionMistake = QueryMistake & { readonly parameter: string };

/** A name that a question mentions, with the parameter and the place it stands at. */
export type QuestionMention = Mention & { readonly parameter: string };

/** What was understood of a question. With a mistake it must not be run. */
export type Question = {
  readonly query: Query;
  readonly mentions: readonly QuestionMention[];
  readonly mistakes: readonly QuestionMistake[];
};

/**
 * Reads a question out of its parameters: fields given beside `q` mean the same as filters inside it, and all must be met.
 *
 * @example
 * readQuestion({ q: '"red lines" -trade', topic: "frontier", since: "2026-05" })
 */
export function readQuestion(parameters: QuestionParameters): Question {
  const parsed = parseQuery(parameters.q ?? "");
  const mistakes: QuestionMistake[] = parsed.mistakes.map((mistake) => ({ ...mistake, parameter: "q" }));
  const mentions: QuestionMention[] = parsed.mentions.map((mention) => ({ ...mention, parameter: "q" }));
  const parts: Query[] = [parsed.query];
  for (const field of fieldNames) {
    const given = parameters[field];
    if (given === undefined || given.trim() === "") continue;
    const { takes, expected, many, names } = fieldOf(field);
    const values: string[] = [];
    for (const match of given.matchAll(many ? /[^,]+/g : /.+/gs)) {
      const text = match[0].trim();
      const start = match.index + match[0].indexOf(text);
      const place = { parameter: field, start, end: start + text.length };
      if (/\p{Cc}/u.test(text)) {
        mistakes.push({ ...place, message: `${field} contains a control character; remove it.`, suggestion: null });
      } else if (text === "" || !takes(text)) {
        mistakes.push({ ...place, message: `${field} is "${text}"; expected ${expected}.`, suggestion: null });
      } else if (names) mentions.push({ field, name: text, ...place });
      values.push(text);
    }
    if (values.length > 0) parts.push({ is: "filter", field, values });
    else
      mistakes.push({
        parameter: field,
        start: 0,
        end: given.length,
        message: `${field} has no value.`,
        suggestion: null,
      });
  }
  const query = allOf(parts);
  if (mistakes.length === 0 && isEmptyPeriod(query)) {
    const message = "until lies before since, so nothing can match; swap them.";
    mistakes.push({ parameter: "until", start: 0, end: parameters.until?.length ?? 0, message, suggestion: null });
  }
  return { query, mentions, mistakes };
}

function isEmptyPeriod(query: Query): boolean {
  const { since, until } = periodOf(query);
  return since !== null && until !== null && since >= until;
}

/** Gives the period that a question as a whole is about: the narrowest of its bounds, null where it is open. */
export function periodOf(query: Query): { readonly since: Date | null; readonly until: Date | null } {
  const instants = (side: "since" | "until") =>
    boundsOf(query).flatMap((filter) => {
      const bound = filter.field === side ? boundOf(filter) : null;
      return bound ? [bound.getTime()] : [];
    });
  const [since, until] = [instants("since"), instants("until")];
  return {
    since: since.length > 0 ? new Date(Math.max(...since)) : null,
    until: until.length > 0 ? new Date(Math.min(...until)) : null,
  };
}

/** Gives what a question asks beside its period: the bounds that `periodOf` tells are left out. */
export function withoutPeriod(query: Query): Query {
  const told = new Set<Query>(boundsOf(query).filter((filter) => boundOf(filter) !== null));
  return allOf((query.is === "and" ? query.parts : [query]).filter((part) => !told.has(part)));
}

function boundOf({ field, values }: Filter): Date | null {
  return field === "since" || field === "until" ? readBound(values[0] ?? "", field) : null;
}
