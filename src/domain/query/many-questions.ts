import { compileQuery, type ReadySubject, type SetField } from "./match.ts";
import type { Query } from "./query.ts";
import { soughtTerms } from "./terms.ts";

/** Asks many questions of one subject; gives the numbers of those that it meets, ascending. */
export type ManyQuestions = (subject: ReadySubject) => readonly number[];

/**
 * Makes many questions ready to be asked together. Most of thousands need something that a subject has not: a question is filed
 * under what it cannot be met without (an actor, a topic, a word), and asked only where the subject has that.
 */
export function askTogether(queries: readonly Query[]): ManyQuestions {
  const compiled = queries.map(compileQuery);
  const always: number[] = [];
  const files = new Map<string, Map<string, number[]>>();
  for (const [number, query] of queries.entries()) {
    const needs = needsOf(query);
    if (needs === null) always.push(number);
    else for (const need of needs.anyOf) file(files, need, number);
  }
  // The round in which a question was asked last: one that is filed in several places is asked once.
  const askedIn = new Uint32Array(queries.length);
  let round = 0;
  return (subject) => {
    round += 1;
    const met: number[] = [];
    const ask = (numbers: readonly number[]) => {
      for (const number of numbers) {
        if (askedIn[number] === round) continue;
        askedIn[number] = round;
        if (compiled[number]?.(subject)) met.push(number);
      }
    };
    ask(always);
    for (const [place, filed] of files) {
      const values = place === WORDS ? subject.index.places.keys() : subject.sets[place as SetField];
      for (const value of values) ask(filed.get(value) ?? NONE);
    }
    return met.sort((a, b) => a - b);
  };
}

const WORDS = "words";
const NONE: readonly number[] = [];

/** Something a subject may have: a value of a field, or a term in its text. */
type Need = { readonly place: SetField | typeof WORDS; readonly value: string };
/** What a question cannot be met without any of, and how many subjects have such a thing: 1 few, 3 most. */
type Needs = { readonly anyOf: readonly Need[]; readonly common: number };

/** Finds what a question cannot be met without; null where nothing of the kind is known. */
function needsOf(query: Query): Needs | null {
  switch (query.is) {
    case "and": {
      const needs = query.parts.flatMap((part) => needsOf(part) ?? []);
      return needs.toSorted((a, b) => a.common - b.common || a.anyOf.length - b.anyOf.length)[0] ?? null;
    }
    case "or": {
      const needs = query.parts.map(needsOf);
      if (needs.includes(null)) return null;
      const all = needs.flatMap((one) => one ?? []);
      return { anyOf: all.flatMap(({ anyOf }) => anyOf), common: Math.max(...all.map(({ common }) => common)) };
    }
    case "filter": {
      const common = COMMON[query.field as SetField];
      if (common === undefined) return null;
      const place = query.field as SetField;
      return { anyOf: query.values.map((value) => ({ place, value: value.toLowerCase() })), common };
    }
    case "near":
      return needsOf(query.left);
    case "word":
    case "phrase": {
      // Of several words the longest is the rarest, as a rule.
      const [term] = soughtTerms(query.words).toSorted((a, b) => b.term.length - a.term.length);
      return term ? { anyOf: [{ place: WORDS, value: term.term }], common: 2 } : null;
    }
    default:
      return null;
  }
}

/** How many subjects have one value of a field: 1 few, 3 most. */
const COMMON: Readonly<Record<SetField, number>> = {
  ...{ actor: 1, body: 1, topic: 1, type: 1, source: 1 },
  ...{ kind: 3, act: 3, fidelity: 3, lang: 3, class: 3, side: 3, status: 3 },
};

function file(files: Map<string, Map<string, number[]>>, { place, value }: Need, number: number): void {
  const filed = files.get(place) ?? new Map<string, number[]>();
  files.set(place, filed);
  const numbers = filed.get(value);
  if (!numbers) filed.set(value, [number]);
  else if (numbers.at(-1) !== number) numbers.push(number);
}
