import type { Actor, AmbiguityRule } from "../../catalogue/actor.ts";
import type { Span } from "../../domain/span.ts";
import type { Lexicon } from "./lexicon.ts";
import { isNamesake } from "./namesake.ts";
import { ANOTHER_STATE, holdsNation, nationBeside, nationOfSeat } from "./nation.ts";
import { stateOf } from "./speaker-office.ts";

/** What a rule may look at: the text, its day, where it comes from, and who was named before. */
export type Surroundings = {
  readonly lexicon: Lexicon;
  readonly text: string;
  readonly day: string | null;
  /** The state that the document comes from or is about; undefined where nobody asks. */
  readonly origin: string | null | undefined;
  readonly mentions: readonly (Span & { readonly actors: readonly Actor[] })[];
  /** The state whose body of a kind (`foreign`, `treasury`) was named last; `settle` writes it. */
  readonly named: Map<string, string>;
};

/** Says whom a form means here, by the rule that the catalogue has for it; nobody rather than a guess. */
export function settle(around: Surroundings, place: Span, actors: readonly Actor[]): readonly Actor[] {
  const { lexicon, text } = around;
  const words = text.slice(place.start, place.end);
  const rule = lexicon.ambiguous.get(words) ?? lexicon.ambiguous.get(words.replace(/^(?:the|The) /, ""));
  if (actors[0]?.type === "person" && isNamesake(around, place, actors[0])) return [];
  const body = actors[0]?.type === "government-body" ? ofItsState(around, place, words, actors, rule?.origin) : actors;
  return rule ? byRule(around, place, body, rule) : body;
}

/** Kinds of body that many states have, by a word of their names. */
const KIND = /foreign|commerce|treasury|financ|defen[cs]e|外交|商务|财政|国防|国家安全/i;
const GENERIC = /\b(?:ministry|department|treasury|commerce|MFA|MOFA|MOF|MOST)\b/i;

/**
 * Keeps a body where its state is the one that stands at its name ("the Russian Foreign Ministry" is not China's), else the body of that
 * name of the state that does. Where the name alone does not tell, the state named with such a body last does, then the document's origin.
 */
function ofItsState(
  { lexicon, text, origin, named }: Surroundings,
  place: Span,
  words: string,
  actors: readonly Actor[],
  asks: AmbiguityRule["origin"],
): readonly Actor[] {
  const kind = KIND.exec(words)?.[0].toLowerCase();
  const own = stateOf(lexicon, actors[0]?.id ?? null);
  if (!own) return actors;
  const beside = holdsNation(lexicon.nations, words)
    ? own
    : nationBeside(lexicon.nations, text, place, GENERIC.test(words));
  const nation = beside ?? (asks && nationOfSeat(lexicon.nations, text, place));
  if (nation && !(nation === ANOTHER_STATE && hasOwnOwner(lexicon, text, place, actors))) {
    if (kind) named.set(kind, nation);
    return nation === own ? actors : bodyNamed(lexicon, words, nation);
  }
  if (!asks || origin === undefined) return actors;
  const state = (kind && named.get(kind)) ?? origin;
  if (state === own) return actors;
  const isThird = state !== null && state !== "china" && state !== "united-states";
  return asks === "not-foreign" && !isThird ? actors : [];
}

/** Tells whether who is named as the owner is somebody of the body's side: a president's Commerce Department is no other state's. */
function hasOwnOwner(lexicon: Lexicon, text: string, { start }: Span, actors: readonly Actor[]): boolean {
  const owner = /(\p{L}+)['’]s?\s+$/u.exec(text.slice(Math.max(0, start - 40), start))?.[1] ?? "";
  return (lexicon.people.get(owner.toLowerCase()) ?? []).some(({ bloc }) => bloc === actors[0]?.bloc);
}

/** A state's own body of a name: India's "Foreign Ministry" is what the catalogue calls the "Indian Foreign Ministry". */
function bodyNamed(lexicon: Lexicon, words: string, state: string): Actor[] {
  const end = ` ${words.toLowerCase()}`;
  const found = [...lexicon.actors.values()].find(
    (actor) =>
      actor.type === "government-body" &&
      actor.aliases.some((alias) => alias.toLowerCase().endsWith(end)) &&
      stateOf(lexicon, actor.id) === state,
  );
  return found ? [found] : [];
}

function byRule(
  { lexicon, text, day, mentions }: Surroundings,
  place: Span,
  actors: readonly Actor[],
  rule: AmbiguityRule,
): readonly Actor[] {
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
