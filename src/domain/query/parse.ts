import type { Span } from "../span.ts";
import { type FieldName, fieldOf } from "./field.ts";
import { lexQuery, type PlacedValue, type Token } from "./lex.ts";
import type { QueryMistake } from "./mistake.ts";
import { readBound } from "./period.ts";
import { allOf, anyOf, boundsOf, everything, type Phrase, type Query, type Word } from "./query.ts";
import { soughtTerms } from "./terms.ts";

/** A name of the catalogue that a question mentions, with the place it stands at. */
export type Mention = Span & { readonly field: FieldName; readonly name: string };

/** What was understood of a question. With a mistake the query must not be run. */
export type ParsedQuery = {
  readonly query: Query;
  /** The names in it that only the catalogue knows; see `checkNames`. */
  readonly mentions: readonly Mention[];
  readonly mistakes: readonly QueryMistake[];
};

/** Longest question taken, in UTF-16 units. */
const MAX_LENGTH = 2_000;
/** Most words, phrases and filters in a question. */
const MOST_LEAVES = 60;
const MOST_VALUES = 100;
/** Most words (Chinese: pairs of characters) in one phrase, and on one side of NEAR, where each distance is compared by itself. */
export const MOST_TOGETHER = 100;
export const MOST_BESIDE_NEAR = 20;
const DEEPEST = 30;

/**
 * Reads a question: words, `"exact phrases"`, OR, NOT or `-`, parentheses, `a NEAR/5 b`, and filters such as `actor:` or `since:`.
 *
 * Words beside each other must all be met; OR binds less than that. Nothing typed is skipped: what is not understood is a mistake.
 *
 * @example
 * parseQuery('("red lines" OR 红线) -trade topic:frontier since:2026-05')
 */
