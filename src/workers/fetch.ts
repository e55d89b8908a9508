import { recheckTimes } from "../catalogue/recheck.ts";
import type { Source } from "../catalogue/source.ts";
import { saveCapture } from "../db/captures.ts";
import { documentWithIdentity, settleFailed, settleKnown, type WaitingItem, waitingItem } from "../db/items.ts";
import { canonicalUrl } from "../domain/canonical-url.ts";
import { Failure } from "../domain/failure.ts";
import type { Run, WorkerContext } from "./context.ts";

/** Turns an item into a capture: fetches its page (or takes the feed's own text) and archives the bytes. */
export const fetchItem: Run<"fetch"> = async ({ itemId }, context) => {
  const { db, enqueue, now } = context;
  const item = await waitingItem(db, itemId);
  if (!item) return { skipped: true };
  const identity = identityOf(item);
  const known = await documentWithIdentity(db, identity);
  if (known !== null) {
    await settleKnown(db, itemId, known, now());
    return { known };
  }
  const capture =
    item.source.document.fromFeed || !item.url
      ? captureOfFeedText(item, now())
      : await captureOfPage(item.url, item.source, context);
  const place = {
    ...{ identity, sourceId: item.sourceId, url: item.url, origin: null },
    nextCheckAt: recheckTimes(item.source, capture.fetchedAt)[0] ?? null,
  };
  const { captureId, documentId } = await saveCapture(db, capture, place, itemId);
  await enqueue("read", { captureId });
  return { documentId, bytes: capture.bytes.byteLength };
};

/** Records for good that an item could not be fetched. */
export async function giveUpFetch(
  { itemId }: { readonly itemId: number },
  failure: Failure,
  { db, now }: WorkerContext,
): Promise<void> {
  await settleFailed(db, itemId, failure, now());
}

function identityOf(item: WaitingItem): string {
  return (item.url && canonicalUrl(item.url)) ?? `${item.sourceId} ${item.key}`;
}

async function captureOfPage(url: string, source: Source, { fetcher, now }: WorkerContext) {
  const { bytes, finalUrl, headers, status, elapsedMs } = await fetcher.fetch({ url, plainHttp: source.plainHttp });
  return {
    bytes,
    url: finalUrl,
    headers,
    askedUrl: url,
    httpStatus: status,
    fetchedAt: now(),
    elapsedMs: Math.round(elapsedMs),
  };
}

function captureOfFeedText(item: WaitingItem, fetchedAt: Date) {
  const text = item.content ?? item.summary;
  if (!text) {
    throw new Failure(
      "no-text",
      `Item "${item.title ?? item.key}" of ${item.sourceId} has neither an address nor a text of its own.`,
    );
  }
  const url = item.url ?? item.source.list?.url ?? "";
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return {
    bytes: new TextEncoder().encode(text),
    url,
    headers,
    askedUrl: url,
    httpStatus: null,
    fetchedAt,
    elapsedMs: null,
  };
}
