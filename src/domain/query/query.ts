import type { FieldName } from "./field.ts";

/** Words as somebody typed them, without a space between: `talks`, `AI-enabled`, `人工智能`. Compared by their stems. */
export type Word = { readonly is: "word"; readonly words: string };

/** Words that stand together in exactly this form, without regard to case. */
export type Phrase = { readonly is: "phrase"; readonly words: string };

/** Two words or phrases with at most `within` words (Chinese: characters) from the one to the other, in either order. */
export type Near = {
  readonly is: "near";
  readonly left: Word | Phrase;
  readonly right: Word | Phrase;
  readonly within: number;
};

/** A field that has any of these values; one value where the field is a bound. */
export type Filter = { readonly is: "filter"; readonly field: FieldName; readonly values: readonly string[] };

/**
 * What somebody asks of statements, documents or developments: one language for search, feeds and rules; see docs/query.md.
 *
 * `and` and `or` hold two parts or more, and never one of their own kind; `everything` stands only alone.
 */
export type Query =
  | { readonly is: "everything" }
  | { readonly is: "and"; readonly parts: readonly Query[] }
  | { readonly is: "or"; readonly parts: readonly Query[] }
  | { readonly is: "not"; readonly part: Query }
  | Word
  | Phrase
  | Near
  | Filter;

/** The question that everything meets. */
export const everything: Query = { is: "everything" };

/** Joins questions of which all must be met. */
export function allOf(parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.is === "and" ? part.parts : part.is === "everything" ? [] : [part]));
  const [first] = flat;
  if (first === undefined) return everything;
  return flat.length === 1 ? first : { is: "and", parts: flat };
}

/** Joins questions of which one must be met; without any, everything meets it. */
export function anyOf(parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.is === "or" ? part.parts : [part]));
  const [first] = flat;
  if (first === undefined || flat.some(({ is }) => is === "everything")) return everything;
  return flat.length === 1 ? first : { is: "or", parts: flat };
}

/** Lists the words, phrases and filters of a question in reading order, with whether they are asked for or refused. */
export function leavesOf(
  query: Query,
  wanted = true,
): readonly { readonly leaf: Word | Phrase | Near | Filter; readonly wanted: boolean }[] {
  switch (query.is) {
    case "everything":
      return [];
    case "and":
    case "or":
      return query.parts.flatMap((part) => leavesOf(part, wanted));
    case "not":
      return leavesOf(query.part, !wanted);
    default:
      return [{ leaf: query, wanted }];
  }
}

/** Tells the bounds of time that a question sets as a whole: those that stand outside every OR and NOT. */
export function boundsOf(query: Query): readonly Filter[] {
  const parts = query.is === "and" ? query.parts : [query];
  return parts.flatMap((part) =>
    part.is === "filter" && (part.field === "since" || part.field === "until") ? [part] : [],
  );
}
