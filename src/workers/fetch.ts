import { recheckTimes } from "../catalogue/recheck.ts";
import type { Source } from "../catalogue/source.ts";
import { type NewCapture, saveCapture } from "../db/archive/captures.ts";
import { settleFailed, settleKnown, type WaitingItem, waitingItem } from "../db/collection/items.ts";
import { documentsOfSources, documentWithIdentity, type NewPlace } from "../db/collection/places.ts";
import { documentIdentity } from "../domain/document-identity.ts";
import type { Failure } from "../domain/failure.ts";
import { publicationMovedTo } from "../domain/publication-moved.ts";
import { isSamePublication } from "../domain/same-publication.ts";
import type { Run, WorkerContext } from "./context.ts";
import { captureOfFeedText, fetchPage } from "./fetch-page.ts";

/** Documents that stand on a mirror show within so many days of each other. */
const MIRROR_WINDOW_MS = 10 * 86_400_000;

/** Turns an item into a capture: fetches its page (or takes the feed's own text) and archives the bytes; unless its document is here already. */
export const fetchItem: Run<"fetch"> = async ({ itemId }, context) => {
  const { db, enqueue, now, sites } = context;
  const item = await waitingItem(db, itemId);
  if (!item) return { skipped: true };
  const identity = (item.url && documentIdentity(item.url, sites)) ?? `${item.sourceId} ${item.key}`;
  const place = { identity, sourceId: item.sourceId, url: item.url, kind: "address" } as const;
  const known = await documentWithIdentity(db, identity);
  if (known !== null) return settle(item, known, place, context);
  const mirrored = await documentOnMirror(item, context);
  if (mirrored !== null) return settle(item, mirrored, { ...place, kind: "mirror" }, context);
  const capture =
    item.source.document.fromFeed || !item.url
      ? captureOfFeedText(item, item.source, now())
      : await captureOfPage(item.url, item.source, context);
  const moved = item.url === null ? null : publicationMovedTo(item.url, capture.url, sites);
  const there = moved === null ? null : await documentWithIdentity(db, moved);
  if (there !== null) return settle(item, there, { ...place, kind: "redirect" }, context);
  const { captureId, documentId } = await saveCapture(
    db,
    capture,
    {
      ...{ identity, sourceId: item.sourceId, url: item.url, origin: null },
      nextCheckAt: recheckTimes(item.source, capture.fetchedAt)[0] ?? null,
    },
    itemId,
    moved === null ? null : { identity: moved, url: capture.url },
  );
  await enqueue("read", { captureId });
  return { documentId, bytes: capture.bytes.byteLength };
};

async function settle(
  item: WaitingItem,
  documentId: number,
  place: Omit<NewPlace, "documentId">,
  { db, now }: WorkerContext,
) {
  await settleKnown(db, item.id, documentId, place, now());
  return { known: documentId };
}

/** Finds the document of an item on a declared mirror of its source, or on what its source mirrors. */
async function documentOnMirror(item: WaitingItem, { db, mirrorsOf }: WorkerContext): Promise<number | null> {
  const sourceIds = mirrorsOf(item.sourceId);
  if (sourceIds.length === 0) return null;
  const seen = item.firstSeenAt.getTime();
  const neighbours = await documentsOfSources(db, sourceIds, [
    new Date(seen - MIRROR_WINDOW_MS),
    new Date(seen + MIRROR_WINDOW_MS),
  ]);
  return neighbours.find((neighbour) => isSamePublication(item, neighbour))?.documentId ?? null;
}

/** Records for good that an item could not be fetched. */
export async function giveUpFetch(
  { itemId }: { readonly itemId: number },
  failure: Failure,
  { db, now }: WorkerContext,
): Promise<void> {
  await settleFailed(db, itemId, failure, now());
}

async function captureOfPage(url: string, source: Source, context: WorkerContext): Promise<NewCapture> {
  const capture = await fetchPage(url, source, context);
  if (capture === null) throw new Error(`${url} answered 304 to a question without validators`);
  return capture;
}
