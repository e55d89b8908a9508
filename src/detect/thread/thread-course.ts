import type { ThreadState } from "../../domain/thread.ts";
import { typeFamilyOf } from "../happening/families.ts";

/** What kind of course a type of development belongs to; courses of one kind can be one thread. */
const COURSES: Readonly<Record<string, string>> = {
  leak: "talks",
  envoy: "talks",
  readout: "summit",
  commitment: "agreement",
  countermeasure: "control",
};

/** Finds the course that developments of a type run in. */
export function courseOf(type: string): string {
  const family = typeFamilyOf(type);
  return COURSES[family] ?? family;
}

/** Lists the courses whose threads a development of a type may join; its own first. */
export function coursesJoined(type: string): readonly string[] {
  const own = courseOf(type);
  if (type.startsWith("readout.")) return ["summit", "talks"];
  if (own === "talks" || own === "agreement" || type === "statement.contradicted")
    return [...new Set([own, "talks", "agreement"])];
  return [own];
}

const STATES: Readonly<Record<string, ThreadState>> = {
  "leak.report": "reported",
  "talks.announced": "announced",
  "talks.scheduled": "scheduled",
  "talks.held": "held",
  "talks.postponed": "postponed",
  "talks.suspended": "suspended",
  "talks.resumed": "resumed",
  "summit.scheduled": "scheduled",
  "summit.held": "held",
};

/** Finds the state that a development brings its thread to; null for one that changes none. */
export function stateOfType(type: string): ThreadState | null {
  return STATES[type] ?? null;
}

/** From which states each state can be reached; the states of the talks as catalogue/development-types.yaml was made with them. */
const REACHED_FROM: Readonly<Record<ThreadState, readonly (ThreadState | null)[]>> = {
  reported: [null],
  announced: [null, "reported", "suspended", "announced"],
  scheduled: [null, "reported", "announced", "postponed", "resumed", "scheduled"],
  held: [null, "reported", "announced", "scheduled", "postponed", "resumed", "held"],
  postponed: ["announced", "scheduled", "resumed", "postponed"],
  suspended: [null, "announced", "scheduled", "postponed", "held", "resumed", "suspended"],
  resumed: [null, "suspended", "postponed", "held", "resumed"],
};

/** Tells whether the state machine knows the step from one state to the next; `null` is no state yet. */
export function isKnownStep(from: ThreadState | null, to: ThreadState): boolean {
  return REACHED_FROM[to].includes(from);
}
