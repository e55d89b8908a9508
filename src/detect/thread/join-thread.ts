import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import type { ThreadState } from "../../domain/thread.ts";
import { canRetell, typeFamilyOf } from "../happening/families.ts";
import { areLookAlikes } from "../happening/look-alike.ts";
import { type Particulars, readParticulars } from "../happening/particulars.ts";
import { contentWords } from "../words/content-words.ts";
import { courseOf, coursesJoined, stateOfType } from "./thread-course.ts";

/** A development as a link of a thread. */
export type Link = {
  readonly key: string;
  readonly type: string;
  readonly documentId: number;
  readonly actorIds: readonly string[];
  readonly eventDate: KnownDate | null;
  readonly summary: string;
  /** When it was told: the date of its first document; of a recap, the date of what it recounts. */
  readonly at: Date;
};

/** A thread with what is in it. */
export type ThreadView = { readonly id: number; readonly course: string; readonly links: readonly Link[] };

/** Longest silence in a course that two steps of one thread may have between them, in days. */
const LONGEST_SILENCE = 200;
/** A channel may rest for longer between its halt and its restart. */
const LONGEST_REST = 800;
/** Two tellings of one happening, and the accounts given of a meeting, come within so many days. */
const SAME_DAYS = 3;
const ACCOUNT_DAYS = 10;
const DAY_MS = 86_400_000;

/**
 * Finds the thread that a development carries on; null when it opens one.
 *
 * Talks and summits go by their states: what was announced or scheduled is scheduled, held or put off in the same thread; what
 * was held is over, and the next round is another thread, unless the words say that the same channel halts or resumes. Other
 * courses go by what their words name. Where several threads fit, the one that shares a name, date, round or city is taken, else
 * the one that moved last. A thread that names another round, city or subject never fits.
 */
