import type { KnownEvent } from "../../catalogue/known-event.ts";
import type { DevelopmentStatus } from "../../domain/development.ts";
import { dayOf, earliestInstant, type KnownDate } from "../../domain/known-date.ts";
import { upperTopicOf } from "../../domain/upper-topic.ts";
import type { PastDevelopment } from "../input.ts";
import { canRetell, OFTEN_RETOLD, typeFamilyOf } from "./families.ts";
import { incidentMarks } from "./incident-marks.ts";
import { areLookAlikes } from "./look-alike.ts";
import { readParticulars } from "./particulars.ts";

/** Two accounts of one happening may be this many days apart (time zones, late pages). */
const SAME_DAYS = 3;
/** What a document dates further back than this is not its news. */
const NEWS_DAYS = 7;
/** An undated account of talks, summits and agreements may retell what happened this many days before. */
const RETOLD_DAYS = 30;

/** What a status is decided on. `states` are the actors lifted to their states. */
export type Candidate = {
  readonly type: string;
  readonly states: readonly string[];
  readonly topics: readonly string[];
  readonly eventDate: KnownDate | null;
  readonly recap: boolean;
  readonly future: boolean;
  /** Key that its type, states, topic and date give. */
  readonly key: string;
  /** Its words, as summarised. */
  readonly summary: string;
  /** Whether it may be new although neither words nor document give a date: what an undated document itself announces. */
  readonly announcedUndated: boolean;
};

/** A status, and the key that the candidate is kept under: that of the stored development that it is, or one of its own. */
export type Judgement = { readonly status: DevelopmentStatus; readonly key: string };

/**
 * Decides whether a candidate is news.
 *
 * - It is a stored development (same or sister type, a shared state, days within ±3, or one month where only that is
 *   known) that was news: background. Under the same type it takes the stored key, so that it is further evidence of
 *   that one. One that is stored as background gives its key too but blocks nothing: it was never told to anybody.
 * - It is an event of the catalogue, and the document is more than 3 days later than that event: background.
 *   A document of the very days reports the event, and is news.
 * - The text marks it as past ("earlier", 此前), or dates it more than 7 days before the document: background.
 * - No date, in the words or from the document: background, because nothing shows that it is new; unless the document announces
 *   it itself (then the caller holds it back until an analyst has looked).
 * - Its words name another round, city, bill or subject than those of a stored one (see look-alike.ts): another happening, whose
 *   key gets a mark of its own where the two would share one.
 *
 * @param documentDay - Day of the document; null when unknown.
 * @param today - Day of the detection, which stands in for an unknown document day only against dates in the words.
 */
export function judge(
  candidate: Candidate,
  past: readonly PastDevelopment[],
  events: readonly KnownEvent[],
  documentDay: string | null,
  today: string,
  lift: (actorIds: readonly string[]) => readonly string[],
): Judgement {
  const alike = past.filter((other) => isSame(candidate, other, () => lift(other.actorIds)));
  const stored = alike.filter((other) => !areLookAlikes(typedWordsOf(candidate), typedWordsOf(other)));
  const told = stored.find(({ status }) => status === "new");
  const known = (told ? [told] : stored).find(({ type }) => type === candidate.type);
  const isNews = !told && mayBeNew(candidate, events, documentDay, today, lift);
  const isTaken = !known && alike.some(({ key }) => key === candidate.key);
  const own = isTaken ? `${candidate.key}|${markOf(candidate.type, candidate.summary)}` : candidate.key;
  return { status: isNews ? "new" : "background", key: known?.key ?? own };
}

function typedWordsOf({ type, summary }: { readonly type: string; readonly summary: string }) {
  return { type, words: summary };
}

/** What a look-alike is marked with: what its words name, in order. */
function markOf(type: string, summary: string): string {
  const { rounds, venues, names, objects } = readParticulars(summary);
  const { kinds, models } = incidentMarks(summary);
  const isIncident = type.startsWith("incident.");
  const named = (
    isIncident ? [...kinds, ...models] : [...rounds.map((round) => `round-${round}`), ...venues, ...names, ...objects]
  ).sort();
  return named.join("+") || summary.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}

function mayBeNew(
  candidate: Candidate,
  events: readonly KnownEvent[],
  documentDay: string | null,
  today: string,
  lift: (actorIds: readonly string[]) => readonly string[],
): boolean {
  const { eventDate, recap, future } = candidate;
  if (recap) return false;
  if (!eventDate) return candidate.announcedUndated;
  const day = documentDay ?? today;
  if (!future && lastDay(eventDate.value) < shift(day, -NEWS_DAYS)) return false;
  return !events.some((event) => {
    const end = lastDay(event.end ?? event.date);
    if (!(end < shift(day, -SAME_DAYS))) return false;
    const value = event.date;
    const precision = value.length === 4 ? "year" : value.length === 7 ? "month" : "day";
    const eventDates = { value, precision, basis: "catalogue", raw: value } as const;
    const other = { type: event.type, topics: event.topics, eventDate: eventDates };
    return isSame(candidate, other, () => lift(event.actors));
  });
}

type Other = Pick<Candidate, "type" | "topics" | "eventDate">;

/** @param statesOfOther - Asked last: most others differ in type or time. */
function isSame(candidate: Candidate, other: Other, statesOfOther: () => readonly string[]): boolean {
  if (!canRetell(candidate.type, other.type) || !closeInTime(candidate, other.eventDate)) return false;
  const parents = (topics: readonly string[]) => topics.map(upperTopicOf);
  const nameTopics = candidate.topics.length > 0 && other.topics.length > 0;
  const shareTopic = parents(candidate.topics).some((topic) => parents(other.topics).includes(topic));
  if (nameTopics && !shareTopic) return false;
  const states = statesOfOther();
  return candidate.states.some((state) => states.includes(state));
}

/** Developments further apart than this are never taken for the same. */
const NEVER_SAME_MS = 70 * 86_400_000;

/**
 * Tells whether two developments may be one by their dates, so that those which cannot be need not be compared at all: wider than every
 * comparison here, and true wherever a date is missing or vague.
 */
export function mayBeSameTime(one: KnownDate | null, other: KnownDate | null): boolean {
  if (!one || !other || one.value.length < 7 || other.value.length < 7) return true;
  return Math.abs(earliestInstant(one).getTime() - earliestInstant(other).getTime()) <= NEVER_SAME_MS;
}

function closeInTime({ type, eventDate }: Candidate, other: KnownDate | null): boolean {
  if (!eventDate || !other) return !eventDate && !other;
  const days = [dayOf(eventDate), dayOf(other)];
  const [day, otherDay] = days;
  if (!day || !otherDay) {
    const shared = Math.min(eventDate.value.length, other.value.length, 7);
    return eventDate.value.slice(0, shared) === other.value.slice(0, shared);
  }
  const back = eventDate.basis === "document" && OFTEN_RETOLD.has(typeFamilyOf(type)) ? RETOLD_DAYS : SAME_DAYS;
  return shift(otherDay, -SAME_DAYS) <= day && day <= shift(otherDay, back);
}

/** The last day a date can mean, for comparing as text: no day of a month sorts after its 31st. */
function lastDay(value: string): string {
  if (value.length === 4) return `${value}-12-31`;
  return value.length === 7 ? `${value}-31` : value.slice(0, 10);
}

/** Counts on or back from a day (`2026-05-19`); a day that does not exist stays as it is. */
function shift(day: string, days: number): string {
  const shifted = new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
  return Number.isNaN(shifted.getTime()) ? day : shifted.toISOString().slice(0, 10);
}
