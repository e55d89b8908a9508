import { captureWithBody, markRead, type StoredCapture } from "../db/captures.ts";
import { storable } from "../db/storable.ts";
import { type CurrentVersion, currentVersion, saveVersion, textDigest } from "../db/versions.ts";
import { Failure } from "../domain/failure.ts";
import type { DocumentReading } from "../read/document.ts";
import { READER_VERSION } from "../read/version.ts";
import type { Run, WorkerContext } from "./context.ts";

/** Reads a capture into a version with its statements, if it says anything that the version before did not. */
export const read: Run<"read"> = async ({ captureId }, context) => {
  const { db, enqueue, now } = context;
  const capture = await captureWithBody(db, captureId);
  if (!capture) return { skipped: true };
  const reading = await readCapture(capture, context);
  if (reading.article.text.trim() === "") {
    await markRead(db, captureId, READER_VERSION);
    throw new Failure(
      "no-text",
      reading.article.problems[0]?.message ?? `No text was found in ${capture.fetched.url}.`,
    );
  }
  const before = await currentVersion(db, capture.documentId);
  if (before && before.readerVersion === READER_VERSION && saysTheSame(before, reading)) {
    await markRead(db, captureId, READER_VERSION);
    return { unchanged: true };
  }
  const cause = before ? await causeOf(before, captureId, reading, context) : "first";
  const versionId = await saveVersion(db, {
    ...{ documentId: capture.documentId, captureId, cause, readerVersion: READER_VERSION },
    ...{ article: reading.article, statements: reading.statements, createdAt: now() },
  });
  if (versionId === null) return { known: true };
  await enqueue("detect", { versionId });
  return { versionId, cause, statements: reading.statements.length };
};

/** Reads it as it will be stored, so that two readings are compared like with like. */
async function readCapture(
  { fetched, source, published, title }: StoredCapture,
  { reader }: WorkerContext,
): Promise<DocumentReading> {
  return storable(await reader.readDocument(fetched, { source, published, title, lang: null }));
}

function saysTheSame(before: CurrentVersion, { article }: DocumentReading): boolean {
  return before.textSha256 === textDigest(article.text) && before.title === article.title;
}

/**
 * Tells a publisher's edit from a better reading of ours: when an older reader read the version before, its bytes are read again,
 * and only what differs between two readings by the same reader is an edit. What an older capture brings is never one.
 */
async function causeOf(
  before: CurrentVersion,
  captureId: number,
  reading: DocumentReading,
  context: WorkerContext,
): Promise<"edited" | "reread"> {
  if (before.captureId >= captureId) return "reread";
  if (before.readerVersion === READER_VERSION) return "edited";
  const older = await captureWithBody(context.db, before.captureId);
  if (!older) return "edited";
  const again = await readCapture(older, context);
  return again.article.text === reading.article.text && again.article.title === reading.article.title
    ? "reread"
    : "edited";
}
