import { fieldOf } from "./field.ts";
import { nearestName, type QueryMistake } from "./mistake.ts";
import type { Mention } from "./parse.ts";

/** Something that a question may name: by its id, or by what else it is called, in either language. */
export type KnownName = { readonly id: string; readonly names: readonly string[] };

/** The names that a question may mention, as the catalogue or the archive has them. */
export type QueryNames = {
  readonly actors: readonly KnownName[];
  readonly sides: readonly KnownName[];
  /** Leaves and parents. */
  readonly topics: readonly KnownName[];
  /** Types and their families; they go by their ids alone. */
  readonly types: readonly KnownName[];
  readonly sources: readonly KnownName[];
  readonly classes: readonly KnownName[];
};

/** Most names that a mistake tells of: beyond them the list is no help. */
const MOST_MEANT = 3;

/** Finds the names in a question that nothing has: a typing error must not look like silence. */
export function checkNames(mentions: readonly Mention[], known: QueryNames): readonly QueryMistake[] {
  const sets = new Map<string, ReadonlySet<string>>();
  return mentions.flatMap(({ field, name, start, end }) => {
    const list = fieldOf(field).names;
    if (list === null) return [];
    const set = sets.get(list) ?? new Set(known[list].flatMap(allNamesOf));
    sets.set(list, set);
    return set.has(name.toLowerCase()) ? [] : [unknownName({ field, name, start, end }, known[list])];
  });
}

/** Says that nothing has this name, and whose name is near or has it as a part. */
export function unknownName({ field, name, start, end }: Mention, known: readonly KnownName[]): QueryMistake {
  const meant = likelyMeant(name, known);
  const either = [meant.slice(0, -1).join(", "), meant.at(-1)].filter(Boolean).join(" or ");
  const hint = either === "" ? `${WHERE[field] ?? "see docs/query.md"}.` : `did you mean ${either}?`;
  const message = `No ${NOUN[field] ?? field} is called "${name}"; ${hint}`;
  return { start, end, message, suggestion: meant[0] ?? null };
}

/**
 * Finds the ids of what somebody may have meant: what has the typed words in its name (`Biden`, 热线), else the name with the fewest
 * changed letters (`norlnd`), else what has a word that begins so (`fron`). Shorter names come first.
 */
function likelyMeant(typed: string, known: readonly KnownName[]): readonly string[] {
  const whole = havingPart(typed, known, "whole");
  if (whole.length > 0) return whole;
  const nearest = nearestName(typed, known.flatMap(allNamesOf));
  if (nearest !== null) return known.flatMap((one) => (allNamesOf(one).includes(nearest) ? one.id : [])).slice(0, 1);
  return havingPart(typed, known, "begun");
}

function havingPart(typed: string, known: readonly KnownName[], part: "whole" | "begun"): readonly string[] {
  const words = typed.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if ([...words].length < 2) return [];
  const sought = words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  // Chinese puts nothing between its words.
  const unspaced = /\p{Script=Han}/u.test(words);
  const end = part === "whole" ? "(?![\\p{L}\\p{N}])" : "";
  const pattern = new RegExp(unspaced ? sought : `(?<![\\p{L}\\p{N}])${sought}${end}`, "u");
  return known
    .flatMap((one) => {
      const lengths = allNamesOf(one).flatMap((name) => (pattern.test(name) ? name.length : []));
      return lengths.length === 0 ? [] : { id: one.id, length: Math.min(...lengths) };
    })
    .toSorted((a, b) => a.length - b.length || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_MEANT)
    .map(({ id }) => id);
}

function allNamesOf({ id, names }: KnownName): readonly string[] {
  return [id, ...names].map((name) => name.toLowerCase());
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
