import { dayOf } from "../../domain/known-date.ts";
import { contentWords } from "../words/content-words.ts";
import type { Link } from "./join-thread.ts";

/** What two accounts disagree on. */
export type ConflictSubject = "outcome" | "date" | "denial";

/** Accounts of one meeting come within so many days. */
const OUTCOME_DAYS = 10;
/** A denial answers what was told so recently. */
const DENIAL_DAYS = 14;
const DAY_MS = 86_400_000;

const OUTCOME = /^(?:agreement\.|talks\.announced|commitment\.made)/;

/**
 * Finds what two accounts cannot both be right about; null where they can.
 *
 * "No agreement was announced" stands against "reached a consensus to launch"; a denial against what it denies; two days against
 * each other for one meeting. The caller has seen that they are of one thread or of one time and the same sides.
 */
export function conflictOf(one: Link, other: Link): ConflictSubject | null {
  const days = Math.abs(one.at.getTime() - other.at.getTime()) / DAY_MS;
  if (!one.actorIds.some((id) => other.actorIds.includes(id))) return null;
  const types = [one.type, other.type];
  if (types.includes("talks.no-outcome") && types.some((type) => OUTCOME.test(type)) && days <= OUTCOME_DAYS)
    return "outcome";
  if (types.includes("statement.contradicted")) {
    const isDenial = one.type !== other.type && days <= DENIAL_DAYS && sharesSubject(one, other);
    return isDenial ? "denial" : null;
  }
  if (one.type === other.type && /\.(?:scheduled|held)$/.test(one.type)) return daysDiffer(one, other) ? "date" : null;
  return null;
}

/** Content words that a denial and what it denies must share. */
const SHARED_WORDS = 3;

function sharesSubject(one: Link, other: Link): boolean {
  const words = contentWords(other.summary);
  return [...contentWords(one.summary)].filter((word) => words.has(word)).length >= SHARED_WORDS;
}

/** Both dates stand in the words themselves and are further apart than time zones can bring them. */
function daysDiffer(one: Link, other: Link): boolean {
  const [a, b] = [dayOf(one.eventDate), dayOf(other.eventDate)];
  if (!a || !b || one.eventDate?.basis !== "text" || other.eventDate?.basis !== "text") return false;
  return Math.abs(Date.parse(a) - Date.parse(b)) >= 2 * DAY_MS;
}
