import type { FieldName } from "./field.ts";
import { readBound } from "./period.ts";
import type { Filter, Query } from "./query.ts";
import { indexText, standsIn, type TextIndex } from "./text-index.ts";

/** Something that questions are asked of in memory: a development with all that shows it. */
export type QuerySubject = {
  /** Summary and evidence, a line each. */
  readonly text: string;
  /** Ids and names of those who take part, and of whatever they belong to. */
  readonly actors: readonly string[];
  /** Ids and names of the bodies they belong to or held an office in on that day. */
  readonly bodies: readonly string[];
  readonly sides: readonly string[];
  /** Ids and labels of topic leaves, and labels of what they belong to. */
  readonly topics: readonly string[];
  readonly type: string;
  readonly status: string;
  readonly severity: number;
  /** Of the statements that show it. */
  readonly kinds: readonly string[];
  readonly acts: readonly string[];
  readonly fidelities: readonly string[];
  /** The best confidence among them, 0 to 1; null where no statement shows it. */
  readonly confidence: number | null;
  /** Of the documents that show it. */
  readonly langs: readonly string[];
  readonly sources: readonly string[];
  readonly classes: readonly string[];
  /** The moment that since and until are compared with: when it was detected. */
  readonly at: Date;
};

/** A subject made ready for many questions. */
export type ReadySubject = {
  readonly index: TextIndex;
  /** Words that were looked for already, and whether they stand in the text. */
  readonly found: Map<string, boolean>;
  readonly sets: Readonly<Record<SetField, ReadonlySet<string>>>;
  readonly subject: QuerySubject;
};

/** A field whose values are a set, of which a question names some. */
export type SetField = Exclude<FieldName, "severity" | "confidence" | "first" | "since" | "until">;

/** Makes a subject ready: its words are cut once, however many rules ask for them. */
export function readySubject(subject: QuerySubject): ReadySubject {
  const lower = (values: readonly string[]) => new Set(values.map((value) => value.toLowerCase()));
  return {
    index: indexText(subject.text),
    found: new Map(),
    sets: {
      ...{ actor: lower(subject.actors), body: lower(subject.bodies), side: lower(subject.sides) },
      ...{ topic: lower(subject.topics.flatMap(withParent)), type: lower(withParent(subject.type)) },
      ...{ status: lower([subject.status]), kind: lower(subject.kinds), act: lower(subject.acts) },
      ...{ fidelity: lower(subject.fidelities), lang: lower(subject.langs) },
      ...{ source: lower(subject.sources), class: lower(subject.classes) },
    },
    subject,
  };
}

/** Gives an id and the part before its point: the parent of a topic, the family of a type. */
function withParent(id: string): readonly string[] {
  const parent = id.split(".")[0] ?? id;
  return parent === id ? [id] : [id, parent];
}

/** Compiles a question, so that asking it of a subject takes about a microsecond. */
export function compileQuery(query: Query): (subject: ReadySubject) => boolean {
  switch (query.is) {
    case "everything":
      return () => true;
    case "and": {
      // A filter is a look into a set: where it is not met, no words need be looked for.
      const parts = query.parts.toSorted((a, b) => costOf(a) - costOf(b)).map(compileQuery);
      return (subject) => parts.every((meets) => meets(subject));
    }
    case "or": {
      const parts = query.parts.map(compileQuery);
      return (subject) => parts.some((meets) => meets(subject));
    }
    case "not": {
      const meets = compileQuery(query.part);
      return (subject) => !meets(subject);
    }
    case "filter":
      return compileFilter(query);
    default: {
      const stands = standsIn(query);
      const key = JSON.stringify(query);
      // Thousands of rules ask for the same few hundred words: each is looked for once.
      return ({ index, found }) => {
        const known = found.get(key);
        if (known !== undefined) return known;
        const does = stands(index);
        found.set(key, does);
        return does;
      };
    }
  }
}

/** Says how much work a part of a question is: filters little, words more, what holds both most. */
function costOf({ is }: Query): number {
  if (is === "filter" || is === "everything") return 0;
  return is === "word" || is === "phrase" || is === "near" ? 1 : 2;
}

/** Tells whether a development is what a question asks for. For many questions make both ready: `compileQuery`, `readySubject`. */
export function matches(query: Query, subject: QuerySubject): boolean {
  return compileQuery(query)(readySubject(subject));
}

function compileFilter({ field, values }: Filter): (subject: ReadySubject) => boolean {
  const [value = ""] = values;
  switch (field) {
    case "severity":
      return ({ subject }) => subject.severity >= Number(value);
    case "confidence":
      return ({ subject }) => subject.confidence !== null && subject.confidence >= Number(value);
    case "first":
      return ({ subject }) => (subject.type === FIRST_TIME) === (value === "yes");
    case "since":
    case "until": {
      const bound = readBound(value, field)?.getTime() ?? Number.NaN;
      return ({ subject }) => (field === "since" ? subject.at.getTime() >= bound : subject.at.getTime() < bound);
    }
    default: {
      const wanted = values.map((one) => one.toLowerCase());
      return ({ sets }) => wanted.some((one) => sets[field].has(one));
    }
  }
}

/** The type of development that `first:yes` asks for. */
export const FIRST_TIME = "statement.first";
