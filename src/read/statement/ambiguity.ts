import type { Actor } from "../../catalogue/actor.ts";
import type { Span } from "../../domain/span.ts";
import type { Lexicon } from "./lexicon.ts";

/** What a rule may look at: the text, its day, and who was named before. */
export type Surroundings = {
  readonly lexicon: Lexicon;
  readonly text: string;
  readonly day: string | null;
  readonly mentions: readonly { readonly actors: readonly Actor[] }[];
};

/** Says whom a form means here, by the rule that the catalogue has for it; nobody rather than a guess. */
export function settle(around: Surroundings, place: Span, actors: readonly Actor[]): readonly Actor[] {
  const { lexicon, text, day, mentions } = around;
  const words = text.slice(place.start, place.end);
  const rule = lexicon.ambiguous.get(words) ?? lexicon.ambiguous.get(words.replace(/^(?:the|The) /, ""));
  if (!rule) return actors;
  const before = /([\p{L}]+)\s+(?:the\s+)?$/u.exec(text.slice(Math.max(0, place.start - 24), place.start))?.[1];
  if (before && rule.placeAfter.includes(before.toLowerCase())) return [];
  if (rule.needs.length && !rule.needs.some((word) => holdsApart(text, word, place))) return [];
  if (rule.lastOf.length) {
    const last = mentions.findLast((mention) => mention.actors.some(({ id }) => rule.lastOf.includes(id)));
    return last ? last.actors.filter(({ id }) => rule.lastOf.includes(id)) : [];
  }
  if (rule.earlier && day !== null && day < rule.earlier.before) {
    const earlier = lexicon.actors.get(rule.earlier.actor);
    return earlier ? [earlier] : [];
  }
  return actors;
}

/** Tells whether a word stands in the text outside a place: `CAC` is no proof of itself. */
function holdsApart(text: string, word: string, place: Span): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at + word.length <= place.start || at >= place.end) return true;
  return false;
}
