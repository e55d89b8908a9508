import { earliestInstant, type KnownDate } from "./known-date.ts";
import { isPossible } from "./possible-instant.ts";

/** What is known of a version when it is searched for developments. */
export type SearchedVersion = {
  /** Why the version was made. */
  readonly cause: "first" | "edited" | "reread";
  /** The detector that has looked at it already; null while none has. */
  readonly detectedBy: number | null;
  /** Where an imported document came from; null for one that we fetched. */
  readonly origin: string | null;
};

/**
 * Tells whether what a version shows may be news.
 *
 * Only the first look at what a publisher brought can be: a better reading or a second look is ours, and an imported
 * file is as old as the person who chose it.
 */
export function mayBeNews({ cause, detectedBy, origin }: SearchedVersion): boolean {
  return cause !== "reread" && detectedBy === null && origin === null;
}

/** What is dated further back than this is no news when it is first looked at. */
const NEWS_MS = 14 * 86_400_000;

/** Tells whether what bears this instant is young enough to be told as news. */
export function isRecent(instant: Date, now: Date): boolean {
  return instant.getTime() > now.getTime() - NEWS_MS;
}

/**
 * Tells whether what a version adds to the records, or what time alone brings to light in it, may be news. Records are compared when there is
 * time, so it does not matter whether a detector has looked at it; its publisher's date must show that it is recent, and an undated one shows
 * nothing.
 */
export function mayBeNewsOfRecords(
  {
    cause,
    origin,
    publishedAt,
  }: Pick<SearchedVersion, "cause" | "origin"> & { readonly publishedAt: KnownDate | null },
  now: Date,
): boolean {
  if (cause === "reread" || origin !== null || publishedAt === null) return false;
  const instant = earliestInstant(publishedAt);
  return isPossible(instant, now) && isRecent(instant, now);
}
