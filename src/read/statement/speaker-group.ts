import type { Actor } from "../../catalogue/actor.ts";
import type { Span } from "../../domain/span.ts";
import type { ResolvedActor } from "../../domain/statement.ts";
import { stateOf } from "./speaker-office.ts";
import type { StatementView } from "./view.ts";

const LEADERS =
  /^(?:the|both|these)?\s*(?:two|both)?\s*(?:leaders|presidents|heads of (?:state|government))$|^两国(?:元首|领导人)$|^(?:两位)?领导人$/i;
const SIDES =
  /^(?:both|(?:the )?two)(?: (?:sides|countries|nations|governments|capitals|powers))?$|^the (?:sides|two)$|^(?:中美)?(?:双方|两国)$/i;

/**
 * Finds who "the two leaders" or "both sides" are: the two leaders, or the two states, that this document names.
 *
 * @returns Null where the words name no pair; an empty list where they do and the document does not say which.
 */
export function bothOf(view: StatementView, words: string, span: Span): ResolvedActor[] | null {
  const phrase = words.trim();
  const leaders = LEADERS.test(phrase);
  if (!leaders && !SIDES.test(phrase)) return null;
  const pair = leaders ? lastTwoLeaders(view, span.start) : twoStates(view);
  return pair.map((actor) => ({ actorId: sideOf(view, actor, phrase), method: "coreference", confidence: 0.75 }));
}

/** The two last-named people of different states who lead one, before this place or else anywhere in the text. */
function lastTwoLeaders(view: StatementView, at: number): Actor[] {
  const before = view.mentions.filter((mention) => mention.start < at).reverse();
  const after = view.mentions.filter((mention) => mention.start >= at);
  const found: Actor[] = [];
  for (const { actors } of [...before, ...after]) {
    const actor = actors[0];
    if (actor?.type !== "person" || !leads(actor) || found.some((other) => other.bloc === actor.bloc)) continue;
    found.push(actor);
    if (found.length === 2) return found;
  }
  return [];
}

function leads(actor: Actor): boolean {
  return actor.offices.some(({ role }) =>
    /^(?:president|prime minister|premier|general secretary|chancellor)$/i.test(role),
  );
}

/** The two states that the document names most, directly or by their capitals, governments and people. */
function twoStates(view: StatementView): Actor[] {
  const counts = new Map<string, number>();
  for (const { actors } of view.mentions) {
    const state = stateOf(view.lexicon, actors[0]?.id ?? null);
    if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 2);
  const states = top.flatMap(([id]) => view.lexicon.actors.get(id) ?? []);
  return states.length === 2 ? states : [];
}

/** "The two governments" are the governments, "both sides" the states. */
function sideOf(view: StatementView, actor: Actor, words: string): string {
  if (actor.type !== "state" || !/government|capital/i.test(words)) return actor.id;
  for (const other of view.lexicon.actors.values())
    if (other.type === "government-body" && other.parent === actor.id && /government/i.test(other.name))
      return other.id;
  return actor.id;
}