export function findThread(link: Link, threads: readonly ThreadView[]): number | null {
  const courses = coursesJoined(link.type);
  const fitting = threads
    .filter(({ course }) => courses.includes(course))
    .map((thread) => ({ thread, fit: fitOf(link, thread) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || nearness(link, a.thread) - nearness(link, b.thread) || a.thread.id - b.thread.id);
  return fitting[0]?.thread.id ?? null;
}

function nearness(link: Link, { links }: ThreadView): number {
  return Math.min(...links.map(({ at }) => Math.abs(at.getTime() - link.at.getTime())));
}

/** 0 when the thread does not fit; more, the more speaks for it. */
function fitOf(link: Link, { course, links }: ThreadView): number {
  if (!links.some((other) => sharesActor(link, other))) return 0;
  const family = typeFamilyOf(link.type);
  if (family === "document" && /^document\.(?:silent-edit|withdrawn)$/.test(link.type))
    return links.some(({ documentId, type }) => documentId === link.documentId && type !== "document.published")
      ? 5
      : 0;
  if (family === "formulation" || family === "statement") {
    const subject = (key: string) => key.split("|").slice(0, 4).join("|");
    if (link.type !== "statement.contradicted")
      return links.some(({ key }) => subject(key) === subject(link.key)) ? 5 : 0;
  }
  if (/^commitment\.(?:met|missed)$/.test(link.type))
    return links.some(({ key }) => link.key === `${link.type}|${key}`) ? 6 : 0;
  if (links.some((other) => other.summary === link.summary && other.documentId === link.documentId)) return 6;
  if (links.some((other) => isSameTelling(link, other))) return 4;
  if (course === "talks" || course === "summit") return fitOfStep(link, links);
  return courseOf(link.type) === course && namesSame(link, links) ? 2 : 0;
}

function sharesActor(a: Link, b: Link): boolean {
  return a.actorIds.length === 0 || b.actorIds.length === 0 || a.actorIds.some((id) => b.actorIds.includes(id));
}

/** The same or a sister type, told within days of each other in words that name nothing different. */
function isSameTelling(a: Link, b: Link): boolean {
  if (!canRetell(a.type, b.type) && !canRetell(b.type, a.type)) return false;
  if (areLookAlikes({ type: a.type, words: a.summary }, { type: b.type, words: b.summary })) return false;
  const [day, other] = [dayOf(a.eventDate), dayOf(b.eventDate)];
  const apart = day && other ? daysBetween(day, other) : Math.abs(a.at.getTime() - b.at.getTime()) / DAY_MS;
  if (apart > SAME_DAYS) return false;
  const isStep = stateOfType(a.type) !== null && a.type === b.type;
  return isStep || overlapOf(a.summary, b.summary) >= LIKE;
}

/** Share of the fewer content words from which two sentences of one side and time tell of one thing. */
const LIKE = 0.5;

function overlapOf(a: string, b: string): number {
  const [x, y] = [contentWords(a), contentWords(b)];
  const fewer = Math.min(x.size, y.size);
  return fewer === 0 ? 0 : [...x].filter((word) => y.has(word)).length / fewer;
}

/** A measure and what becomes of it are told by its name: a bill, a product, a rule; or in nearly the same words. */
function namesSame(link: Link, links: readonly Link[]): boolean {
  const mine = readParticulars(link.summary);
  return links.some((other) => {
    if (Math.abs(other.at.getTime() - link.at.getTime()) > LONGEST_SILENCE * DAY_MS) return false;
    const theirs = readParticulars(other.summary);
    const conflict = differ(mine, theirs, "objects") || differ(mine, theirs, "names");
    if (conflict) return false;
    const namesOne = mine.names.some((name) => theirs.names.includes(name));
    return namesOne || (link.type === other.type && overlapOf(link.summary, other.summary) >= NEARLY);
  });
}

const NEARLY = 0.75;

function differ(a: Particulars, b: Particulars, kind: keyof Particulars): boolean {
  return a[kind].length > 0 && b[kind].length > 0 && !a[kind].some((value) => b[kind].includes(value));
}

/** Whether a step of talks or a summit, or an account of one, fits between what was told before it and after it in a thread. */
function fitOfStep(link: Link, links: readonly Link[]): number {
  const steps = links.filter(({ type }) => stateOfType(type) !== null).sort((a, b) => a.at.getTime() - b.at.getTime());
  if (stateOfType(link.type) === null) return ACCOUNTS.test(link.type) ? fitOfAccount(link, steps) : 0;
  const before = steps.filter(({ at }) => at <= link.at).at(-1);
  const after = steps.find(({ at }) => at > link.at);
  if (!before && !after) return 0;
  if (before && !follows(before, link)) return 0;
  if (after && !follows(link, after)) return 0;
  const isMoved = steps.some(({ type }) => MOVED.test(type)) || MOVED.test(link.type);
  return likeness(link, steps, isMoved);
}

const MOVED = /postponed|suspended|resumed/;

/** How much the words of a link and of a thread's steps have in common, from 1; 0 where they name different things. */
function likeness(link: Link, steps: readonly Link[], isMoved: boolean): number {
  const known = join(steps.map(({ summary }) => readParticulars(summary)));
  const mine = readParticulars(link.summary);
  if (differ(mine, known, "rounds") || differ(mine, known, "objects")) return 0;
  if (!isMoved && differ(mine, known, "venues")) return 0;
  const shares = (kind: keyof Particulars) => mine[kind].some((value) => known[kind].includes(value));
  const shared = Number(shares("rounds")) + Number(shares("venues")) + Number(sharesDay(link, steps));
  // The dialogue as a whole has no subject; a meeting on one subject is a step in it only where more than time speaks for that.
  const isNarrower = mine.objects.length > 0 && known.objects.length === 0;
  const isBroader = mine.objects.length === 0 && known.objects.length > 0;
  if (isNarrower && shared === 0) return 0;
  return 1 + shared - (isNarrower || isBroader ? 0.5 : 0);
}

/** What is told about talks and summits without moving them on. */
const ACCOUNTS = /^(?:talks\.no-outcome|readout\.|envoy\.|statement\.contradicted|silence\.)/;
/** Somebody is named to lead talks that are coming within so many days. */
const NAMED_DAYS = 60;

function fitOfAccount(link: Link, steps: readonly Link[]): number {
  const days = link.type.startsWith("envoy.") ? NAMED_DAYS : ACCOUNT_DAYS;
  const near = steps.filter(({ at, type }) => {
    const apart = (link.at.getTime() - at.getTime()) / DAY_MS;
    const isOver = link.type.startsWith("envoy.") && type.endsWith(".held");
    return !isOver && apart >= -SAME_DAYS && apart <= days;
  });
  return near.length > 0 ? likeness(link, steps, false) : 0;
}

function join(all: readonly Particulars[]): Particulars {
  const gather = (kind: keyof Particulars) => [...new Set(all.flatMap((one) => one[kind]))];
  return { rounds: gather("rounds"), venues: gather("venues"), names: gather("names"), objects: gather("objects") };
}

function sharesDay(link: Link, links: readonly Link[]): boolean {
  const day = dayOf(link.eventDate);
  return (
    day !== null &&
    links.some((other) => {
      const theirs = dayOf(other.eventDate);
      return theirs !== null && daysBetween(day, theirs) <= SAME_DAYS;
    })
  );
}

/** What can come after a step in the same thread. */
const NEXT: Readonly<Record<ThreadState, readonly ThreadState[]>> = {
  reported: ["reported", "announced", "scheduled", "held", "postponed", "suspended"],
  announced: ["reported", "announced", "scheduled", "held", "postponed", "suspended"],
  scheduled: ["reported", "announced", "scheduled", "held", "postponed", "suspended"],
  held: ["held", "suspended"],
  postponed: ["reported", "announced", "scheduled", "held", "postponed", "suspended", "resumed"],
  suspended: ["suspended", "resumed", "announced"],
  resumed: ["resumed", "announced", "scheduled", "held", "postponed", "suspended"],
};

function follows(earlier: Link, later: Link): boolean {
  const [from, to] = [stateOfType(earlier.type), stateOfType(later.type)];
  const days = (later.at.getTime() - earlier.at.getTime()) / DAY_MS;
  if (from === null || to === null) return false;
  if (!NEXT[from].includes(to)) return false;
  const rests = from === "suspended" || from === "postponed" || to === "suspended";
  if (days > (rests ? LONGEST_REST : LONGEST_SILENCE)) return false;
  if (from === "held" && to === "held") return agree(earlier, later, SAME_DAYS);
  if (from === "scheduled" && (to === "scheduled" || to === "held")) return agree(earlier, later, SAME_DAYS);
  return true;
}

/** Whether two dates can be one: within days of each other, or one in the month or year that is all that is known of the other. */
function agree(a: Link, b: Link, within: number): boolean {
  const [x, y] = [a.eventDate, b.eventDate];
  if (!x || !y) return true;
  const [day, other] = [dayOf(x), dayOf(y)];
  if (day && other) return daysBetween(day, other) <= within;
  const shared = Math.min(x.value.length, y.value.length, 7);
  return x.value.slice(0, shared) === y.value.slice(0, shared);
}

function daysBetween(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / DAY_MS;
}

/** The state that a thread's links bring it to, and the link that did; nulls for a thread without states. */
export function stateOfLinks(links: readonly Link[]): { readonly state: ThreadState | null; readonly by: Link | null } {
  const steps = links.filter(({ type }) => stateOfType(type) !== null);
  const last = [...steps].sort((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b)).at(-1);
  return { state: last ? stateOfType(last.type) : null, by: last ?? null };
}

/** Of two steps told at one moment the further one counts. */
const RANK: readonly ThreadState[] = [
  "reported",
  "announced",
  "scheduled",
  "resumed",
  "postponed",
  "suspended",
  "held",
];
const rank = ({ type }: Link) => RANK.indexOf(stateOfType(type) ?? "reported");
