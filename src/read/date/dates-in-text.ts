import { DateTime } from "luxon";
import type { DatePrecision, KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";

/** A date written in a sentence, and where. `value` is null where the words name a time that is no date ("next week"). */
export type WrittenDate = Span & { readonly date: KnownDate | null };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "(January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.|Feb\\.|Mar\\.|Apr\\.|Aug\\.|Sept?\\.|Oct\\.|Nov\\.|Dec\\.)";
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const WEEKDAY_ZH = "一二三四五六日天";

type Reference = { readonly day: DateTime | null; readonly future: boolean };
type Rule = {
  readonly pattern: RegExp;
  readonly read: (match: RegExpMatchArray, reference: Reference) => string | null;
};

const iso = (date: DateTime | null | undefined, precision: DatePrecision): string | null => {
  if (!date?.isValid) return null;
  return date.toFormat({ minute: "yyyy-MM-dd", day: "yyyy-MM-dd", month: "yyyy-MM", year: "yyyy" }[precision]);
};

const monthNumber = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** A month or day without a year is the nearest one on the side of the document's date that the sentence speaks of. */
function nearest(month: number, day: number | null, { day: today, future }: Reference): string | null {
  if (!today) return null;
  const precision = day === null ? "month" : "day";
  const years = future ? [0, 1] : [0, -1];
  for (const shift of years) {
    const candidate = DateTime.utc(today.year + shift, month, day ?? 1);
    const fits = future ? candidate >= today.startOf(precision) : candidate <= today;
    if (candidate.isValid && fits) return iso(candidate, precision);
  }
  return null;
}

function weekday(index: number, { day: today, future }: Reference, next: boolean): string | null {
  if (!today || index < 0) return null;
  const ahead = (index + 1 - today.weekday + 7) % 7;
  if (next || future) return iso(today.plus({ days: ahead === 0 && next ? 7 : ahead }), "day");
  return iso(today.minus({ days: (7 - ahead) % 7 }), "day");
}

const full = (year: string, month: number, day: string) => iso(DateTime.utc(Number(year), month, Number(day)), "day");
const shifted =
  (unit: "days" | "months" | "years", by: number) =>
  (_: RegExpMatchArray, { day }: Reference) =>
    iso(day?.plus({ [unit]: by }), unit === "days" ? "day" : unit === "months" ? "month" : "year");
const nothing = () => null;

/** First match wins where two rules match the same words. */
const RULES: readonly Rule[] = [
  { pattern: /\b(\d{4})-(\d\d)-(\d\d)\b/g, read: ([, y = "", m, d = ""]) => full(y, Number(m), d) },
  {
    pattern: new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:-\\d{1,2})?,? (\\d{4})\\b`, "g"),
    read: ([, m = "", d = "", y = ""]) => full(y, monthNumber(m), d),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH},? (\\d{4})\\b`, "g"),
    read: ([, d = "", m = "", y = ""]) => full(y, monthNumber(m), d),
  },
  {
    pattern: new RegExp(`\\b${MONTH},? (?:of )?(\\d{4})\\b`, "g"),
    read: ([, m = "", y]) => iso(DateTime.utc(Number(y), monthNumber(m)), "month"),
  },
  {
    pattern: new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b(?!,? \\d{4})`, "g"),
    read: ([, m = "", d], reference) => nearest(monthNumber(m), Number(d), reference),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}(?!,? \\d{4})`, "g"),
    read: ([, d, m = ""], reference) => nearest(monthNumber(m), Number(d), reference),
  },
  {
    pattern: new RegExp(`\\b[Ll]ast ${MONTH}(?! \\d)`, "g"),
    read: ([, m = ""], { day }) =>
      nearest(monthNumber(m), null, { day: day?.minus({ months: 1 }) ?? null, future: false }),
  },
  {
    pattern: new RegExp(
      `\\b(?:in|In|during|During|since|Since|early|late|mid|of|this|This|next)[ -]${MONTH}(?! \\d)`,
      "g",
    ),
    read: ([, m = ""], reference) => nearest(monthNumber(m), null, reference),
  },
  { pattern: /\b(?:day before yesterday)\b/gi, read: shifted("days", -2) },
  { pattern: /\byesterday\b/gi, read: shifted("days", -1) },
  { pattern: /\b(?:today|tonight|this (?:morning|afternoon|evening)|earlier today)\b/gi, read: shifted("days", 0) },
  { pattern: /\btomorrow\b/gi, read: shifted("days", 1) },
  {
    pattern: /\b(next |this coming |last |on |this |late |early )?(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/gi,
    read: ([, lead = "", name = ""], reference) => {
      const next = /next|coming/i.test(lead);
      const index = WEEKDAYS.indexOf(`${name}day`.toLowerCase());
      return weekday(index, /last/i.test(lead) ? { ...reference, future: false } : reference, next);
    },
  },
  { pattern: /\blast month\b/gi, read: shifted("months", -1) },
  { pattern: /\bnext month\b/gi, read: shifted("months", 1) },
  { pattern: /\bearlier this month\b|\blater this month\b|\bthis month\b/gi, read: shifted("months", 0) },
  { pattern: /\blast year\b/gi, read: shifted("years", -1) },
  { pattern: /\bnext year\b/gi, read: shifted("years", 1) },
  { pattern: /\b(?:earlier|later) this year\b|\bthis year\b/gi, read: shifted("years", 0) },
  {
    pattern: /\b(?:in|In|during|since|Since|early|late|mid|by|The|the)[ -]((?:19|20)\d\d)\b(?!-?\d)/g,
    read: ([, y = ""]) => y,
  },
  {
    pattern:
      /\b(?:last|next|past|coming|recent|earlier this|later this|this) (?:few )?(?:weeks?|months?|years?|days?|decade|spring|summer|autumn|fall|winter)\b/gi,
    read: nothing,
  },
  { pattern: /\b(?:\w+ )(?:weeks?|months?|years?|days?) ago\b/gi, read: nothing },
  { pattern: /(\d{4})年(\d{1,2})月(\d{1,2})[日号]/g, read: ([, y = "", m, d = ""]) => full(y, Number(m), d) },
  { pattern: /(\d{4})年(\d{1,2})月(?!\d)/g, read: ([, y, m]) => iso(DateTime.utc(Number(y), Number(m)), "month") },
  {
    pattern: /(今|去|明|前)年(\d{1,2})月(?:(\d{1,2})[日号])?/g,
    read: ([, which = "", m, d], { day }) => {
      const year = day && day.year + ({ 前: -2, 去: -1, 今: 0, 明: 1 }[which] ?? 0);
      return year ? iso(DateTime.utc(year, Number(m), Number(d ?? 1)), d ? "day" : "month") : null;
    },
  },
  {
    pattern: /(?<![\d年])(\d{1,2})月(\d{1,2})[日号]/g,
    read: ([, m, d], reference) => nearest(Number(m), Number(d), reference),
  },
  {
    pattern: /(?<![\d年])(\d{1,2})月(?:份|初|底|中旬|上旬|下旬)?(?!\d)/g,
    read: ([, m], reference) => nearest(Number(m), null, reference),
  },
  {
    pattern: /(?<![\d月年.])(\d{1,2})[日号](?!电)/g,
    read: ([, d], { day, future }) => {
      const months = future ? [0, 1] : [0, -1];
      const days = months.map((months) =>
        day
          ?.startOf("month")
          .plus({ months })
          .set({ day: Number(d) }),
      );
      return iso(
        days.find((date) => date?.isValid && day && (future ? date >= day : date <= day)),
        "day",
      );
    },
  },
  { pattern: /(?:今天|今日)/g, read: shifted("days", 0) },
  { pattern: /(?:昨天|昨日)/g, read: shifted("days", -1) },
  { pattern: /(?:明天|明日)/g, read: shifted("days", 1) },
  {
    pattern: /(本周|这周|下周|上周|周|星期)([一二三四五六日天])/g,
    read: ([, lead, name = ""], reference) => {
      const index = Math.min(WEEKDAY_ZH.indexOf(name), 6);
      if (lead === "上周") {
        const monday = reference.day?.startOf("week").minus({ weeks: 1 });
        return iso(monday?.plus({ days: index }), "day");
      }
      return weekday(index, reference, lead === "下周");
    },
  },
  { pattern: /上个?月/g, read: shifted("months", -1) },
  { pattern: /下个?月/g, read: shifted("months", 1) },
  { pattern: /去年/g, read: shifted("years", -1) },
  { pattern: /明年/g, read: shifted("years", 1) },
  { pattern: /今年/g, read: shifted("years", 0) },
  { pattern: /(\d{4})年(?!\d)/g, read: ([, y = ""]) => y },
  { pattern: /上周|下周|近日|日前|此前|不久前|未来(?:几|数)[周月年]/g, read: nothing },
];

/**
 * Finds the dates written in a sentence, English and Chinese, in order of place.
 *
 * @param plain - The sentence as `plainWords` spells it.
 * @param documentDay - Day of the document (`2026-05-19`), against which "in May" is read; null leaves such dates unknown.
 * @param future - Whether the sentence speaks of what is to come.
 */
export function writtenDates(plain: string, documentDay: string | null, future: boolean): readonly WrittenDate[] {
  const reference = { day: documentDay ? DateTime.fromISO(documentDay, { zone: "utc" }) : null, future };
  const found: WrittenDate[] = [];
  for (const { pattern, read } of RULES) {
    for (const match of plain.matchAll(pattern)) {
      const place = { start: match.index, end: match.index + match[0].length };
      if (found.some((other) => other.start < place.end && place.start < other.end)) continue;
      const value = read(match, reference);
      found.push({ ...place, date: value ? knownDate(value, match[0].trim()) : null });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function knownDate(value: string, raw: string): KnownDate {
  const precision: DatePrecision = value.length === 4 ? "year" : value.length === 7 ? "month" : "day";
  return { value, precision, basis: "text", raw };
}
