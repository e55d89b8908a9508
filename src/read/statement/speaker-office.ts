import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";
import type { Lexicon } from "./lexicon.ts";

/** Finds the state an actor belongs to: itself, or the first state above it; null for who belongs to none. */
export function stateOf(lexicon: Lexicon, actorId: string | null): string | null {
  for (let id = actorId, steps = 0; id !== null && steps < 10; steps++) {
    const actor: Actor | undefined = lexicon.actors.get(id);
    if (!actor) return null;
    if (actor.type === "state") return actor.id;
    id = actor.parent;
  }
  return null;
}

/**
 * Finds the people who held an office on a day, by the words of its title.
 *
 * @param stateId - Counts only offices of this state and its bodies; null counts all.
 * @param day - Null finds nobody: without a date an office has no known holder.
 */
export function holdersOf(lexicon: Lexicon, role: string, stateId: string | null, day: string | null): Actor[] {
  if (day === null) return [];
  const wanted = role.toLowerCase();
  const holders: Actor[] = [];
  for (const actor of lexicon.actors.values()) {
    if (actor.type !== "person") continue;
    const holds = officesAt(actor, day).some(
      (office) => office.role.toLowerCase() === wanted && (!stateId || stateOf(lexicon, office.body) === stateId),
    );
    if (holds) holders.push(actor);
  }
  return holders;
}

/**
 * Tells whether a title can be this person's: by an office held on the day, or by any office where the day is not known.
 */
export function fitsTitle(actor: Actor, title: string, day: string | null): boolean {
  const wanted = title.toLowerCase().replace(/\./g, "");
  const offices = day === null ? actor.offices : officesAt(actor, day);
  return offices.some((office) => {
    const role = office.role.toLowerCase();
    return role === wanted || role.startsWith(`${wanted} `) || role.endsWith(` ${wanted}`);
  });
}
