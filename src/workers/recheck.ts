import { nextRecheckAt } from "../catalogue/recheck.ts";
import { bytesDigest } from "../db/archive/bytes-digest.ts";
import { type LatestCapture, latestCapture, type NewCapture, saveCapture } from "../db/archive/captures.ts";
import {
  type Answer,
  type Check,
  documentToRecheck,
  lastAnswers,
  type RecheckedDocument,
  saveCheck,
} from "../db/archive/documents.ts";
import { currentVersion, versionWithStatements } from "../db/archive/versions.ts";
import type { Database } from "../db/client.ts";
import { clearFailure } from "../db/collection/stage-failures.ts";
import { withDevelopmentLock } from "../db/developments/development-lock.ts";
import { foundIn, saveDevelopments } from "../db/developments/developments.ts";
import { detectWithdrawal } from "../detect/edit/withdrawal.ts";
import { Failure } from "../domain/failure.ts";
import { type Alerted, alertOnDevelopments } from "./alerting.ts";
import type { Run, WorkerContext } from "./context.ts";
import { captureOfFeedText, fetchPage } from "./fetch-page.ts";
import { sendAlerts } from "./send-alerts.ts";

/** Fetches a document again, to catch what its publisher changed or took away without a word. */
export const recheck: Run<"recheck"> = async ({ documentId }, context) => {
  const { db, enqueue, now } = context;
  const document = await documentToRecheck(db, documentId);
  // A job that reconcile and the last look both asked for comes twice: the second finds the document not due.
  if (!document || document.nextCheckAt > now()) return { skipped: true };
  const next = nextRecheckAt(document.source, document.firstSeenAt, now());
  const check = await look(document, context);
  const { dueAt, alerted } = await keep(document, check, next, context);
  await sendAlerts(alerted, context);
  const { captureId, outcome } = check;
  if (captureId !== null) await enqueue("read", { captureId });
  if (dueAt) await enqueue("recheck", { documentId }, { at: dueAt });
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
  const dueAt = await saveCheck(db, documentId, check, { dueAt: document.nextCheckAt, nextCheckAt: next });
  if (!dueAt) return;
  await clearFailure(db, "recheck", String(documentId));
  await enqueue("recheck", { documentId }, { at: dueAt });
}

/** Keeps what a look came to; a withdrawal and its alerts in the same transaction, so that none stands here without the other. */
async function keep(
  document: RecheckedDocument,
  check: Check,
  nextCheckAt: Date | null,
  context: WorkerContext,
): Promise<{ readonly dueAt: Date | null; readonly alerted: readonly Alerted[] }> {
  const { db } = context;
  const due = { dueAt: document.nextCheckAt, nextCheckAt };
  if (check.outcome !== "withdrawn") return { dueAt: await saveCheck(db, document.id, check, due), alerted: [] };
  return withDevelopmentLock(db, async (locked) => {
    const dueAt = await saveCheck(locked, document.id, check, due);
    return { dueAt, alerted: await tellWithdrawal(locked, document, context) };
  });
}

/** What a page that says it is gone counts as, whatever its status. */
const GONE = 404;

function isGone({ outcome }: Answer): boolean {
  return outcome === "gone" || outcome === "withdrawn";
}

/** Tells of a document that the last looks found gone; one that nobody has searched for news has to wait. */
async function tellWithdrawal(
  db: Database,
  { id, source }: RecheckedDocument,
  context: WorkerContext,
): Promise<readonly Alerted[]> {
  const current = await currentVersion(db, id);
  const version = current && (await versionWithStatements(db, current.id));
  if (!current || !version || version.detectedBy === null) return [];
  const answers = await lastAnswers(db, id, 2);
  const development = detectWithdrawal({
    ...{ documentId: String(id), title: version.article.title, date: null },
    statuses: answers.map((answer) => (isGone(answer) ? GONE : (answer.httpStatus ?? 0))),
    ...{ official: source.official, sourceActorId: source.actor },
    ...{ lastText: version.article.text, lastSha256: current.textSha256 },
  });
  if (!development) return [];
  const by = { detectorVersion: version.detectedBy, detectedAt: context.now() };
  const added = await saveDevelopments(db, foundIn(version, [development], by));
  return alertOnDevelopments(db, added, context);
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
    const back = withdrawnAt ? "restored" : null;
    const check = { checkedAt: now(), httpStatus: page?.httpStatus ?? 304, failureCode: null };
    if (!page || bytesDigest(page.bytes) === before?.sha256)
      return { ...check, outcome: back ?? "same", captureId: null };
    const place = { identity, sourceId: source.id, url, origin: null, nextCheckAt: null };
    const { captureId } = await saveCapture(db, page, place, null);
    return { ...check, outcome: back ?? "changed", captureId };
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== "http-gone" && error.code !== "page-gone")) throw error;
    const [last] = await lastAnswers(db, id, 1);
    const outcome = last && isGone(last) ? "withdrawn" : "gone";
    return { checkedAt: now(), outcome, httpStatus: error.httpStatus, failureCode: null, captureId: null };
  }
}
