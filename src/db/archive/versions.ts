import { createHash } from "node:crypto";
import { and, asc, desc, eq, isNull, lt, not, sql } from "drizzle-orm";
import type { Source } from "../../catalogue/source.ts";
import type { Article, DocumentKind, Language } from "../../domain/article.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { captures, documents, versions } from "../schema/archive.ts";
import { sources } from "../schema/catalogue.ts";
import { unsearchOldVersions } from "../search/statement-index.ts";
import { storable } from "../storable.ts";
import { type StoredStatement, saveStatements, statementsOf } from "./statements.ts";
import type { WrittenStatements } from "./written-statements.ts";

/** The version of a document that counts, as far as a new reading is compared with it. */
export type CurrentVersion = {
  readonly id: number;
  readonly captureId: number;
  readonly number: number;
  readonly readerVersion: number;
  readonly title: string | null;
  readonly textSha256: string;
};

/** A reading to be kept. */
export type NewVersion = {
  readonly documentId: number;
  readonly captureId: number;
  readonly cause: "first" | "edited" | "reread";
  readonly readerVersion: number;
  readonly article: Article;
  readonly statements: WrittenStatements;
  readonly createdAt: Date;
};

/** Digests a text, for telling whether two readings are the same. */
export function textDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Finds the version of a document that counts today; null while there is none. */
export async function currentVersion(db: Database, documentId: number): Promise<CurrentVersion | null> {
  const [row] = await db
    .select({
      id: versions.id,
      captureId: versions.captureId,
      number: versions.number,
      readerVersion: versions.readerVersion,
      title: versions.title,
      textSha256: versions.textSha256,
    })
    .from(documents)
    .innerJoin(versions, eq(versions.id, documents.currentVersionId))
    .where(eq(documents.id, documentId));
  return row ?? null;
}

/**
 * Keeps a reading with its statements, makes it the version that counts (unless a later capture brought that one) and marks
 * the capture read, in one transaction.
 * A reading of this capture by this reader that is here already is left as it is.
 *
 * @returns The id of the version, or null when it was here.
 */
export async function saveVersion(db: Database, reading: NewVersion): Promise<number | null> {
  const version = { ...reading, article: storable(reading.article) };
  return db.transaction(async (tx) => {
    // Two readings of one document must not take the same number.
    await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, version.documentId)).for("update");
    const [{ last } = { last: 0 }] = await tx
      .select({ last: sql<number>`coalesce(max(${versions.number}), 0)::int` })
      .from(versions)
      .where(eq(versions.documentId, version.documentId));
    const [row] = await tx
      .insert(versions)
      .values(versionRow(version, last + 1))
      .onConflictDoNothing()
      .returning({ id: versions.id });
    await tx.update(captures).set({ readBy: version.readerVersion }).where(eq(captures.id, version.captureId));
    if (!row) return null;
    await saveStatements(tx, { versionId: row.id, documentId: version.documentId }, version.statements);
    // A replay reads old captures again: their text must not stand for what the publisher shows today.
    const later = sql`exists (select 1 from ${versions} current where current.id = ${documents.currentVersionId} and current.capture_id > ${version.captureId})`;
    await tx
      .update(documents)
      .set({ currentVersionId: row.id })
      .where(and(eq(documents.id, version.documentId), not(later)));
    await unsearchOldVersions(tx, version.documentId);
    return row.id;
  });
}

function versionRow({ article, documentId, captureId, cause, readerVersion, createdAt }: NewVersion, number: number) {
  const { title, byline, publisher, kind, lang, publishedAt, updatedAt, text, blocks, problems } = article;
  return {
    ...{ documentId, captureId, number, cause, readerVersion, createdAt },
    ...{ title, byline, publisher, kind, lang, publishedAt, updatedAt, text, blocks, problems },
    publishedInstant: publishedAt ? earliestInstant(publishedAt) : null,
    textSha256: textDigest(text),
  };
}

/** A version as the detector takes it. */
export type ReadVersion = {
  readonly id: number;
  readonly documentId: number;
  readonly captureId: number;
  readonly readerVersion: number;
  readonly cause: "first" | "edited" | "reread";
  readonly article: Article;
  readonly source: Source | null;
  readonly statements: readonly StoredStatement[];
  readonly createdAt: Date;
  readonly url: string | null;
  /** The detector that has looked at it already; null while none has. */
  readonly detectedBy: number | null;
  /** Where an imported document came from; null for one that we fetched. */
  readonly origin: string | null;
};

/** Finds a version with its statements, as they were read; null when there is none. */
export async function versionWithStatements(db: Database, versionId: number): Promise<ReadVersion | null> {
  const [[row], statements] = await Promise.all([
    db
      .select({ version: versions, source: sources.definition, url: documents.url, origin: documents.origin })
      .from(versions)
      .innerJoin(documents, eq(documents.id, versions.documentId))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .where(eq(versions.id, versionId)),
    statementsOf(db, versionId),
  ]);
  if (!row) return null;
  const { version, source, url, origin } = row;
  return {
    ...{
      id: version.id,
      documentId: version.documentId,
      captureId: version.captureId,
      readerVersion: version.readerVersion,
      cause: version.cause,
      createdAt: version.createdAt,
      detectedBy: version.detectedBy,
    },
    article: {
      ...{ url, title: version.title, byline: version.byline, publisher: version.publisher, text: version.text },
      kind: version.kind as DocumentKind,
      lang: version.lang as Language | null,
      ...{
        publishedAt: version.publishedAt,
        updatedAt: version.updatedAt,
        blocks: version.blocks,
        problems: version.problems,
      },
    },
    ...{ source, url, origin },
    statements,
  };
}

/**
 * Finds the text that stood before a version: that of the nearest earlier capture, by the same reader where it has read it;
 * null for the first.
 */
export async function versionBefore(
  db: Database,
  { documentId, captureId, readerVersion }: Pick<ReadVersion, "documentId" | "captureId" | "readerVersion">,
): Promise<{
  readonly id: number;
  readonly title: string | null;
  readonly text: string;
  readonly readerVersion: number;
} | null> {
  const [row] = await db
    .select({ id: versions.id, title: versions.title, text: versions.text, readerVersion: versions.readerVersion })
    .from(versions)
    .where(and(eq(versions.documentId, documentId), lt(versions.captureId, captureId)))
    .orderBy(desc(versions.captureId), desc(eq(versions.readerVersion, readerVersion)), desc(versions.number))
    .limit(1);
  return row ?? null;
}

/** Lists versions made before a moment that no detector has looked at and no failure holds back. */
export async function undetectedVersions(db: Database, createdBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .where(
      and(isNull(versions.detectedBy), lt(versions.createdAt, createdBefore), notHeldBack(db, "detect", versions.id)),
    )
    .orderBy(asc(versions.createdAt))
    .limit(most);
  return rows.map(({ id }) => id);
}
