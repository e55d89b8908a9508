import { z } from "zod";
import type { PollRhythm } from "../domain/poll-time.ts";
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
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Reads `16:30-22:45 Asia/Shanghai Mon-Fri`; null where the text is no window. Without days it holds all week.
 * Hours may run over midnight (`22:00-02:00`) and days over Sunday (`Sat-Mon`).
 */
export function parseWindow(text: string): PollRhythm["window"] {
  const [, start, end, zone, first = "Mon", last = "Sun"] = WINDOW.exec(text) ?? [];
  if (!start || !end || !zone || !isZone(zone)) return null;
  const [from, to, firstDay, lastDay] = [
    minuteOfDay(start),
    minuteOfDay(end),
    WEEKDAYS.indexOf(first),
    WEEKDAYS.indexOf(last),
  ];
  if (!(from < 1440 && to <= 1440) || from === to || firstDay < 0 || lastDay < 0) return null;
  const length = ((lastDay - firstDay + 7) % 7) + 1;
  const weekdays = length === 7 ? [] : Array.from({ length }, (_, step) => ((firstDay + step) % 7) + 1);
  return { from, to, zone, weekdays };
}

/** `16:30` as minutes; NaN where the minutes are no minutes, which fails every comparison. */
function minuteOfDay(text: string): number {
  const minutes = Number(text.slice(3));
  return minutes < 60 ? Number(text.slice(0, 2)) * 60 + minutes : Number.NaN;
}

/** Local hours in which `every` holds. */
export const windowSchema = z
  .string()
  .refine((text) => parseWindow(text) !== null, "expected local hours such as 16:30-22:45 Asia/Shanghai Mon-Fri");
