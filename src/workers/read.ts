import { captureWithBody, markRead, type StoredCapture } from "../db/archive/captures.ts";
import { saveFirstReading } from "../db/archive/first-reading.ts";
import { capturesToReadBefore, saveReading } from "../db/archive/readings.ts";
import { type ReadVersion, versionWithStatements } from "../db/archive/versions.ts";
import { linkVersion } from "../db/copies/copies.ts";
import { DETECTOR_VERSION } from "../detect/version.ts";
import { Failure } from "../domain/failure.ts";
import { READER_VERSION } from "../read/version.ts";
import type { Run, WorkerContext } from "./context.ts";
import { fileJobFailure } from "./file-job-failure.ts";
import type { TellingReading } from "./reader-thread.ts";

/**
 * Reads a capture into a version with its statements, if it says anything that the capture before did not.
 *
 * Earlier captures of the document that nobody has read, or only an older reader, are read first: an edit shows only between
 * two readings by one reader.
 */
export const read: Run<"read"> = async ({ captureId }, context) => {
  const { db } = context;
  const capture = await captureWithBody(db, captureId);
  if (!capture) return { skipped: true };
  if (capture.isOnly) return readOnly(capture, context);
  const unreadable = new Set<number>();
  for (const { id, wasRead } of await capturesToReadBefore(db, capture.documentId, captureId, READER_VERSION)) {
    const earlier = await captureWithBody(db, id);
    const failure = earlier && (await failureOfReading(earlier, unreadable, context));
    if (!failure) continue;
    unreadable.add(id);
    // One that nobody has read has a job of its own, which files what it fails of.
    if (wasRead) await fileJobFailure({ stage: "read", subject: String(id), tries: 1 }, failure, context);
  }
  return readOne(capture, unreadable, context);
};

/** Reads the only capture of a new document: there is nothing to compare it with. */
async function readOnly(capture: StoredCapture, context: WorkerContext) {
  const { db, enqueue, now, ruleBook } = context;
  const reading = await readText(capture, context);
  // Rules about statements ask what is said on any page, whether or not it tells of a development.
  const isAsked =
    reading.look !== null || (reading.statements.count > 0 && (await ruleBook(db, "statements")).rules.length > 0);
  const versionId = await saveFirstReading(db, {
    ...{ documentId: capture.documentId, captureId: capture.id, readerVersion: READER_VERSION },
    ...{ article: reading.article, statements: reading.statements, createdAt: now() },
    detectedBy: isAsked ? null : DETECTOR_VERSION,
  });
  // Another capture came in the meantime, or this one was read before.
  if (versionId === null) return readOne(capture, new Set(), context);
  // Most pages tell of nothing; `reconcile` compares those with the others when there is time.
  if (reading.look) {
    const version = await link(versionId, context);
    if (version) context.firstLooks.keep({ version, look: reading.look });
  }
  if (isAsked) await enqueue("detect", { versionId });
  return { versionId, cause: "first", statements: reading.statements.count };
}

/** Finds what a version repeats, before the detector asks whether it is the first to tell something. Gives the version. */
async function link(versionId: number, { db, now }: WorkerContext): Promise<ReadVersion | null> {
  const version = await versionWithStatements(db, versionId);
  if (version) await linkVersion(db, version, now());
  return version;
}

/** Reads an earlier capture; gives the failure of one that cannot be read, which keeps nobody from reading the later. */
async function failureOfReading(
  capture: StoredCapture,
  unreadable: ReadonlySet<number>,
  context: WorkerContext,
): Promise<Failure | null> {
  try {
    await readOne(capture, unreadable, context);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.log.info({ captureId: capture.id, code: error.code }, "an earlier capture could not be read");
    return error;
  }
}

async function readOne(capture: StoredCapture, unreadable: ReadonlySet<number>, context: WorkerContext) {
  const { db, enqueue, now } = context;
  const reading = await readText(capture, context);
  const own = {
    ...{ documentId: capture.documentId, captureId: capture.id, readerVersion: READER_VERSION },
    ...{ article: reading.article, statements: reading.statements, createdAt: now() },
  };
  const saved = await saveReading(db, own, unreadable);
  if (!saved) return { unchanged: true };
  const { versionId, cause, laterVersionId } = saved;
  const version = await link(versionId, context);
  if (version && reading.look) context.firstLooks.keep({ version, look: reading.look });
  await enqueue("detect", { versionId });
  // It was compared with nothing, or with an earlier one: the edit between the two is still to be found.
  if (laterVersionId !== null) await enqueue("detect", { versionId: laterVersionId });
  return { versionId, cause, statements: reading.statements.count };
}

/**
 * Reads a capture; the reading is as it will be stored, so that two are compared like with like.
 *
 * @throws {Failure} `no-text`; the capture is marked read, so that only a newer reader tries it again.
 */
async function readText(capture: StoredCapture, { db, reader }: WorkerContext): Promise<TellingReading> {
  const { fetched, source, published, title } = capture;
  const reading = await reader.readDocument(capture.documentId, fetched, { source, published, title, lang: null });
  if (reading.article.text.trim() !== "") return reading;
  await markRead(db, capture.id, READER_VERSION);
  throw new Failure("no-text", reading.article.problems[0]?.message ?? `No text was found in ${fetched.url}.`);
}
