import type { WrittenDate } from "../../read/date/dates-in-text.ts";

/** What somebody fixes a day with, up to the day itself. */
const PLAN =
  /\b(?:(?:re-?)?scheduled|set|slated|planned|due|expected|fixed|arranged|pencil?led in|(?:was|were|is|are|had been|been) to \w+|will|would|to (?:be held|take place))\b(?! (?:up|out|aside|back|off|forth|against)\b)[^,;:?!]{0,50}$|(?:原定|定于|定在|拟于|拟在|拟定|计划于|计划在|将于|将在|预定|预计)[^，。；]{0,12}$/i;
/** A verb of the past between a plan and a day: "the talks planned by both were cancelled on". */
const DONE_SINCE =
  /\b(?:said|says|told|announced|met|was|were|has|have|had|did|called|cancell?ed|postponed|suspended|delayed)\b/i;

/** Tells whether the words before a date plan for it: "the talks scheduled for", 原定于. Whatever the sentence tells did not happen on that day. */
export function isPlannedFor(before: string): boolean {
  const plan = PLAN.exec(before)?.[0];
  if (plan === undefined) return false;
  return !DONE_SINCE.test(plan.replace(/^(?:was|were|is|are|had been|been) to\b/i, ""));
}

/** A day or month without its year that would be further back than this is the next one where something is to come, in days. */
const LONG_AGO_DAYS = 300;

/**
 * Tells whether a date without a year, read as one of the past, must be one to come in words about what is planned: in November
 * "the December 3 talks" that are called off are not those of last December.
 *
 * @param day - Day of the document (`2026-11-21`).
 */
export function isStillToCome({ date }: WrittenDate, day: string | null): boolean {
  if (!date || !day || date.precision === "year" || /\d{4}|last|past|去年|前年/i.test(date.raw)) return false;
  const backDays = (Date.parse(day) - Date.parse(date.value.slice(0, 10))) / 86_400_000;
  return backDays > LONG_AGO_DAYS;
}
