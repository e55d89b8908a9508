import { readBound } from "./period.ts";

/** How a field of the query language is written and understood. */
export type Field = {
  /** What it asks for, for docs/query.md and the API. */
  readonly says: string;
  /** What a mistake says is expected. */
  readonly expected: string;
  readonly example: string;
  /** Whether a value can be one at all; names are compared with the catalogue afterwards. */
  readonly takes: (value: string) => boolean;
  /** The catalogue list its values stand in; null where the values are fixed. */
  readonly names: "actors" | "sides" | "topics" | "types" | "sources" | "classes" | null;
  /** Whether several values, joined by commas, may be given, of which one is enough. */
  readonly many: boolean;
};

const fixed = (values: readonly string[]) => ({
  expected: values.length === 2 ? values.join(" or ") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`,
  takes: (value: string) => values.includes(value),
  ...{ names: null, many: true },
});
const anyName = (value: string) => /[\p{L}\p{N}]/u.test(value) && value.length <= 200;
const anyId = (value: string) => /^[a-z0-9]+(?:[-._][a-z0-9]+)*$/.test(value) && value.length <= 80;
const bound = (side: "since" | "until") => ({
  expected: "a date such as 2026, 2026-05, 2026-05-19 or 2026-05-19T08:30Z",
  takes: (value: string) => readBound(value, side) !== null,
  ...{ names: null, many: false },
});

/** Every field of the query language. */
export const fields = {
  actor: {
    says: "who speaks or takes part, by id or exact name in either language; with all that belongs to it by the catalogue, on whatever day",
    ...{
      expected: "the id or name of an actor",
      example: "actor:china-mfa",
      takes: anyName,
      names: "actors",
      many: true,
    },
  },
  body: {
    says: "the body that speaks: itself, its parts and people by the catalogue, and whoever held an office in it on that day",
    ...{
      expected: "the id or name of a body",
      example: "body:us-commerce",
      takes: anyName,
      names: "actors",
      many: true,
    },
  },
  side: {
    says: "the side that whoever speaks belongs to",
    ...{ expected: "US, China, EU, UN or third", example: "side:China", takes: anyName, names: "sides", many: true },
  },
  topic: {
    says: "what it is about, by id or exact label in either language; a parent stands for its leaves",
    ...{
      expected: "the id or label of a topic",
      example: "topic:frontier",
      takes: anyName,
      names: "topics",
      many: true,
    },
  },
  type: {
    says: "the type of development, or its family; of a statement: that it shows such a development",
    ...{
      expected: "the id of a development type",
      example: "type:talks.announced",
      takes: anyId,
      names: "types",
      many: true,
    },
  },
  status: {
    says: "whether a development is news or recalls something known",
    ...{ ...fixed(["new", "background"]), example: "status:new" },
  },
  severity: {
    says: "at least this severity; 5 changes the state of the talks, 1 is commentary",
    ...{ expected: "a number from 1 to 5", example: "severity:4", takes: (value: string) => /^[1-5]$/.test(value) },
    ...{ names: null, many: false },
  },
  kind: {
    says: "how the words reach us",
    ...{ ...fixed(["direct", "mixed", "indirect"]), example: "kind:direct" },
  },
  act: {
    says: "what is done with the words",
    ...fixed(["speech", "writing", "claim", "position", "intent", "question", "no_comment"]),
    example: "act:no_comment",
  },
  lang: { says: "the language of the words", ...{ ...fixed(["en", "zh"]), example: "lang:zh" } },
  source: {
    says: "the source that published it",
    ...{
      expected: "the id of a source",
      example: "source:cn-mfa-presser-en",
      takes: anyId,
      names: "sources",
      many: true,
    },
  },
  class: {
    says: "the class of the source",
    ...{ expected: "the class of a source", example: "class:think-tank", takes: anyId, names: "classes", many: true },
  },
  fidelity: {
    says: "how near the words are to what was said",
    ...fixed(["verbatim-primary", "verbatim-secondary", "paraphrase", "translated"]),
    example: "fidelity:verbatim-primary",
  },
  confidence: {
    says: "at least this confidence that the words are the speaker's",
    ...{ expected: "a number from 0 to 1", example: "confidence:0.8", names: null, many: false },
    takes: (value: string) => /^(0|1|0?\.\d{1,4}|1\.0{1,4}|0\.\d{1,4})$/.test(value),
  },
  first: {
    says: "that it is a first time: a development of type statement.first, or a statement that shows one",
    ...{ ...fixed(["yes", "no"]), many: false, example: "first:yes" },
  },
  since: {
    says: "the first day (UTC), month, year or instant that counts",
    ...bound("since"),
    example: "since:2026-05",
  },
  until: {
    says: "the last day (UTC), month or year that counts, or the instant before which",
    ...{ ...bound("until"), example: "until:2026-06-30" },
  },
} as const satisfies Readonly<Record<string, Field>>;

/** The name of a field of the query language. */
export type FieldName = keyof typeof fields;

/** All fields, in the order they are documented in. */
export const fieldNames = Object.keys(fields) as readonly FieldName[];

/** Finds a field by the name somebody typed, in either case. */
export function fieldNamed(name: string): FieldName | null {
  const lower = name.toLowerCase();
  return fieldNames.find((known) => known === lower) ?? null;
}

/** Gives what is known of a field. */
export function fieldOf(name: FieldName): Field {
  return fields[name];
}
