import type { Actor } from "../../catalogue/actor.ts";
import type { KnownEvent } from "../../catalogue/known-event.ts";
import type { Development } from "../../domain/development.ts";
import { dayOf } from "../../domain/known-date.ts";
import type { PastDevelopment } from "../input.ts";
import type { Telling, Tellings } from "../telling.ts";
import { stateOf } from "../words/states.ts";
import { holdOf } from "./hold.ts";
import { mergeSame } from "./merge.ts";
import { judge } from "./status.ts";

/** Makes developments of what a document tells: news or background beside what others told before. Quick: it reads no text. */
export type Judge = (tellings: Tellings, past: readonly PastDevelopment[], now: Date) => readonly Development[];

/** Makes a judge that knows the events and offices of a catalogue; see `judge` for what is new. */
export function createJudge({
  events,
  actors,
}: {
  readonly events: readonly KnownEvent[];
  readonly actors: readonly Actor[];
}): Judge {
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  return ({ list, documentDate }, past, now) => {
    const day = dayOf(documentDate);
    const today = now.toISOString().slice(0, 10);
    const states = new Map<string, string>();
    const stateFor = (id: string) => {
      const state = states.get(id) ?? stateOf(id, byId, day);
      states.set(id, state);
      return state;
    };
    const lift = (ids: readonly string[]) => [...new Set(ids.map(stateFor))];
    const developmentOf = ({ candidate, severity, actorIds, hedge, evidence }: Telling): Development => {
      const { type, topics, eventDate, summary } = candidate;
      const { status: judged, key } = judge(candidate, past, events, day, today, lift);
      const hold = judged === "new" ? holdOf(documentDate, now) : null;
      // An undated page may still be today's; one with an impossible date is not.
      const status = hold === null || hold === "undated" ? judged : "background";
      return { type, severity, status, actorIds, topics, eventDate, summary, hedge, hold, evidence, key };
    };
    return mergeSame(list.map(developmentOf));
  };
}
