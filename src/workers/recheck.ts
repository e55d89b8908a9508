import { recheckTimes } from "../catalogue/recheck.ts";
import { bytesDigest } from "../db/bytes-digest.ts";
import { latestBodySha256, saveCapture } from "../db/captures.ts";
import { documentToRecheck, markWithdrawn, type RecheckedDocument, saveCheck } from "../db/documents.ts";
import { Failure } from "../domain/failure.ts";
import type { Run, WorkerContext } from "./context.ts";

/** Fetches a document again, to catch what its publisher changed or took away without a word. */
export const recheck: Run<"recheck"> = async ({ documentId }, context) => {
  const { db, enqueue, now } = context;
  const document = await documentToRecheck(db, documentId);
  if (!document) return { skipped: true };
  const next = recheckTimes(document.source, document.firstSeenAt).find((moment) => moment > now()) ?? null;
  const captureId = await fetchAgain(document, context);
  await saveCheck(db, documentId, next);
  if (captureId !== null) await enqueue("read", { captureId });
  if (next) await enqueue("recheck", { documentId }, { at: next });
  return { documentId, changed: captureId !== null };
};

/** Fetches the page; returns the new capture, or null when the bytes are the same or the page is gone. */
async function fetchAgain(document: RecheckedDocument, { db, fetcher, now }: WorkerContext): Promise<number | null> {
  const { id, identity, url, source, withdrawnAt } = document;
  try {
    const { bytes, finalUrl, headers, status, elapsedMs } = await fetcher.fetch({ url, plainHttp: source.plainHttp });
    if (withdrawnAt) await markWithdrawn(db, id, null);
    if ((await latestBodySha256(db, id)) === bytesDigest(bytes)) return null;
    const capture = {
      bytes,
      url: finalUrl,
      headers,
      askedUrl: url,
      httpStatus: status,
      fetchedAt: now(),
      elapsedMs: Math.round(elapsedMs),
    };
    const { captureId } = await saveCapture(
      db,
      capture,
      { identity, sourceId: source.id, url, origin: null, nextCheckAt: null },
      null,
    );
    return captureId;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "http-gone") throw error;
    if (!withdrawnAt) await markWithdrawn(db, id, now());
    return null;
  }
}
