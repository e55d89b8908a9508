const LONGEST_MS = 7 * 24 * 3_600_000;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The three spellings of RFC 9110 §5.6.7, in order: IMF-fixdate, RFC 850, asctime. All mean GMT. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
];

/**
 * Reads a Retry-After header (RFC 9110 §10.2.3): how long the other side asks us to stay away, in milliseconds.
 *
 * @returns 0 to 7 days; null where the header is absent or is neither seconds nor an HTTP date.
 */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? "";
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : msUntil(text, now);
  return waitMs === null ? null : Math.min(Math.max(waitMs, 0), LONGEST_MS);
}

function msUntil(text: string, now: Date): number | null {
  const date = readHttpDate(text, now);
  return date && date.getTime() - now.getTime();
}

/** Reads a date as HTTP headers write it; null for anything else. `now` decides the century of a two-digit year. */
export function readHttpDate(text: string, now: Date): Date | null {
  for (const pattern of HTTP_DATES) {
    const parts = pattern.exec(text)?.groups;
    if (!parts) continue;
    const month = MONTHS.indexOf(parts.month ?? "");
    const day = Number(parts.day);
    const [hour = 0, minute = 0, second = 0] = (parts.time ?? "").split(":").map(Number);
    if (month < 0 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
    const date = new Date(Date.UTC(fullYear(parts.year ?? "", now), month, day, hour, minute, second));
    return date.getUTCMonth() === month ? date : null;
  }
  return null;
}

/** A two-digit year more than 50 years ahead means the century before (RFC 9110 §5.6.7). */
function fullYear(text: string, now: Date): number {
  if (text.length === 4) return Number(text);
  const thisYear = now.getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(text);
  return year > thisYear + 50 ? year - 100 : year;
}
