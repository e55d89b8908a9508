import { readHttpDate } from "./retry-after.ts";

/** Longest that an answer is taken to be fresh; beyond it the word is a mistake or a habit. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/**
 * Finds how long an answer says it may be kept, in milliseconds (RFC 9111 §4.2): `max-age` less `Age`, else `Expires` less `Date`.
 *
 * @returns 0 where it must be asked for again each time; null where the answer does not say.
 */
export function freshForMs(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const directives = (headers["cache-control"] ?? "").toLowerCase();
  if (/(?:^|[\s,])no-(?:cache|store)\b(?!=)/.test(directives)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(directives)?.[1];
  if (maxAge !== undefined) return within(Number(maxAge) * 1_000 - ageMs(headers));
  // `Expires: 0` and the like mean: already over.
  if (headers.expires === undefined) return null;
  const expires = readHttpDate(headers.expires.trim(), now);
  if (!expires) return 0;
  const sentAt = readHttpDate(headers.date?.trim() ?? "", now) ?? now;
  return within(expires.getTime() - sentAt.getTime() - ageMs(headers));
}

function ageMs(headers: Readonly<Record<string, string>>): number {
  const age = /^\d+$/.exec(headers.age?.trim() ?? "")?.[0];
  return Number(age ?? 0) * 1_000;
}

function within(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_MS);
}
