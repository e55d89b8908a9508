import { dayOf, type KnownDate, toTheDay } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { type WrittenDate, writtenDates } from "../../read/date/dates-in-text.ts";
import { HAPPENINGS, typeFamilyOf } from "../happening/families.ts";
import type { Match, Surroundings } from "./match.ts";
import type { Pattern } from "./pattern.ts";
import { isPlannedFor, isStillToCome } from "./planned-date.ts";
import { isBackdrop } from "./recap.ts";

/** When something happened or is to happen, as far as a sentence and its document show it. */
export type When = {
  /** The date in the sentence; its own `date` is null where it is not known which day is meant. */
  readonly written: WrittenDate | null;
  /** Null where neither the sentence nor its document gives one. */
  readonly eventDate: KnownDate | null;
  /** Whether it is told as of now, by who does or says it or at the head of the news: then it is of the document's day. */
  readonly isAnnouncedHere: boolean;
  /** The same in a document without a date, where the sentence names no day either. */
  readonly isAnnouncedUndated: boolean;
};

/** Finds when something happened that words tell of. */
export function whenOf({ pattern, scene, place }: Match, { input, inLead }: Surroundings): When {
  const day = dayOf(input.article.publishedAt);
  const written = nearestTo(datesOf(pattern, scene.plain, place, day), place);
  const spoken = scene.statement !== null && !HAPPENINGS.has(typeFamilyOf(pattern.type));
  const isAnnouncedHere = input.official || inLead || spoken;
  const ofPage = () => happeningOf(scene.statement?.saidAt ?? null) ?? ofDocument(input.article.publishedAt);
  const isDatable = !written || MONTH_ALONE.test(scene.plain.slice(written.start, written.end));
  return {
    written,
    eventDate: written ? written.date : isAnnouncedHere ? ofPage() : null,
    isAnnouncedHere,
    isAnnouncedUndated: isAnnouncedHere && !day && isDatable && !isBackdrop(scene.plain, place),
  };
}

/** A month or day without its year: whoever writes so without a date on the page speaks of the page's own months. */
const MONTH_ALONE =
  /^(?!.*\b(?:[Ll]ast|[Pp]ast)\b)(?!.*\d{4})(?:.*\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\d{1,2}月)/;

/** Dates of the happening itself: "agreed to launch talks in June" leaves June out, "agreed in May to" keeps May. */
function datesOf(pattern: Pattern, plain: string, place: Span, day: string | null): readonly WrittenDate[] {
  const dates = writtenDates(plain, day, pattern.future === true);
  if (pattern.future) return dates;
  const own = dates.filter(({ start }) => !isPlannedFor(plain.slice(0, start)));
  if (HALTS.has(pattern.type))
    return own.filter((date) => !isStillToCome(date, day) && !AHEAD.test(plain.slice(date.start, date.end)));
  return pattern.promise ? own.filter((date) => isOfPromise(date, plain, place, day)) : own;
}

/** Types that tell of a plan given up: a day in their words is that of the plan, unless it can be that of the deed. */
const HALTS: ReadonlySet<string> = new Set(["talks.suspended", "talks.postponed"]);

const AHEAD = /^(?:next|coming|this coming|later this)\b|^[下明]/i;

function isOfPromise(written: WrittenDate, plain: string, place: Span, day: string | null): boolean {
  const { start, date } = written;
  if (isStillToCome(written, day)) return false;
  if (start < place.start) return true;
  if (HORIZON.test(plain.slice(0, start))) return false;
  const isOpen = !date || (date.precision !== "day" && !/\d{4}/.test(date.raw));
  const isLater = date && day && date.value > day;
  const inside = start < place.end;
  return !isLater && !(isOpen && !inside) && !(inside && /[于在]$/.test(plain.slice(0, start)));
}

/** What stands before the day by which something is promised. */
const HORIZON =
  /\b(?:by|before|until|till|no later than|within|prior to)(?: the)?(?: (?:end|middle|close|start|beginning) of)?(?: (?:late|early|mid|next))?\W*$/i;

function nearestTo(dates: readonly WrittenDate[], place: Span) {
  const distance = (span: Span) => Math.max(0, span.start - place.end, place.start - span.end);
  // "the 2026 summit" names a thing, not the time of what happened.
  const vague = (date: WrittenDate) => Number(date.date?.precision === "year");
  return [...dates].sort((a, b) => vague(a) - vague(b) || distance(a) - distance(b))[0] ?? null;
}

/** An hour stands only where the text gives one: the date of a statement is often that of its page. */
function happeningOf(said: KnownDate | null): KnownDate | null {
  return said?.basis === "text" ? said : toTheDay(said);
}

function ofDocument(publishedAt: KnownDate | null): KnownDate | null {
  const day = dayOf(publishedAt);
  return day && publishedAt ? { value: day, precision: "day", basis: "document", raw: publishedAt.raw } : null;
}
