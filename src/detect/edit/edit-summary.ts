import type { Phrase } from "../../catalogue/phrase.ts";
import { summarise } from "../words/summary.ts";
import type { Change } from "./edit-changes.ts";

/** Changes told in a summary; the others are counted. */
const TOLD = 2;
/** UTF-16 units of a title and of each side of a change; two changes with their title fit a summary. */
const LONGEST_TITLE = 70;
const LONGEST_SIDE = 70;
const LONGEST_SUMMARY = 240;

const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|thousand|million|billion|first|second|third)s?\b|[一二三四五六七八九十百千万亿两]/iu;
const DATE =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\d{4}年|\d月/u;
/** What turns or bends the sense: negations and modal verbs. */
const BENDING =
  /\b(?:not?|never|none|neither|nor|without|un(?:able|willing|likely)|can(?:not)?|could|would|should|will|shall|may|might|must|only|all|any|some|agreed?|refused?|[a-z]+n['’]t)\b|[不没未无非勿莫]|必须|应当|应该|可以|可能|将会|愿意|拒绝/iu;
const NAME = /(?<=[\p{L}\p{N},;] )\p{Lu}\p{L}+|^\p{Lu}\p{Ll}+$/u;

/**
 * Tells an edit in one line: the document, and the changes that say most: watched phrases, numbers and dates, negations and
 * modal verbs, names, and only then the longest. Each stands in the document's own words, with two words around it.
 */
export function editSummary(title: string | null, changes: readonly Change[], phrases: readonly Phrase[]): string {
  const subject = title?.trim() ? `“${shorten(title.replace(/\s+/g, " ").trim(), LONGEST_TITLE)}”` : "A document";
  const ranked = changes
    .map((change) => ({ change, weight: weigh(change, phrases), size: change.removed.length + change.added.length }))
    .sort((a, b) => b.weight - a.weight || b.size - a.size)
    .map(({ change }) => change);
  for (let count = Math.min(TOLD, ranked.length); ; count -= 1) {
    const chosen = new Set(ranked.slice(0, count));
    const told = changes.filter((change) => chosen.has(change)).map(tell);
    const others = changes.length - chosen.size;
    const line = `${subject} was changed: ${[...told, ...(others > 0 ? [`and ${others} more`] : [])].join("; ")}`;
    if (line.length <= LONGEST_SUMMARY || count === 1) return summarise(line);
  }
}

function tell({ removed, added, was, now }: Change): string {
  const fits = was.length <= LONGEST_SIDE && now.length <= LONGEST_SIDE;
  if (fits && was && now) return `“${was}” → “${now}”`;
  const gone = removed ? `removed “${shorten(removed, LONGEST_SIDE)}”` : "";
  const come = added ? `added “${shorten(added, LONGEST_SIDE)}”` : "";
  return [gone, come].filter(Boolean).join(", ");
}

function weigh({ removed, added, was, now }: Change, phrases: readonly Phrase[]): number {
  const letters = (words: string) => words.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  if (letters(removed) === letters(added)) return 0;
  if (phraseDiffers(was, now, phrases)) return 6;
  const both = (pattern: RegExp) => pattern.test(removed) && pattern.test(added);
  const either = (pattern: RegExp) => pattern.test(removed) || pattern.test(added);
  if (both(NUMBER) || both(DATE)) return 5;
  if (either(BENDING)) return 4;
  if (either(NUMBER) || either(DATE)) return 3;
  return either(NAME) ? 2 : 1;
}

function phraseDiffers(was: string, now: string, phrases: readonly Phrase[]): boolean {
  const [from, to] = [was.toLowerCase(), now.toLowerCase()];
  return phrases
    .filter(({ together }) => !together)
    .flatMap(({ variants }) => [...variants.en, ...variants.zh])
    .some((variant) => from.includes(variant.toLowerCase()) !== to.includes(variant.toLowerCase()));
}

function shorten(words: string, longest: number): string {
  if (words.length <= longest) return words;
  const cut = words.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
