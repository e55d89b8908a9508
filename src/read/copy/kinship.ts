import { shinglesOf, tokensOf } from "./shingles.ts";

/** How one document repeats another: the same text, one inside the other, the same quotations retold, the same event in another language. */
export type Kinship = {
  readonly relation: "copy" | "part" | "rewrite" | "translation";
  /** Share of the smaller of the two that stands in the other, 0 to 1. */
  readonly share: number;
};

/** Share of all shingles of both that a copy has in common (Jaccard). */
const COPY_JACCARD = 0.7;

/** Share of the shorter text that stands in the longer, from which on the one is the other abridged or with additions. */
const PART_CONTAINMENT = 0.6;

/** Shingles of the shorter text below which containment is chance: datelines, notices, standing phrases. */
const SHORTEST_PART = 40;

/** Numbers and dates in which two texts from one form (a schedule, a calendar, a notice) differ, though their words agree. */
const SAME_NUMBERS = 0.5;

/**
 * Makes the comparison of one text with others: whether the one is the other, or an abridged or extended copy of it; null where they
 * are two texts.
 *
 * Texts made from one form (each week's schedule) share their words and not their numbers: they are no copies. `bySamePublisher`
 * says that both come from one publisher on different days, who prints nobody's reports: then the next of its decrees in the same
 * words is a new one, and only a text with all its numbers is a copy.
 */
export function kinshipWith(one: string): (other: string, bySamePublisher?: boolean) => Kinship | null {
  const a = tokensOf(one);
  const left = new Set(shinglesOf(a));
  return (other, bySamePublisher = false) => {
    const b = tokensOf(other);
    const right = new Set(shinglesOf(b));
    const smaller = Math.min(left.size, right.size);
    if (smaller === 0) return null;
    const shared = sharedCount(left, right);
    const containment = shared / smaller;
    const jaccard = shared / (left.size + right.size - shared);
    if (jaccard < COPY_JACCARD && (containment < PART_CONTAINMENT || smaller < SHORTEST_PART)) return null;
    if (bySamePublisher ? !sameNumbers(a, b) : jaccard < 0.95 && differInNumbers(a, b)) return null;
    return { relation: jaccard >= COPY_JACCARD ? "copy" : "part", share: containment };
  };
}

/** Tells whether the smaller set of numbers is mostly foreign to the other text; texts with few numbers tell nothing. */
function differInNumbers(a: readonly string[], b: readonly string[]): boolean {
  const left = numbersOf(a);
  const right = numbersOf(b);
  const smaller = Math.min(left.size, right.size);
  return smaller >= 4 && sharedCount(left, right) < smaller * SAME_NUMBERS;
}

function sameNumbers(a: readonly string[], b: readonly string[]): boolean {
  const left = numbersOf(a);
  const right = numbersOf(b);
  return left.size === right.size && sharedCount(left, right) === left.size;
}

function numbersOf(tokens: readonly string[]): ReadonlySet<string> {
  return new Set(tokens.filter((token) => /\d/.test(token)));
}

function sharedCount<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let count = 0;
  for (const item of small) if (large.has(item)) count++;
  return count;
}

/** Quotations that two texts must share before one can be the other retold, and the share of the smaller one's that they are. */
const FEWEST_QUOTES = 3;
const SAME_QUOTES = 0.75;
const SHORTEST_QUOTE = 6;

/**
 * Tells whether one text is the other retold in other words: its quotations, word for word and in the same order, are the other's.
 * Two reporters at one press conference choose other sentences and another order; whoever rewrites a report keeps both.
 *
 * @param one - The quoted words of a text in the order of the text.
 */
export function quoteKinship(one: readonly string[], other: readonly string[]): Kinship | null {
  const left = comparable(one);
  const right = comparable(other);
  const smaller = Math.min(left.length, right.length);
  if (smaller < FEWEST_QUOTES) return null;
  const share = longestInOrder(left, right) / smaller;
  return share >= SAME_QUOTES ? { relation: "rewrite", share } : null;
}

function comparable(quotes: readonly string[]): readonly string[] {
  return quotes.map(tokensOf).flatMap((tokens) => (tokens.length < SHORTEST_QUOTE ? [] : [tokens.join(" ")]));
}

/** Longest common subsequence. */
function longestInOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const quote of one) {
    const next = [0];
    other.forEach((candidate, at) => {
      const taken = quote === candidate ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0);
      next.push(taken);
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** What is compared of two documents in two languages. */
export type TwinFacts = {
  readonly lang: string | null;
  readonly kind: string;
  readonly text: string;
  /** The day of the event: of the title where it has one, else of publication. */
  readonly day: string | null;
  /** Whose words the statements are, most frequent first. */
  readonly actorIds: readonly string[];
  /** Answers, statements or remarks of that speaker. */
  readonly turns: number;
  /** Topics of the statements. */
  readonly topics: readonly string[];
};

/**
 * Tells whether two documents are one event in English and Chinese: the same kind, day and main speaker, about the same number of
 * turns, and the same numbers and topics in them. Null also where either day or speaker is not known.
 */
export function twinKinship(one: TwinFacts, other: TwinFacts): Kinship | null {
  if (!one.lang || !other.lang || one.lang === other.lang) return null;
  if (one.kind !== other.kind || one.day === null || one.day !== other.day) return null;
  if (one.actorIds[0] === undefined || one.actorIds[0] !== other.actorIds[0]) return null;
  const fewer = Math.min(one.turns, other.turns);
  if (fewer === 0 || fewer * 1.25 < Math.max(one.turns, other.turns)) return null;
  const words = (facts: TwinFacts) => new Set([...numbersOf(tokensOf(facts.text)), ...facts.topics]);
  const left = words(one);
  const right = words(other);
  const smaller = Math.min(left.size, right.size);
  // A long conference of one day has no second; of short remarks there are several a day, told apart by what they are about.
  if (fewer < 4 && smaller === 0) return null;
  const share = smaller === 0 ? 0 : sharedCount(left, right) / smaller;
  return share >= (fewer < 4 ? 0.5 : 0.2) || (fewer >= 8 && one.turns === other.turns)
    ? { relation: "translation", share }
    : null;
}
