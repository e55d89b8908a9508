import { dayOf, type KnownDate } from "./known-date.ts";

/** A title and date as a list gives them. */
export type Listed = { readonly title: string | null; readonly publishedAt: KnownDate | null };

/** A shorter title (`Remarks`, `声明`) may stand over many documents of a day. */
const LEAST_LETTERS = 12;
const LEAST_HAN = 8;

const DAY_MS = 86_400_000;

/**
 * Tells whether a document of a source and one of its declared mirror are the same: their titles have the same letters and their
 * dates are at most a day apart. Without a date, or with a title too short to be of one document alone, nothing is known: false.
 */
export function isSamePublication(one: Listed, other: Listed): boolean {
  const title = lettersOf(one.title);
  if (title !== lettersOf(other.title) || !isTelling(title)) return false;
  const [day, otherDay] = [dayOf(one.publishedAt), dayOf(other.publishedAt)];
  // Places write the day in their own zones, and mirrors follow overnight.
  return day !== null && otherDay !== null && Math.abs(Date.parse(day) - Date.parse(otherDay)) <= DAY_MS;
}

/** Letters and digits alone: publishers re-typeset quotation marks, dashes and spaces. */
function lettersOf(title: string | null): string {
  return (title ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function isTelling(letters: string): boolean {
  return /\p{Script=Han}/u.test(letters) ? letters.length >= LEAST_HAN : letters.length >= LEAST_LETTERS;
}
