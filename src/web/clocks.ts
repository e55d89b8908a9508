import { earliestInstant, type KnownDate } from "../domain/known-date.ts";
import type { InterfaceLanguage } from "./dictionary/words.ts";

const BEIJING = "Asia/Shanghai";
const WASHINGTON = "America/New_York";

/** Writes an instant on both clocks: `19 May 2026, 20:31 Beijing · 08:31 Washington`. The second day is written where it differs. */
export function bothClocks(instant: Date, lang: InterfaceLanguage): string {
  if (Number.isNaN(instant.getTime())) return "";
  const beijing = { day: dayIn(instant, BEIJING, lang), hour: hourIn(instant, BEIJING) };
  const washington = { day: dayIn(instant, WASHINGTON, lang), hour: hourIn(instant, WASHINGTON) };
  const second =
    beijing.day === washington.day ? "" : `${shortDayIn(instant, WASHINGTON, lang)}${lang === "zh" ? " " : ", "}`;
  return lang === "zh"
    ? `${beijing.day} 北京 ${beijing.hour} · 华盛顿 ${second}${washington.hour}`
    : `${beijing.day}, ${beijing.hour} Beijing · ${second}${washington.hour} Washington`;
}

/** Writes a date exactly as precisely as its source gave it. */
export function knownDateText(date: KnownDate, lang: InterfaceLanguage): string {
  const instant = earliestInstant(date);
  if (Number.isNaN(instant.getTime())) return date.raw;
  if (date.precision === "minute") {
    if (hasZone(date)) return bothClocks(instant, lang);
    const local = `${dayIn(instant, "UTC", lang)}${lang === "zh" ? " " : ", "}${hourIn(instant, "UTC")}`;
    return lang === "zh" ? `${local}（未注明时区）` : `${local} (time zone not given)`;
  }
  if (date.precision === "day") return dayIn(instant, "UTC", lang);
  const month = date.precision === "month" ? ({ month: "long" } as const) : {};
  return formatOf(localeOf(lang), { year: "numeric", ...month, timeZone: "UTC" }).format(instant);
}

/** Tells whether a date is an instant: a minute whose zone the source gave. */
export function hasZone(date: KnownDate): boolean {
  return date.precision === "minute" && /(?:Z|[+-]\d\d:\d\d)$/.test(date.value);
}

/** Writes how long ago something was, in the largest whole unit. */
export function agoText(instant: Date, now: Date, lang: InterfaceLanguage): string {
  const seconds = Math.round((instant.getTime() - now.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(localeOf(lang), { numeric: "always" });
  if (Math.abs(seconds) < 90) return format.format(seconds, "second");
  if (Math.abs(seconds) < 90 * 60) return format.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 36 * 3600) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86_400), "day");
}

function localeOf(lang: InterfaceLanguage): string {
  return lang === "zh" ? "zh-CN" : "en-GB";
}

function dayIn(instant: Date, timeZone: string, lang: InterfaceLanguage): string {
  return formatOf(localeOf(lang), { year: "numeric", month: "long", day: "numeric", timeZone }).format(instant);
}

function shortDayIn(instant: Date, timeZone: string, lang: InterfaceLanguage): string {
  return formatOf(localeOf(lang), { month: "long", day: "numeric", timeZone }).format(instant);
}

function hourIn(instant: Date, timeZone: string): string {
  return formatOf("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(instant);
}

/** Formats that were made already: making one takes longer than writing a page's dates with it. There are a dozen of them. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, format);
  return format;
}
