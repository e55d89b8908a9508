import { DateTime } from "luxon";

/** Offsets in minutes of the zone names that feeds and pages write (RFC 822 §5.1, and European ones). */
const NAMED: Readonly<Record<string, number>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  WEST: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  HKT: 480,
  SGT: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
};

/** What a page calls the time of its own capital, without saying which hour that is. */
const PLACES: Readonly<Record<string, string>> = {
  "beijing time": "Asia/Shanghai",
  北京时间: "Asia/Shanghai",
  et: "America/New_York",
  ct: "America/Chicago",
  pt: "America/Los_Angeles",
};

/** A local time as it stands on a page. */
export type LocalTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
};

/**
 * Finds the offset from UTC, in minutes, of a time written with the given zone name.
 *
 * `CST` is China's time where the source lives in an Asian zone, and America's elsewhere (RFC 822).
 * Without a name the source's own zone decides; without that too the answer is null.
 *
 * @param zone - IANA zone of the source.
 */
export function offsetMinutes(name: string | null, time: LocalTime, zone: string | null): number | null {
  const written = name?.trim().replace(/[.()]/g, "") ?? "";
  const numeric = /^(?:(?:GMT|UTC)\s*)?([+-])(\d\d?):?(\d\d)?$/i.exec(written);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return minutes > 15 * 60 ? null : numeric[1] === "-" ? -minutes : minutes;
  }
  if (/^CST$/i.test(written) && zone?.startsWith("Asia/")) return offsetIn(zone, time);
  const named = NAMED[written.toUpperCase()];
  if (named !== undefined) return named;
  const place = PLACES[written.toLowerCase()] ?? zone;
  return place ? offsetIn(place, time) : null;
}

function offsetIn(zone: string, time: LocalTime): number | null {
  const { year, month, day, hour, minute } = time;
  const local = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
  return local.isValid ? local.offset : null;
}

/**
 * Gives the zone of an address whose country has one hour and whose clocks show it: the Chinese government's.
 * Its embassies abroad are left out, for nobody says whose hour they print; null for every other address.
 */
export function zoneOfAddress(url: string): string | null {
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
  return host.endsWith(".gov.cn") && !/embassy|consulate|mission/.test(host) ? "Asia/Shanghai" : null;
}

/** Writes an offset the ISO way: `+08:00`, `Z`, or nothing where it is unknown. */
export function isoOffset(minutes: number | null): string {
  if (minutes === null) return "";
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
