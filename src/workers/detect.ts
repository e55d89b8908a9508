import { type ReadVersion, textDigest, versionBefore, versionWithStatements } from "../db/archive/versions.ts";
import type { Database } from "../db/client.ts";
import { withDevelopmentLock } from "../db/developments/development-lock.ts";
import {
  developmentsNear,
  foundBefore,
  foundIn,
  markDetected,
  saveDevelopments,
} from "../db/developments/developments.ts";
import { typesRetoldBy } from "../detect/happening/families.ts";
import { keepKeys } from "../detect/happening/keep-keys.ts";
import { mayBeSameTime } from "../detect/happening/status.ts";
import type { PastDevelopment } from "../detect/input.ts";
import type { Tellings } from "../detect/telling.ts";
import { DETECTOR_VERSION } from "../detect/version.ts";
import type { Development } from "../domain/development.ts";
import { earliestInstant } from "../domain/known-date.ts";
import { mayBeNews } from "../domain/news.ts";
import { type Alerted, alertOnVersion } from "./alerting.ts";
import type { Run, WorkerContext } from "./context.ts";
import { keepRecords } from "./keep-records.ts";
import { sendAlerts } from "./send-alerts.ts";

/** How far around a document's date earlier developments are compared with its own. */
const COMPARED_DAYS = 200;

/** Finds what is new in the talks in one version: developments it tells of, and the edit that it is. */
export const detect: Run<"detect"> = async ({ versionId }, context) => {
  const { db } = context;
  const first = context.firstLooks.take(versionId);
  const version = first?.version ?? (await versionWithStatements(db, versionId));
  if (!version) return { skipped: true };
  const [edit, { tellings, records }] = await Promise.all([
    findEdit(version, context),
    first?.look ?? context.reader.look(facts(version)),
  ]);
  if (tellings.list.length === 0 && !edit) {
    const alerted = await db.transaction(async (tx) => {
      await markDetected(tx, versionId, DETECTOR_VERSION);
      return alertOnVersion(tx, { ...version, isNews: mayBeNews(version) }, [], context);
    });
    await sendAlerts(alerted, context);
    return { found: 0, recorded: await keepRecords(version, records, context) };
  }
  const { found, added, alerted } = await settle(version, edit, tellings, context);
  await sendAlerts(alerted, context);
  const recorded = await keepRecords(version, records, context);
  return { found, new: added.length, recorded };
};

/**
 * Lists what other documents told around the time of this one, as far as it can be the same as something told here: an archive of
 * years holds thousands of developments, and a document tells of one or two types.
 */
async function pastOf(
  { documentId, article, createdAt }: ReadVersion,
  { list }: Tellings,
  db: Database,
): Promise<readonly PastDevelopment[]> {
  if (list.length === 0) return [];
  const told = list.map(({ candidate }) => candidate);
  const moment = article.publishedAt ? earliestInstant(article.publishedAt) : createdAt;
  const types = [...new Set(told.flatMap(({ type }) => typesRetoldBy(type)))];
  const near = await developmentsNear(db, documentId, { types, moment, days: COMPARED_DAYS });
  return near.filter((other) => told.some((one) => mayBeSameTime(one.eventDate, other.eventDate)));
}

/**
 * Judges what a document tells and keeps it, one document at a time: of two that tell the same happening in the same second, the
 * second must find the first. The text was searched before, outside the lock that everybody waits for.
 */
function settle(
  version: ReadVersion,
  edit: Edit | null,
  tellings: Tellings,
  context: WorkerContext,
): Promise<{ readonly found: number; readonly added: readonly number[]; readonly alerted: readonly Alerted[] }> {
  const { db, judge, now } = context;
  return withDevelopmentLock(db, async (locked) => {
    const told = judge(tellings, await pastOf(version, tellings, locked), now());
    const before = version.detectedBy === null ? [] : await foundBefore(locked, version.id);
    const kept = keepKeys(told, before);
    const asJudged = mayBeNews(version) ? kept : kept.map(asBackground);
    const all = edit ? [...asJudged, edit.development] : asJudged;
    const by = { detectorVersion: DETECTOR_VERSION, detectedAt: now(), previousVersionId: edit?.previousVersionId };
    const added = await saveDevelopments(locked, foundIn(version, all, by));
    // A development and its alerts stand here together or not at all.
    const alerted = await alertOnVersion(locked, { ...version, isNews: mayBeNews(version) }, added, context);
    return { found: all.length, added, alerted };
  });
}

function facts({ article, source, statements }: ReadVersion) {
  const { title, text, kind, lang, publishedAt } = article;
  return {
    article: { title, text, kind, lang, publishedAt },
    official: source?.official ?? false,
    sourceActorId: source?.actor ?? null,
    statements,
  };
}

type Edit = { readonly development: Development; readonly previousVersionId: number };

/** Compares a version with the capture before it, also where that one was read after it. */
async function findEdit(version: ReadVersion, { db, reader }: WorkerContext): Promise<Edit | null> {
  const { article, source, documentId, cause } = version;
  const before = cause === "reread" ? null : await versionBefore(db, version);
  if (!before) return null;
  // A second look is not news, but the first at these two texts together is.
  const isFirstLook = before.id > version.id;
  // Where our reader failed on the capture before, the difference may be one between two readers: it is kept, and not told.
  const isOneReader = before.readerVersion === version.readerVersion;
  const isNews = isOneReader && mayBeNews(isFirstLook ? { ...version, detectedBy: null } : version);
  const development = await reader.detectEdit({
    ...{ documentId: String(documentId), title: article.title, date: article.updatedAt },
    ...{ official: source?.official ?? false, sourceActorId: source?.actor ?? null },
    ...{ before: before.text, beforeSha256: textDigest(before.text) },
    ...{ after: article.text, afterSha256: textDigest(article.text) },
  });
  if (!development) return null;
  return { development: isNews ? development : asBackground(development), previousVersionId: before.id };
}

/** What a better reading, a second look or an import brings to light is no news. */
function asBackground(development: Development): Development {
  return { ...development, status: "background", hold: null };
}
