import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { documents, versions } from "./schema/archive.ts";
import { actors } from "./schema/catalogue.ts";
import { notHeldBack } from "./stage-failures.ts";

/** Lists versions that count, made before a moment, of which no records were kept and that no failure holds back. */
export async function unrecordedVersions(
  db: Database,
  { createdBefore, now }: { readonly createdBefore: Date; readonly now: Date },
  most: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(documents, eq(documents.currentVersionId, versions.id))
    .where(
      and(
        isNull(versions.recordedBy),
        lt(versions.createdAt, createdBefore),
        notHeldBack(db, "record", versions.id, now),
      ),
    )
    .orderBy(asc(versions.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Marks a version as one whose records are kept; tells whether they were kept before. */
export async function markRecorded(db: Database, versionId: number, detectorVersion: number): Promise<boolean> {
  const [row] = await db.execute<{ was: number | null }>(sql`
    with before as (select recorded_by from versions where id = ${versionId}::bigint for update)
    update versions set recorded_by = ${detectorVersion}::integer from before where id = ${versionId}::bigint
    returning before.recorded_by as was`);
  return (row?.was ?? null) !== null;
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
