import { fieldOf } from "./field.ts";
import { nearestName, type QueryMistake } from "./mistake.ts";
import type { Mention } from "./parse.ts";

/** The names that a question may mention, as the catalogue or the archive has them. */
export type QueryNames = {
  /** Ids, and names in either language. */
  readonly actors: readonly string[];
  readonly sides: readonly string[];
  /** Leaves and parents. */
  readonly topics: readonly string[];
  /** Types and their families. */
  readonly types: readonly string[];
  readonly sources: readonly string[];
  readonly classes: readonly string[];
};

/** Finds the names in a question that nothing has: a typing error must not look like silence. */
export function checkNames(mentions: readonly Mention[], known: QueryNames): readonly QueryMistake[] {
  const sets = new Map<string, ReadonlySet<string>>();
  return mentions.flatMap(({ field, name, start, end }) => {
    const list = fieldOf(field).names;
    if (list === null) return [];
    const set = sets.get(list) ?? new Set(known[list].map((one) => one.toLowerCase()));
    sets.set(list, set);
    return set.has(name.toLowerCase()) ? [] : [unknownName({ field, name, start, end }, known[list])];
  });
}

/** Says that nothing has this name, and which name is near. */
export function unknownName({ field, name, start, end }: Mention, known: readonly string[]): QueryMistake {
  const nearest = nearestName(name, known);
  const quoted = nearest && (/[\s,()]/.test(nearest) ? `"${nearest}"` : nearest);
  const message = `No ${NOUN[field] ?? field} is called "${name}"${nearest ? `; did you mean ${nearest}?` : `; ${WHERE[field] ?? "see docs/query.md"}.`}`;
  return { start, end, message, suggestion: quoted };
}

const NOUN: Readonly<Record<string, string>> = { type: "development type", class: "class of sources", body: "body" };
const WHERE: Readonly<Record<string, string>> = {
  actor: "see /actors or parley actors",
  body: "see /actors or parley actors",
  side: "there are US, China, EU, UN and third",
  topic: "see /topics or parley topics",
  type: "see docs/developments.md",
  source: "see /sources or parley sources",
  class: "see docs/sources.md",
};
