/** One reading of a document, as far as another is compared with it. */
export type PlacedReading = {
  readonly versionId: number;
  /** Captures are numbered in the order in which they were fetched. */
  readonly captureId: number;
  readonly readerVersion: number;
  readonly title: string | null;
  readonly textSha256: string;
};

/** What a new reading is among those of its document. */
export type Placement = {
  readonly cause: "first" | "edited" | "reread";
  /** The next capture's reading, which was compared without knowing of this one; null where there is none. */
  readonly laterVersionId: number | null;
};

/**
 * Decides what a new reading is among the readings of its document, in whatever order the captures were read.
 *
 * It is compared with the nearest earlier capture as the same reader read it: only there is a difference surely the publisher's. Where
 * that reader cannot read the earlier capture at all, what another read there has to do, or an edit would be lost for good.
 * A capture that was read before is `reread`, and so is one with nothing to be compared with while others are here.
 *
 * @param wasRead - Whether some reader has read this capture before.
 * @param unreadable - Earlier captures that this reader failed on.
 * @returns null when it adds nothing: it is here already, or says what its neighbour says.
 */
export function placeReading(
  reading: Omit<PlacedReading, "versionId">,
  others: readonly PlacedReading[],
  wasRead: boolean,
  unreadable: ReadonlySet<number> = new Set(),
): Placement | null {
  const byCapture = [...others].sort((a, b) => a.captureId - b.captureId);
  const sameReader = byCapture.filter(({ readerVersion }) => readerVersion === reading.readerVersion);
  if (sameReader.some(({ captureId }) => captureId === reading.captureId)) return null;
  const nearest = byCapture.findLast(({ captureId }) => captureId < reading.captureId);
  const asReadHere = sameReader.findLast(({ captureId }) => captureId === nearest?.captureId);
  const before = asReadHere ?? (nearest && unreadable.has(nearest.captureId) ? nearest : undefined);
  const after = sameReader.find(({ captureId }) => captureId > reading.captureId);
  const readByOlder = byCapture.some(({ captureId }) => captureId === reading.captureId);
  const neighbours = [before, wasRead ? undefined : after];
  if (!readByOlder && neighbours.some((other) => other && saysTheSame(other, reading))) return null;
  const laterVersionId = wasRead ? null : (after?.versionId ?? null);
  if (others.length === 0) return { cause: "first", laterVersionId };
  return { cause: before && !wasRead ? "edited" : "reread", laterVersionId };
}

type Words = Pick<PlacedReading, "title" | "textSha256">;

function saysTheSame(one: Words, other: Words): boolean {
  return one.textSha256 === other.textSha256 && one.title === other.title;
}
