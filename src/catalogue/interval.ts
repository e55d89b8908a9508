import { z } from "zod";
import { isZone } from "./fields.ts";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s`, `10m`, `2h`, `1d`: how often to look. Never zero, never longer than 60 days. */
export const intervalSchema = z
  .string()
  .refine((text) => parseInterval(text) !== null, "expected a number and a unit, at most 60 days: 30s, 10m, 2h, 1d");

/** Reads `10m` as milliseconds; null where the text is no interval. */
export function parseInterval(text: string): number | null {
  const [, amount, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  if (!amount || !unit) return null;
  const ms = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return ms <= 60 * UNIT_MS.d ? ms : null;
}

/**
 * Turns an interval of the catalogue into milliseconds.
 * @throws {RangeError} When the text is no interval; what the loader let through always is one.
 */
export function intervalMs(text: string): number {
  const ms = parseInterval(text);
  if (ms === null) throw new RangeError(`no interval: ${text}`);
  return ms;
}

const WINDOW = /^(\d\d:\d\d)-(\d\d:\d\d) (\S+)(?: ([A-Z][a-z]{2})-([A-Z][a-z]{2}))?$/;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Hours of the local day in which a source publishes; `24:00` is the end of the day. */
export type PollWindow = {
  /** Minutes since local midnight. */
  readonly fromMinute: number;
  /** Minutes since local midnight, not included; greater than `fromMinute`. */
  readonly toMinute: number;
  readonly timeZone: string;
  /** 1 Monday … 7 Sunday, first and last included. */
  readonly fromDay: number;
  readonly toDay: number;
};

/** Reads `16:30-22:45 Asia/Shanghai Mon-Fri`; null where the text is no window. Without days it holds all week. */
export function parseWindow(text: string): PollWindow | null {
  const [, from, to, timeZone, firstDay = "Mon", lastDay = "Sun"] = WINDOW.exec(text) ?? [];
  if (!from || !to || !timeZone || !isZone(timeZone)) return null;
  const window = {
    fromMinute: minuteOfDay(from),
    toMinute: minuteOfDay(to),
    timeZone,
    fromDay: DAYS.indexOf(firstDay) + 1,
    toDay: DAYS.indexOf(lastDay) + 1,
  };
  const sound =
    window.fromMinute < window.toMinute &&
    window.toMinute <= 1440 &&
    1 <= window.fromDay &&
    window.fromDay <= window.toDay;
  return sound ? window : null;
}

/** `16:30` as minutes; NaN where the minutes are no minutes, which fails every comparison. */
function minuteOfDay(text: string): number {
  const minutes = Number(text.slice(3));
  return minutes < 60 ? Number(text.slice(0, 2)) * 60 + minutes : Number.NaN;
}

/** Local hours in which `every` holds; the hours run forward inside one day. */
export const windowSchema = z
  .string()
  .refine((text) => parseWindow(text) !== null, "expected local hours such as 16:30-22:45 Asia/Shanghai Mon-Fri");
