import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";

/** The two sides of the talks, as ids of the catalogue's states. */
export type Sides = { readonly us: string; readonly china: string };

/** Finds the two sides among the actors; null when the catalogue has no state of one of the two blocs. */
export function findSides(actors: readonly Actor[]): Sides | null {
  const us = actors.find(({ type, bloc }) => type === "state" && bloc === "US")?.id;
  const china = actors.find(({ type, bloc }) => type === "state" && bloc === "China")?.id;
  return us && china ? { us, china } : null;
}

/**
 * Finds the state that an actor acts for: itself, the state above its body, the state of the office held on `day`,
 * or the side of its bloc. An actor of no state stays itself.
 */
export function stateOf(actorId: string, actors: ReadonlyMap<string, Actor>, day: string | null): string {
  const start = actors.get(actorId);
  if (!start) return actorId;
  const seen = new Set<string>();
  const open = [start];
  for (const actor of open) {
    if (actor.type === "state") return actor.id;
    if (seen.has(actor.id)) continue;
    seen.add(actor.id);
    const offices = day ? officesAt(actor, day) : actor.offices;
    const above = [actor.parent, ...(actor.type === "person" ? offices : []).map(({ body }) => body)];
    for (const id of above) {
      const next = id ? actors.get(id) : undefined;
      if (next) open.push(next);
    }
  }
  if (!speaksForBloc(start)) return actorId;
  const side = [...actors.values()].find(({ type, bloc }) => type === "state" && bloc === start.bloc);
  return side && (start.bloc === "US" || start.bloc === "China") ? side.id : actorId;
}

/** Persons without a listed office may be scholars: only bodies and groups stand for their bloc. */
function speaksForBloc(actor: Actor): boolean {
  return actor.type === "government-body" || actor.type === "group";
}

/** Tells whether an actor spoke for a state or an international body on `day` (null: at any time). */
export function isOfficial(actorId: string, actors: ReadonlyMap<string, Actor>, day: string | null): boolean {
  const actor = actors.get(actorId);
  if (!actor) return false;
  if (actor.type === "state" || actor.type === "government-body" || actor.type === "igo") return true;
  if (actor.type === "group") return actor.parent !== null && isOfficial(actor.parent, actors, day);
  if (actor.type !== "person") return false;
  return (day ? officesAt(actor, day) : actor.offices).some(
    ({ body }) => body !== null && isOfficial(body, actors, day),
  );
}

/** Tells whether an actor led a state on `day`: an office held in the state itself, not in one of its bodies. */
export function isLeader(actorId: string, actors: ReadonlyMap<string, Actor>, day: string | null): boolean {
  const actor = actors.get(actorId);
  if (actor?.type !== "person") return false;
  return (day ? officesAt(actor, day) : actor.offices).some(
    ({ body }) => body !== null && actors.get(body)?.type === "state",
  );
}

/** Finds the body that is a state's government as a whole; null when the catalogue has none. */
export function governmentOf(stateId: string, actors: ReadonlyMap<string, Actor>): string | null {
  for (const { id, type, name, parent } of actors.values())
    if (type === "government-body" && parent === stateId && /\bGovernment\b/.test(name)) return id;
  return null;
}