export function parseQuery(line: string): ParsedQuery {
  const refused = (start: number, end: number, message: string): ParsedQuery => ({
    ...{ query: everything, mentions: [] },
    mistakes: [{ start, end, message, suggestion: null }],
  });
  if (line.length > MAX_LENGTH) {
    return refused(
      MAX_LENGTH,
      line.length,
      `The question is ${line.length} characters long; at most ${MAX_LENGTH} are taken.`,
    );
  }
  const control = /(?![\t\r\n])\p{Cc}/u.exec(line);
  if (control) return refused(control.index, control.index + 1, "A control character stands here; remove it.");

  const { tokens, mistakes: unreadable } = lexQuery(line);
  const mistakes = [...unreadable];
  const leaves = tokens.filter(({ is }) => is === "word" || is === "phrase" || is === "filter");
  const tooMany = leaves[MOST_LEAVES];
  if (tooMany) {
    return refused(
      tooMany.start,
      line.length,
      `The question has ${leaves.length} words and filters; at most ${MOST_LEAVES} are taken.`,
    );
  }
  const mentions: Mention[] = [];
  let next = 0;
  let deepest: Token | null = null;

  const wrong = (start: number, end: number, message: string, suggestion: string | null = null) => {
    mistakes.push({ start, end, message, suggestion });
  };
  const skip = (is: Token["is"]): Token | null => {
    const token = tokens[next];
    if (token?.is !== is) return null;
    next += 1;
    return token;
  };

  const alternatives = (depth: number): Query | null => {
    const parts: Query[] = [];
    const first = conjunction(depth);
    if (first) parts.push(first);
    for (let or = skip("or"); or; or = skip("or")) {
      if (parts.length === 0 && mistakes.length === 0) wrong(or.start, or.end, "Nothing stands before this OR.");
      const part = conjunction(depth);
      if (part) parts.push(part);
      else if (mistakes.length === 0) wrong(or.start, or.end, "Nothing follows this OR.");
    }
    return parts.length === 0 ? null : anyOf(parts);
  };

  const conjunction = (depth: number): Query | null => {
    const parts: Query[] = [];
    for (;;) {
      const and = skip("and");
      if (and && parts.length === 0 && mistakes.length === 0)
        wrong(and.start, and.end, "Nothing stands before this AND.");
      const part = negation(depth);
      if (part) parts.push(part);
      else {
        if (and && mistakes.length === 0) wrong(and.start, and.end, "Nothing follows this AND.");
        break;
      }
    }
    return parts.length === 0 ? null : allOf(parts);
  };

  const negation = (depth: number): Query | null => {
    const not = skip("not");
    if (!not) return proximity(depth);
    if (depth > DEEPEST) {
      deepest ??= not;
      next = tokens.length;
      return null;
    }
    const part = negation(depth + 1);
    if (part) return { is: "not", part };
    if (deepest === null && mistakes.length === 0)
      wrong(not.start, not.end, `Nothing follows this ${line.slice(not.start, not.end)}.`);
    return null;
  };

  const proximity = (depth: number): Query | null => {
    const begin = tokens[next];
    const left = primary(depth);
    const beforeNear = tokens[next - 1];
    const near = skip("near");
    if (near?.is !== "near") return left;
    const wordsOf = (query: Query | null): Word | Phrase | null =>
      query?.is === "word" || query?.is === "phrase" ? query : null;
    const afterNear = tokens[next];
    const right = primary(depth);
    const [one, other] = [wordsOf(left), wordsOf(right)];
    if (!one || !other) {
      if (mistakes.length === 0)
        wrong(
          begin?.start ?? near.start,
          tokens[next - 1]?.end ?? near.end,
          "NEAR stands between two words or phrases, such as talks NEAR/5 Geneva.",
        );
      return null;
    }
    const again = tokens[next];
    if (again?.is === "near") {
      wrong(again.start, again.end, "NEAR joins two words or phrases, not three; write a NEAR b AND b NEAR c.");
      return null;
    }
    tooLong(one, MOST_BESIDE_NEAR, begin?.start ?? 0, beforeNear?.end ?? near.start);
    tooLong(other, MOST_BESIDE_NEAR, afterNear?.start ?? near.end, tokens[next - 1]?.end ?? line.length);
    return { is: "near", left: one, right: other, within: near.within };
  };

  const tooLong = ({ words }: Word | Phrase, most: number, start: number, end: number) => {
    const { length } = soughtTerms(words);
    if (length <= most || mistakes.some((mistake) => mistake.start < end && start < mistake.end)) return;
    const where = most === MOST_BESIDE_NEAR ? "on one side of NEAR" : "together";
    wrong(start, end, `Here stand ${length} words ${where}; at most ${most} are taken. Leave some out.`);
  };

  const primary = (depth: number): Query | null => {
    const token = tokens[next];
    if (token === undefined) return null;
    if (token.is === "word" || token.is === "phrase") {
      next += 1;
      const leaf = { is: token.is, words: token.words };
      tooLong(leaf, MOST_TOGETHER, token.start, token.end);
      return leaf;
    }
    if (token.is === "filter") {
      next += 1;
      return { is: "filter", field: token.field, values: valuesOf(token.field, token.values) };
    }
    if (token.is !== "open") return null;
    next += 1;
    if (depth >= DEEPEST) {
      deepest ??= token;
      next = tokens.length;
      return null;
    }
    const inside = alternatives(depth + 1);
    const close = skip("close");
    if (deepest === null && mistakes.length === 0) {
      if (!close)
        wrong(
          token.start,
          token.end,
          "This parenthesis is never closed; add ) where it ends.",
          `${line.slice(token.start)})`,
        );
      else if (!inside) wrong(token.start, close.end, "Nothing stands between these parentheses.");
    }
    return inside;
  };

  const valuesOf = (field: FieldName, given: readonly PlacedValue[]): readonly string[] => {
    const { takes, expected, many, names } = fieldOf(field);
    if (given.length > MOST_VALUES) {
      wrong(
        given[MOST_VALUES]?.start ?? 0,
        given.at(-1)?.end ?? 0,
        `${field}: has ${given.length} values; at most ${MOST_VALUES} are taken.`,
      );
    }
    const second = given[1];
    if (!many && second) wrong(second.start, second.end, `${field}: takes one value.`);
    for (const { text, start, end } of given) {
      if (!takes(text)) wrong(start, end, `${field} is "${text}"; expected ${expected}.`);
      else if (names) mentions.push({ field, name: text, start, end });
    }
    return given.map(({ text }) => text);
  };

  const query = alternatives(0) ?? everything;
  const left = tokens[next];
  if (deepest !== null) {
    const { start, end } = deepest as Token;
    wrong(start, end, `Parentheses stand more than ${DEEPEST} deep here; write the question flatter.`);
  } else if (left && mistakes.length === 0) {
    wrong(
      left.start,
      left.end,
      left.is === "close"
        ? "This parenthesis closes nothing; remove it, or open one before."
        : `${line.slice(left.start, left.end)} cannot stand here.`,
    );
  }
  if (mistakes.length === 0) mistakes.push(...emptyPeriod(query, line, tokens));
  return { query, mentions, mistakes: mistakes.sort((a, b) => a.start - b.start) };
}

/** Finds the bound that leaves no moment between `since:` and `until:`. */
function emptyPeriod(query: Query, line: string, tokens: readonly Token[]): readonly QueryMistake[] {
  const bounds = boundsOf(query);
  const instants = (side: "since" | "until") =>
    bounds.flatMap(({ field, values }) => (field === side ? (readBound(values[0] ?? "", side)?.getTime() ?? []) : []));
  const [since, until] = [instants("since"), instants("until")];
  if (since.length === 0 || until.length === 0 || Math.max(...since) < Math.min(...until)) return [];
  const place = tokens.findLast((token) => token.is === "filter" && token.field === "until");
  return [
    {
      ...{ start: place?.start ?? 0, end: place?.end ?? line.length },
      ...{ message: "until lies before since, so nothing can match; swap them.", suggestion: null },
    },
  ];
}
