import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors } from "../schema/catalogue.ts";

/** Stands for the detector while commitments wait for the catalogue to have both sides; the other records need none. */
export const AWAITS_SIDES = 0;

/**
 * Lists versions that count, made before a moment, of which no records were kept, or not all that now can be, and that no failure holds
 * back.
 */
export async function unrecordedVersions(
  db: Database,
  { createdBefore, now }: { readonly createdBefore: Date; readonly now: Date },
  most: number,
): Promise<readonly number[]> {
  // Written out, not a parameter: Postgres must see that the index holds these rows.
  const isWaiting = (await sidesOfTalks(db))
    ? sql`(${versions.recordedBy} is null or ${versions.recordedBy} = 0)`
    : isNull(versions.recordedBy);
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(documents, eq(documents.currentVersionId, versions.id))
    .where(and(isWaiting, lt(versions.createdAt, createdBefore), notHeldBack(db, "record", versions.id, now)))
    .orderBy(asc(versions.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Tells whether all records of a version were kept before. */
export async function isRecorded(db: Database, versionId: number): Promise<boolean> {
  const [row] = await db.select({ by: versions.recordedBy }).from(versions).where(eq(versions.id, versionId));
  return (row?.by ?? AWAITS_SIDES) !== AWAITS_SIDES;
}

/**
 * Marks a version as one whose records are kept. The last thing that is done with the records: its row stays free for whoever keeps
 * what the version tells of, which needs the lock that this transaction may have to wait for.
 *
 * @param detectorVersion - `AWAITS_SIDES` where commitments could not be kept; it never takes the place of a detector.
 */
export async function markRecorded(db: Database, versionId: number, detectorVersion: number): Promise<void> {
  const by =
    detectorVersion === AWAITS_SIDES
      ? sql`coalesce(${versions.recordedBy}, ${AWAITS_SIDES}::integer)`
      : detectorVersion;
  await db.update(versions).set({ recordedBy: by }).where(eq(versions.id, versionId));
}

/** The two sides' ids in the catalogue. */
export type SidesOfTalks = { readonly us: string; readonly china: string };

/** Finds the two sides of the talks among the actors; null when the catalogue lacks one. */
export async function sidesOfTalks(db: Database): Promise<SidesOfTalks | null> {
  const rows = await db
    .select({ id: actors.id, bloc: actors.bloc })
    .from(actors)
    .where(and(eq(actors.type, "state"), sql`${actors.bloc} in ('US', 'China')`))
    .orderBy(asc(actors.id));
  const us = rows.find(({ bloc }) => bloc === "US")?.id;
  const china = rows.find(({ bloc }) => bloc === "China")?.id;
  return us && china ? { us, china } : null;
}
