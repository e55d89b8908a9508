import type { Chance } from "../site/chance.ts";

/** Statements of a generated document. */
export const PER_DOCUMENT = 20;

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2021, 0, 1);
const DAYS = 2_000;

/** The day after the last statement, as of which an archive is looked at. */
export const LAST_DAY = new Date(FIRST_DAY + (DAYS + 3) * DAY_MS);

/** Gives the day of a document: `through` is where it stands among all, from 0 to 1; neighbours are up to three days apart. */
export function dayThrough(through: number, chance: Chance): string {
  return new Date(FIRST_DAY + Math.floor(through * DAYS + chance() * 3) * DAY_MS).toISOString().slice(0, 10);
}
