import type { KnownDate } from "../../domain/known-date.ts";

/** Places in an address where publishers write the day: /2026/05/19/, /202605/t20260519_, /202605/25/, /2026-06/18/, 2026-05-19, 20260519. */
const DAY: readonly RegExp[] = [
  /[/_-]t(\d{4})(\d\d)(\d\d)_/,
  /\/(\d{4})\/(\d{1,2})\/(\d{1,2})(?=[/_.]|$)/,
  /\/(\d{4})[-_]?(\d\d)\/(\d\d)(?=[/_.]|$)/,
  /(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)/,
  /(?<![\da-f])(20\d\d|19[89]\d)([01]\d)([0-3]\d)(?![\da-f])/,
  /\/(\d{4})\/([a-z]{3})\/(\d{1,2})(?=[/_.-]|$)/,
];
/** Where only the month is written: /2026/05/slug. */
const MONTH = /\/(\d{4})\/(\d\d)(?=\/)/;

const MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Reads the day (or month) that an address holds; null where it holds none that can be. */
export function dateInAddress(address: string): KnownDate | null {
  const path = address
    .replace(/^[a-z]+:\/\/[^/]*/i, "")
    .replace(/[?#].*$/, "")
    .toLowerCase();
  for (const pattern of DAY) {
    const [raw, year, month, day] = pattern.exec(path) ?? [];
    const value = raw && isoDay(Number(year), monthOf(month ?? ""), Number(day));
    if (raw && value) return { value, precision: "day", basis: "url", raw };
  }
  const [raw, year, month] = MONTH.exec(path) ?? [];
  if (!raw || !isoDay(Number(year), Number(month), 1)) return null;
  return { value: `${year}-${month}`, precision: "month", basis: "url", raw };
}

function monthOf(text: string): number {
  return /^\d/.test(text) ? Number(text) : MONTH_NAMES.indexOf(text) + 1;
}

function isoDay(year: number, month: number, day: number): string | null {
  if (year < 1990 || year > 2100) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
