/** What is known of a version when it is searched for developments. */
export type Sighting = {
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
export function mayBeNews({ cause, detectedBy, origin }: Sighting): boolean {
  return cause !== "reread" && detectedBy === null && origin === null;
}
