/** How much of a date the source gave us. */
export type DatePrecision = "minute" | "day" | "month" | "year";

/**
 * A date as a source gives it: never more precise than it was, never guessed.
 *
 * `value` is ISO 8601 cut to its precision: `2026-05-19T20:31+08:00`, `2026-05-19`, `2026-05`, `2026`.
 * A minute carries the page's own offset, so that the written day is the local day, and its seconds where the source
 * gives them (`2026-05-19T20:31:07+08:00`). Where neither the page nor the catalogue knows the zone it carries no offset.
 * `basis` names where it was found (`jsonld`, `meta`, `element`, `title`, `url`, `feed`, `text` …); `raw` is the source's own spelling.
 */
export type KnownDate = {
  readonly value: string;
  readonly precision: DatePrecision;
  readonly basis: string;
  readonly raw: string;
};

/** The local calendar day (`2026-05-19`) of a date, or null when only the month or year is known. */
export function dayOf(date: KnownDate | null): string | null {
  if (!date || date.precision === "month" || date.precision === "year") return null;
  return date.value.slice(0, 10);
}

/**
 * Takes a date as the day of what happened: the minute at which a page came out is the minute of nothing that it tells of.
 * What is known to the day, the month or the year stays as it is.
 */
export function toTheDay(date: KnownDate | null): KnownDate | null {
  return date?.precision === "minute" ? { ...date, value: date.value.slice(0, 10), precision: "day" } : date;
}

/**
 * The first instant a date can mean: the minute itself, or the first moment in UTC of its day, month or year.
 * A minute whose zone is unknown is taken as UTC, so that no answer depends on the machine's own zone.
 * Use it for sorting and windows; show `value` to people.
 */
export function earliestInstant(date: KnownDate): Date {
  const minute = /(?:Z|[+-]\d\d:\d\d)$/.test(date.value) ? date.value : `${date.value}Z`;
  const padded = { minute, day: date.value, month: `${date.value}-01`, year: `${date.value}-01-01` };
  return new Date(padded[date.precision]);
}
