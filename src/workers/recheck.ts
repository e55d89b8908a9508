import { nextRecheckAt } from "../catalogue/recheck.ts";
import { bytesDigest } from "../db/bytes-digest.ts";
import { type LatestCapture, latestCapture, type NewCapture, saveCapture } from "../db/captures.ts";
import { saveDevelopments } from "../db/developments.ts";
import { type Check, documentToRecheck, markWithdrawn, type RecheckedDocument, saveCheck } from "../db/documents.ts";
import { clearFailure } from "../db/stage-failures.ts";
import { currentVersion, versionWithStatements } from "../db/versions.ts";
import { detectWithdrawal } from "../detect/withdrawal.ts";
import { Failure } from "../domain/failure.ts";
import type { Run, WorkerContext } from "./context.ts";
import { captureOfFeedText, fetchPage } from "./fetch-page.ts";

/** Fetches a document again, to catch what its publisher changed or took away without a word. */
export const recheck: Run<"recheck"> = async ({ documentId }, context) => {
  const { db, enqueue, now } = context;
  const document = await documentToRecheck(db, documentId);
  // A job that reconcile and the last look both asked for comes twice: the second finds the document not due.
  if (!document || document.nextCheckAt > now()) return { skipped: true };
  const next = nextRecheckAt(document.source, document.firstSeenAt, now());
  const check = await look(document, context);
  await saveCheck(db, documentId, check, next);
  const { captureId, outcome } = check;
  if (captureId !== null) await enqueue("read", { captureId });
  if (next) await enqueue("recheck", { documentId }, { at: next });
  return { documentId, outcome };
};

/** Leaves a look that cannot be made and waits for the next one; where none is to come, the failure stays on file. */
export async function giveUpRecheck(
  { documentId }: { readonly documentId: number },
  { code, httpStatus }: Failure,
  { db, enqueue, now }: WorkerContext,
): Promise<void> {
  const document = await documentToRecheck(db, documentId);
  if (!document) return;
  const next = nextRecheckAt(document.source, document.firstSeenAt, now());
  const check = { checkedAt: now(), outcome: "failed", httpStatus, failureCode: code, captureId: null } as const;
  await saveCheck(db, documentId, check, next);
  if (!next) return;
  await clearFailure(db, "recheck", String(documentId));
  await enqueue("recheck", { documentId }, { at: next });
}

/** A look that found a page gone: 404, 410, or a page that says so. */
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

/** Captures the document as it stands now; null where its page did not change. What a feed tells whole is taken from there. */
async function captureNow(
  { url, source, item }: RecheckedDocument,
  before: LatestCapture | null,
  context: WorkerContext,
): Promise<NewCapture | null> {
  if (item && (source.document.fromFeed || url === null)) return captureOfFeedText(item, source, context.now());
  return url === null ? null : fetchPage(url, source, context, before);
}

/** Fetches the page and says what became of the document since the last look; keeps its bytes where they are others. */
async function look(document: RecheckedDocument, context: WorkerContext): Promise<Check> {
  const { db, now } = context;
  const { id, identity, url, source, withdrawnAt } = document;
  const before = await latestCapture(db, id);
  try {
    const page = await captureNow(document, before, context);
    if (withdrawnAt) await markWithdrawn(db, id, null);
    const back = withdrawnAt ? "restored" : null;
    const check = { checkedAt: now(), httpStatus: page?.httpStatus ?? 304, failureCode: null };
    if (!page || bytesDigest(page.bytes) === before?.sha256)
      return { ...check, outcome: back ?? "same", captureId: null };
    const place = { identity, sourceId: source.id, url, origin: null, nextCheckAt: null };
    const { captureId } = await saveCapture(db, page, place, null);
    return { ...check, outcome: back ?? "changed", captureId };
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== "http-gone" && error.code !== "page-gone")) throw error;
    if (withdrawnAt) await tellWithdrawal(document, context);
    else await markWithdrawn(db, id, now());
    const outcome = withdrawnAt ? "withdrawn" : "gone";
    return { checkedAt: now(), outcome, httpStatus: error.httpStatus, failureCode: null, captureId: null };
  }
}
