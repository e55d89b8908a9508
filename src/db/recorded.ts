import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { documents, versions } from "./schema/archive.ts";
import { actors } from "./schema/catalogue.ts";

/** Lists versions that count, made before a moment, of which no records were kept. */
export async function unrecordedVersions(db: Database, createdBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(documents, eq(documents.currentVersionId, versions.id))
    .where(and(isNull(versions.recordedBy), lt(versions.createdAt, createdBefore)))
    .orderBy(asc(versions.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Marks a version as one whose records are kept. */
export async function markRecorded(db: Database, versionId: number, detectorVersion: number): Promise<void> {
  await db.update(versions).set({ recordedBy: detectorVersion }).where(eq(versions.id, versionId));
}

/** Tells whether the records of a version were kept before. */
export async function isRecorded(db: Database, versionId: number): Promise<boolean> {
  const [row] = await db.select({ by: versions.recordedBy }).from(versions).where(eq(versions.id, versionId));
  return (row?.by ?? null) !== null;
}

/** Finds the two sides of the talks among the actors; null when the catalogue lacks one. */
export async function sidesOfTalks(db: Database): Promise<{ readonly us: string; readonly china: string } | null> {
  const rows = await db
    .select({ id: actors.id, bloc: actors.bloc })
    .from(actors)
    .where(and(eq(actors.type, "state"), sql`${actors.bloc} in ('US', 'China')`))
    .orderBy(asc(actors.id));
  const us = rows.find(({ bloc }) => bloc === "US")?.id;
  const china = rows.find(({ bloc }) => bloc === "China")?.id;
  return us && china ? { us, china } : null;
}
