import { developmentsNear, saveDevelopments } from "../db/developments.ts";
import { type ReadVersion, textDigest, versionBefore, versionWithStatements } from "../db/versions.ts";
import { DETECTOR_VERSION } from "../detect/version.ts";
import type { Development } from "../domain/development.ts";
import { earliestInstant } from "../domain/known-date.ts";
import type { Run, WorkerContext } from "./context.ts";

/** How far around a document's date earlier developments are compared with its own. */
const COMPARED_DAYS = 200;

/** Finds what is new in the talks in one version: developments it tells of, and the edit that it is. */
export const detect: Run<"detect"> = async ({ versionId }, context) => {
  const { db, enqueue, now } = context;
  const version = await versionWithStatements(db, versionId);
  if (!version) return { skipped: true };
  const { article, documentId, statements } = version;
  const before = version.cause === "first" ? null : await versionBefore(db, documentId, version.number);
  const moment = article.publishedAt ? earliestInstant(article.publishedAt) : version.createdAt;
  const past = await developmentsNear(db, documentId, moment, COMPARED_DAYS);
  const told = await context.reader.detect({ ...facts(version), past, now: now() });
  const edit = before && version.cause === "edited" ? await findEdit(version, before, context) : null;
  const found = [...told, ...(edit ? [edit] : [])];
  const added = await saveDevelopments(db, {
    ...{ documentId, versionId, previousVersionId: before?.id ?? null, text: article.text, statements },
    found: version.cause === "reread" ? found.map(asBackground) : found,
    ...{ detectorVersion: DETECTOR_VERSION, detectedAt: now() },
  });
  await enqueue(
    "match",
    added.map((developmentId) => ({ developmentId })),
  );
  return { found: found.length, new: added.length };
};

function facts({ article, source, statements }: ReadVersion) {
  const { title, text, kind, lang, publishedAt } = article;
  return {
    article: { title, text, kind, lang, publishedAt },
    official: source?.official ?? false,
    sourceActorId: source?.actor ?? null,
    statements,
  };
}

function findEdit(
  version: ReadVersion,
  before: { readonly title: string | null; readonly text: string },
  { reader, now }: WorkerContext,
) {
  const { article, source } = version;
  return reader.detectEdit({
    ...{ before: before.text, after: article.text, title: article.title, publishedAt: article.publishedAt },
    ...{ official: source?.official ?? false, sourceActorId: source?.actor ?? null },
    documentId: String(version.documentId),
    ...{ beforeSha256: textDigest(before.text), afterSha256: textDigest(article.text), now: now() },
  });
}

/** What our own better reading brings to light is no news. */
function asBackground(development: Development): Development {
  return { ...development, status: "background" };
}
