import { recheckTimes } from "../catalogue/recheck.ts";
import { bytesDigest } from "../db/bytes-digest.ts";
import { latestBodySha256, saveCapture } from "../db/captures.ts";
import { saveDevelopments } from "../db/developments.ts";
import { documentToRecheck, markWithdrawn, type RecheckedDocument, saveCheck } from "../db/documents.ts";
import { clearFailure } from "../db/stage-failures.ts";
import { currentVersion, versionWithStatements } from "../db/versions.ts";
import { detectWithdrawal } from "../detect/withdrawal.ts";
import { Failure } from "../domain/failure.ts";
import type { Run, WorkerContext } from "./context.ts";

/** Fetches a document again, to catch what its publisher changed or took away without a word. */
export const recheck: Run<"recheck"> = async ({ documentId }, context) => {
  const { db, enqueue, now } = context;
  const document = await documentToRecheck(db, documentId);
  // A job that reconcile and the last look both asked for comes twice: the second finds the document not due.
  if (!document || document.nextCheckAt > now()) return { skipped: true };
  const next = nextLook(document, now());
  const captureId = await fetchAgain(document, context);
  await saveCheck(db, documentId, next);
  if (captureId !== null) await enqueue("read", { captureId });
  if (next) await enqueue("recheck", { documentId }, { at: next });
  return { documentId, changed: captureId !== null };
};

/** Leaves a look that cannot be made and waits for the next one; where none is to come, the failure stays on file. */
export async function giveUpRecheck(
  { documentId }: { readonly documentId: number },
  _failure: Failure,
  { db, enqueue, now }: WorkerContext,
): Promise<void> {
  const document = await documentToRecheck(db, documentId);
  if (!document) return;
  const next = nextLook(document, now());
  await saveCheck(db, documentId, next);
  if (!next) return;
  await clearFailure(db, "recheck", String(documentId));
  await enqueue("recheck", { documentId }, { at: next });
}

function nextLook({ source, firstSeenAt }: RecheckedDocument, now: Date): Date | null {
  return recheckTimes(source, firstSeenAt).find((moment) => moment > now) ?? null;
}

/** A look that found a page gone met 404 or 410: both are `http-gone`. */
const GONE = 404;

/** Tells of a document that this look found gone, as the one before did; one that nobody has searched for news has to wait. */
async function tellWithdrawal({ id, source }: RecheckedDocument, { db, enqueue, now }: WorkerContext): Promise<void> {
  const current = await currentVersion(db, id);
  const version = current && (await versionWithStatements(db, current.id));
  if (!current || !version || version.detectedBy === null) return;
  const development = detectWithdrawal({
    ...{ documentId: String(id), title: version.article.title, date: null, statuses: [GONE, GONE] },
    ...{ official: source.official, sourceActorId: source.actor },
    ...{ lastText: version.article.text, lastSha256: current.textSha256 },
  });
  const added = await saveDevelopments(db, {
    ...{ documentId: id, versionId: version.id, previousVersionId: null, text: version.article.text },
    ...{ statements: version.statements, found: development ? [development] : [] },
    ...{ detectorVersion: version.detectedBy, detectedAt: now() },
  });
  await enqueue(
    "match",
    added.map((developmentId) => ({ developmentId })),
  );
}

/** Fetches the page; returns the new capture, or null when the bytes are the same or the page is gone. */
async function fetchAgain(document: RecheckedDocument, context: WorkerContext): Promise<number | null> {
  const { db, fetcher, now } = context;
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
    if (withdrawnAt) await tellWithdrawal(document, context);
    else await markWithdrawn(db, id, now());
    return null;
  }
}
