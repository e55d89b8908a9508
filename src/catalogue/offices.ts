import type { Actor, Office } from "./actor.ts";

/** Finds the offices that an actor held on a day (`2026-05-19`); bounds may be months or years, and count whole. */
export function officesAt(actor: Pick<Actor, "offices">, day: string): readonly Office[] {
  return actor.offices.filter(
    ({ from, to }) => (from === null || from <= day) && (to === null || day.slice(0, to.length) <= to),
  );
}
