import { contentWords } from "../words/content-words.ts";

/** Share of the shorter text's runs of words that stand in the other from which one is a copy of the other. */
const COPIED_RUNS = 0.3;
/** Share of all content words that both use from which one is a rewriting of the other. */
const REWRITTEN_WORDS = 0.6;
const RUN_LENGTH = 5;
/** Texts are compared by their beginnings, in UTF-16 units. */
const COMPARED = 6_000;

/**
 * Tells whether two texts are one voice: a copy, an excerpt, or a rewriting that keeps most of the words (spun copies keep names,
 * numbers and order). Also where both name the same outlet as the one that reported it.
 *
 * Runs of five words, or of five hanzi, after Broder's shingles (1997); containment in the shorter, so that an excerpt counts.
 */
export function isNearCopy(a: string, b: string): boolean {
  const [one, other] = [fingerprintOf(a), fingerprintOf(b)];
  const outlet = reportedBy(a);
  if (outlet !== null && outlet === reportedBy(b)) return true;
  return containment(one.runs, other.runs) >= COPIED_RUNS || likeness(one.words, other.words) >= REWRITTEN_WORDS;
}

function fingerprintOf(text: string) {
  const words =
    text
      .slice(0, COMPARED)
      .toLowerCase()
      .match(/[\p{Script=Latin}\d]+|\p{Script=Han}/gu) ?? [];
  const runs = new Set<string>();
  for (let at = 0; at + RUN_LENGTH <= words.length; at += 1) runs.add(words.slice(at, at + RUN_LENGTH).join(" "));
  return { runs, words: contentWords(text.slice(0, COMPARED)) };
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let count = 0;
  for (const one of few) if (many.has(one)) count += 1;
  return count;
}

function containment(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const fewer = Math.min(a.size, b.size);
  return fewer === 0 ? 0 : shared(a, b) / fewer;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = shared(a, b);
  return a.size + b.size === 0 ? 0 : both / (a.size + b.size - both);
}

const REPORTED_BY =
  /(?:[Cc]iting|[Aa]ccording to (?:a report (?:by|in) )?|[Ff]irst reported by|reported by) (?:the )?((?:\p{Lu}[\p{L}]+ ?){1,4}(?:News|Daily|Post|Times|Wire|Agency|Journal|Press))|据《?([\p{Script=Han}]{2,8}?(?:社|报|网|通讯社))》?报道/u;

/** The outlet that a text says it has its news from; null where it names none. */
function reportedBy(text: string): string | null {
  const match = REPORTED_BY.exec(text.slice(0, COMPARED));
  return (match?.[1] ?? match?.[2])?.trim() ?? null;
}
