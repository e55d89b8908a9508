import { and, asc, between, desc, eq, getTableColumns, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { FoundBefore } from "../../detect/happening/keep-keys.ts";
import type { PastDevelopment } from "../../detect/input.ts";
import type { Development } from "../../domain/development.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { contains, wordsAt } from "../../domain/span.ts";
import type { ReadVersion } from "../archive/versions.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, developmentTypes, sources } from "../schema/catalogue.ts";
import { developmentActors, developmentEvidence, developments, developmentTopics } from "../schema/developments.ts";
import { confirmDevelopment } from "./confirmations.ts";
import { dismissedAmong } from "./dismissed-patterns.ts";
import { placeInThreads } from "./threads.ts";

/** Developments found in one version, ready to be kept. */
export type NewDevelopments = {
  readonly documentId: number;
  readonly versionId: number;
  /** The version before, for developments that are an edit. */
  readonly previousVersionId: number | null;
  readonly text: string;
  readonly statements: readonly { readonly id: number; readonly content: readonly Span[] }[];
  readonly found: readonly Development[];
  /**
   * Whether the publisher is a state or international body, whose word needs no second source; and which side's organ it is, the
   * media of its state among them, whose words are no second source beside another organ's.
   */
  readonly voice?: { readonly isPrimary: boolean; readonly side: string | null };
  readonly detectorVersion: number;
  readonly detectedAt: Date;
};

/**
 * Says all that is kept with what was found in a version: where it stands, and on whose word as far as confirming goes.
 *
 * @param by - What found it and when; and the version before, where it is an edit.
 */
export function foundIn(
  { id: versionId, documentId, article, source, statements }: ReadVersion,
  found: readonly Development[],
  by: Pick<NewDevelopments, "detectorVersion" | "detectedAt"> & { readonly previousVersionId?: number | null },
): NewDevelopments {
  const isPrimary = source?.official ?? false;
  const isOfSide = isPrimary || source?.class === "state-media";
  const side = isOfSide && (source?.bloc === "US" || source?.bloc === "China") ? source.bloc : null;
  const place = { documentId, versionId, previousVersionId: null, text: article.text, statements };
  return { ...place, found, voice: { isPrimary, side }, ...by };
}

/** Marks a version as looked at by a detector, whether it found anything or not. */
export async function markDetected(db: Database, versionId: number, detectorVersion: number): Promise<void> {
  await db.update(versions).set({ detectedBy: detectorVersion }).where(eq(versions.id, versionId));
}

/**
 * Keeps the developments of a version and marks it detected. One whose key is here already gains evidence
 * and nothing else, unless it was background until now and this is the news of it: then it becomes this one, for the rules to see.
 *
 * Call it in a transaction that holds the lock of developments: all of it is kept or nothing, and whoever else keeps developments
 * waits for it, so it asks as few questions as it can.
 *
 * @returns The ids of the developments that were not here, or not as news.
 */
export async function saveDevelopments(db: Database, all: NewDevelopments): Promise<readonly number[]> {
  const added: number[] = [];
  const told: number[] = [];
  for (const development of await withRulings(db, all)) {
    const { id: developmentId, isAdded } = await keepByKey(db, development, all);
    const { isPrimary = false, side = null } = all.voice ?? {};
    await Promise.all([
      saveEvidence(db, developmentId, development, all),
      isAdded && saveTags(db, developmentId, development),
      confirmDevelopment(db, developmentId, { documentId: all.documentId, text: all.text, isPrimary, side }),
    ]);
    told.push(developmentId);
    if (isAdded) added.push(developmentId);
  }
  await Promise.all([
    placeInThreads(db, [...new Set(told)], all.detectedAt),
    markDetected(db, all.versionId, all.detectorVersion),
  ]);
  return added;
}

/** What is held back, or what an analyst dismissed in the same words before, is no news. */
async function withRulings(db: Database, { found, text }: NewDevelopments): Promise<readonly StorableDevelopment[]> {
  const patterns = found.map(({ type, evidence }) => ({ type, words: evidence.map((span) => wordsAt(text, span)) }));
  const dismissed = await dismissedAmong(db, patterns);
  return found.map((development, index) => {
    const isDismissed = dismissed[index] ?? false;
    const isQuiet = isDismissed || development.hold !== null;
    return { ...development, isDismissed, status: isQuiet ? "background" : development.status };
  });
}

type StorableDevelopment = Development & { readonly isDismissed: boolean };

/** Keeps a development unless its key is here. Gives its id, and whether it is new, or news, by this. */
async function keepByKey(
  db: Database,
  development: StorableDevelopment,
  all: NewDevelopments,
): Promise<{ readonly id: number; readonly isAdded: boolean }> {
  const made = db
    .insert(developments)
    .values(developmentRow(development, all))
    .onConflictDoNothing({ target: developments.key })
    .returning({ id: developments.id });
  const [row] = await db.execute<{ id: number; is_made: boolean }>(sql`
    with made as ${made}
    select id::float8 as id, true as is_made from made union all
    select id::float8, false from developments where key = ${development.key} and not exists (select from made)`);
  // Another process kept it in the same moment: the next statement sees its row.
  if (!row) return keepByKey(db, development, all);
  if (row.is_made) return { id: row.id, isAdded: true };
  return { id: row.id, isAdded: await promote(db, development, all) };
}

function developmentRow(development: StorableDevelopment, all: NewDevelopments) {
  const { key, type, severity, status, summary, hedge, hold, eventDate, isDismissed } = development;
  const isEdit = type === "document.silent-edit";
  return {
    ...{ key, type, severity, status, summary, hedge, eventDate },
    ...{ hold: isDismissed ? null : hold, dismissedAt: isDismissed ? all.detectedAt : null },
    eventInstant: eventDate ? earliestInstant(eventDate) : null,
    documentId: all.documentId,
    versionId: all.versionId,
    previousVersionId: isEdit ? all.previousVersionId : null,
    detectorVersion: all.detectorVersion,
    detectedAt: all.detectedAt,
  };
}

/** Makes news of what was stored as background; tells whether it was that, and this is news itself. */
async function promote(db: Database, development: StorableDevelopment, all: NewDevelopments): Promise<boolean> {
  if (development.status !== "new") return false;
  const [row] = await db
    .update(developments)
    .set({
      ...developmentRow(development, all),
      matchedAt: null,
      severity: sql`case when ${developments.isSeverityRuled} then ${developments.severity} else ${development.severity} end`,
    })
    .where(
      and(
        eq(developments.key, development.key),
        eq(developments.status, "background"),
        isNull(developments.dismissedAt),
      ),
    )
    .returning({ id: developments.id });
  return row !== undefined;
}

async function saveEvidence(
  db: Database,
  developmentId: number,
  { evidence }: Development,
  all: NewDevelopments,
): Promise<void> {
  const rows = evidence
    .filter(({ start, end }) => start < end)
    .map((span) => ({
      developmentId,
      versionId: all.versionId,
      statementId:
        all.statements.find(({ content }) => content.some((part) => contains(part, span) || contains(span, part)))
          ?.id ?? null,
      spanStart: span.start,
      spanEnd: span.end,
      words: wordsAt(all.text, span),
    }));
  if (rows.length > 0) await db.insert(developmentEvidence).values(rows).onConflictDoNothing();
}

async function saveTags(db: Database, developmentId: number, { actorIds, topics }: Development): Promise<void> {
  const actorRows = actorIds.map((actorId) => ({ developmentId, actorId }));
  const topicRows = topics.map((topicId) => ({ developmentId, topicId }));
  await Promise.all([
    actorRows.length > 0 && db.insert(developmentActors).values(actorRows).onConflictDoNothing(),
    topicRows.length > 0 && db.insert(developmentTopics).values(topicRows).onConflictDoNothing(),
  ]);
}

/** Lists what was found in a version before, with the places that showed it. */
export async function foundBefore(db: Database, versionId: number): Promise<readonly FoundBefore[]> {
  const rows = await db
    .select({
      key: developments.key,
      type: developments.type,
      start: developmentEvidence.spanStart,
      end: developmentEvidence.spanEnd,
    })
    .from(developmentEvidence)
    .innerJoin(developments, eq(developments.id, developmentEvidence.developmentId))
    .where(eq(developmentEvidence.versionId, versionId))
    .orderBy(asc(developments.id), asc(developmentEvidence.id));
  const byKey = new Map<string, FoundBefore>();
  for (const { key, type, start, end } of rows)
    byKey.set(key, { key, type, evidence: [...(byKey.get(key)?.evidence ?? []), { start, end }] });
  return [...byKey.values()];
}

/**
 * Lists developments of some types that other documents showed and whose event lies near a moment or which were detected near it,
 * the first found first. Of more than `most` the newest are listed.
 */
export async function developmentsNear(
  db: Database,
  documentId: number,
  { types, moment, days }: { readonly types: readonly string[]; readonly moment: Date; readonly days: number },
  most = 5_000,
): Promise<readonly PastDevelopment[]> {
  const from = new Date(moment.getTime() - days * 86_400_000);
  const to = new Date(moment.getTime() + days * 86_400_000);
  const rows = await db
    .select({
      key: developments.key,
      type: developments.type,
      eventDate: developments.eventDate,
      status: developments.status,
      summary: developments.summary,
      detectedAt: developments.detectedAt,
      actorIds: sql<
        string[]
      >`coalesce((select array_agg(actor_id order by actor_id) from development_actors where development_id = "developments"."id"), '{}')`,
      topics: sql<
        string[]
      >`coalesce((select array_agg(topic_id order by topic_id) from development_topics where development_id = "developments"."id"), '{}')`,
    })
    .from(developments)
    .where(
      and(
        inArray(developments.type, [...types]),
        sql`${developments.documentId} <> ${documentId}`,
        or(
          between(developments.eventInstant, from, to),
          and(isNull(developments.eventInstant), between(developments.detectedAt, from, to)),
        ),
      ),
    )
    .orderBy(desc(developments.id))
    .limit(most);
  return rows.reverse().map(({ detectedAt, ...rest }) => ({ ...rest, firstSeenAt: detectedAt.toISOString() }));
}

/** Finds a development with its evidence, actors and topics; null when there is none. */
export async function developmentWithEvidence(db: Database, developmentId: number) {
  const [[row], evidence, people, about] = await Promise.all([
    db
      .select({
        ...getTableColumns(developments),
        typeName: { label: developmentTypes.label, labelZh: developmentTypes.labelZh },
      })
      .from(developments)
      .innerJoin(developmentTypes, eq(developmentTypes.id, developments.type))
      .where(eq(developments.id, developmentId)),
    db
      .select({
        words: developmentEvidence.words,
        spanStart: developmentEvidence.spanStart,
        spanEnd: developmentEvidence.spanEnd,
        statementId: developmentEvidence.statementId,
        versionId: developmentEvidence.versionId,
        documentId: versions.documentId,
        title: versions.title,
        source: sources.title,
        publishedAt: versions.publishedAt,
      })
      .from(developmentEvidence)
      .innerJoin(versions, eq(versions.id, developmentEvidence.versionId))
      .innerJoin(documents, eq(documents.id, versions.documentId))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .where(eq(developmentEvidence.developmentId, developmentId))
      .orderBy(asc(developmentEvidence.id)),
    db
      .select({ id: actors.id, name: actors.name, bloc: actors.bloc })
      .from(developmentActors)
      .innerJoin(actors, eq(actors.id, developmentActors.actorId))
      .where(eq(developmentActors.developmentId, developmentId)),
    db
      .select({ id: developmentTopics.topicId })
      .from(developmentTopics)
      .where(eq(developmentTopics.developmentId, developmentId)),
  ]);
  return row ? { ...row, evidence, actors: people, topics: about.map(({ id }) => id) } : null;
}

/** Lists developments detected before a moment that the rules were not applied to and no failure holds back. */
export async function unmatchedDevelopments(
  db: Database,
  detectedBefore: Date,
  most: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: developments.id })
    .from(developments)
    .where(
      and(
        isNull(developments.matchedAt),
        lt(developments.detectedAt, detectedBefore),
        notHeldBack(db, "match", developments.id),
      ),
    )
    .orderBy(asc(developments.detectedAt))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Lists developments in the order they were found, after one that is known: for following along. */
export async function developmentsAfter(db: Database, afterId: number, most: number) {
  return db
    .select({
      id: developments.id,
      type: developments.type,
      severity: developments.severity,
      status: developments.status,
      summary: developments.summary,
      previousVersionId: developments.previousVersionId,
      versionId: developments.versionId,
    })
    .from(developments)
    .where(gt(developments.id, afterId))
    .orderBy(asc(developments.id))
    .limit(most);
}
