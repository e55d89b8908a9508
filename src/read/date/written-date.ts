import type { KnownDate } from "../../domain/known-date.ts";
import { oneLine } from "../text/plain-text.ts";
import { monthNumber } from "./month-names.ts";
import { isoOffset, offsetMinutes } from "./zone.ts";

/** How to read a date that could mean several things. */
export type DateContext = {
  /** Where it was found; becomes the date's `basis`. */
  readonly basis: string;
  /** IANA zone of the source, for times without one. */
  readonly zone?: string | null;
  /** Which number comes first in `03/04/2026`; such a date is null where nobody knows. */
  readonly order?: "day-month" | "month-day" | null;
};

/** Years that can stand on a page we watch; others (0001, 2569 of the Buddhist era, 9999) are errors of its publisher. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

const TIME = String.raw`(?:(?:[T,\s]|at|um|à|a las|\||-|–|—|•|·)*\s*(?<hour>\d{1,2})[:：.h](?<minute>\d\d)(?:[:：.](?<second>\d\d)(?:[.,]\d+)?)?\s*(?<half>[ap]\.?\s?m\b\.?)?\s*\(?(?<zone>Z\b|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d\b|[A-Z]{2,4}\b|Beijing Time|北京时间)?\)?)?`;
const MONTH = String.raw`(?<month>\p{L}{3,10})\.?`;

/** The spellings of a date, most exact first. All are anchored by a digit class, so that none backtracks far. */
const PATTERNS: readonly RegExp[] = [
  // RFC 3339, ISO 8601 and their loose kin: 2026-05-19 20:31, 2026/5/19, 2026.05.19
  String.raw`(?<![\d.])(?<year>\d{4})[-/.](?<monthNumber>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)${TIME}`,
  // 2026年5月19日 18:52, in any kind of digits' spacing
  String.raw`(?<year>\d{4})\s*年\s*(?<monthNumber>\d{1,2})\s*月\s*(?<day>\d{1,2})\s*日?${TIME}`,
  // RFC 822: Tue, 19 May 2026 20:31:00 +0800; 19 de mayo de 2026; 19. Mai 2026; 19-May-26; but not the end of 14–20 May 2026
  String.raw`(?<!\d|\d\.?\s?[-–—]\s?)(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de\s+|of\s+)?${MONTH}[\s,-]*(?:de\s+|del\s+)?(?<year>\d{4}|\d{2}(?=\s+\d\d:))(?!\d|\s?[-–—]\s?\d{1,2}\.?\s)${TIME}`,
  // May 19, 2026, 8:31 p.m. EDT
  String.raw`(?<!\p{L})${MONTH}\s*(?<day>\d{1,2})(?:st|nd|rd|th)?[\s,]+(?<year>\d{4})(?!\d)${TIME}`,
  // asctime: May 19 20:31:00 CST 2026
  String.raw`(?<!\p{L})${MONTH}\s+(?<day>\d{1,2})\s+(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)\s+(?:(?<zone>[A-Z]{3,4}|[+-]\d{4})\s+)?(?<year>\d{4})`,
  // 20260519T203107Z, 20260519203107, 20260519
  String.raw`(?<!\d)(?<year>(?:19|20)\d\d)(?<monthNumber>[01]\d)(?<day>[0-3]\d)(?:[T\s]?(?<hour>[0-2]\d):?(?<minute>[0-5]\d)(?::?(?<second>[0-5]\d))?)?(?<zone>Z|[+-]\d{4})?(?!\d)`,
  // 19.05.2026, 05/19/2026
  String.raw`(?<![\d.])(?<first>\d{1,2})(?<mark>[-/.])(?<second2>\d{1,2})\k<mark>(?<year>\d{4}|\d\d(?!\d))(?![\d])${TIME}`,
  // 2026年5月, 2026-05, May 2026, 2026
  String.raw`(?<year>\d{4})\s*年\s*(?<monthNumber>\d{1,2})\s*月`,
  String.raw`^(?<year>\d{4})-(?<monthNumber>\d\d)$`,
  String.raw`(?<!\p{L})(?<!\d(?:st|nd|rd|th|\.)?\s)${MONTH}\s+(?<year>\d{4})$`,
  String.raw`^(?<year>\d{4})$`,
].map((source) => new RegExp(source, "iu"));

type Parts = Record<string, string | undefined>;

/**
 * Reads a date as publishers write it, as precise as it is written; null where none can be read for sure.
 *
 * Takes RFC 822, RFC 3339, W3CDTF, asctime, Chinese dates, and day-month-year in words of a dozen languages.
 * Impossible dates (31 February, year 2569) are null, never corrected. The clock is never asked.
 *
 * @example
 * dateIn("2026年5月19日 18:52", { basis: "element", zone: "Asia/Shanghai" })?.value; // "2026-05-19T18:52+08:00"
 */
export function dateIn(text: string | null | undefined, context: DateContext): KnownDate | null {
  const raw = oneLine(text?.slice(0, 300));
  if (!raw) return null;
  for (const pattern of PATTERNS) {
    const match = pattern.exec(raw);
    if (!match?.groups) continue;
    const value = read(match.groups, context);
    if (value) return { ...value, basis: context.basis, raw };
  }
  return null;
}

function read(parts: Parts, context: DateContext): Pick<KnownDate, "value" | "precision"> | null {
  const year = yearOf(parts.year ?? "");
  if (year === null) return null;
  const [month, day] = monthAndDay(parts, context);
  if (month === null) return null;
  if (month === undefined) return { value: String(year), precision: "year" };
  if (month < 1 || month > 12) return null;
  if (day === undefined) return { value: `${year}-${pad(month)}`, precision: "month" };
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const clock = clockOf(parts);
  if (!clock) return { value: date, precision: "day" };
  const offset = offsetMinutes(parts.zone ?? null, { year, month, day, ...clock }, context.zone ?? null);
  const seconds = clock.second === null ? "" : `:${pad(clock.second)}`;
  return {
    value: `${date}T${pad(clock.hour)}:${pad(clock.minute)}${seconds}${isoOffset(offset)}`,
    precision: "minute",
  };
}

function yearOf(text: string): number | null {
  const year = text.length === 2 ? Number(text) + (Number(text) < 70 ? 2000 : 1900) : Number(text);
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}

/** Month and day; undefined where the text gives none, a null month where the word is no month or the order is unknown. */
function monthAndDay(parts: Parts, context: DateContext): [number | null | undefined, number | undefined] {
  if (parts.first !== undefined && parts.second2 !== undefined)
    return ordered(Number(parts.first), Number(parts.second2), parts.mark, context);
  const month = parts.monthNumber ? Number(parts.monthNumber) : parts.month ? monthNumber(parts.month) : undefined;
  return [month, parts.day === undefined ? undefined : Number(parts.day)];
}

function ordered(
  first: number,
  second: number,
  mark: string | undefined,
  context: DateContext,
): [number | null, number] {
  if (first > 12 || first === second) return [second, first];
  if (second > 12) return [first, second];
  const order = context.order ?? (mark === "." ? "day-month" : null);
  return order === null ? [null, 0] : order === "day-month" ? [second, first] : [first, second];
}

function clockOf(parts: Parts): { hour: number; minute: number; second: number | null } | null {
  if (parts.hour === undefined || parts.minute === undefined) return null;
  let hour = Number(parts.hour);
  const minute = Number(parts.minute);
  const second = parts.second === undefined ? null : Number(parts.second);
  if (parts.half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(parts.half) ? 12 : 0);
  }
  return hour > 23 || minute > 59 || (second ?? 0) > 60 ? null : { hour, minute, second: second === 60 ? 59 : second };
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
