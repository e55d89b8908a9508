import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { versions } from "../schema/archive.ts";
import { actors, topics } from "../schema/catalogue.ts";
import { firstTimes } from "../schema/first-times.ts";

/** A first time, with the names of what it is about. */
export type FirstTimeRow = typeof firstTimes.$inferSelect & {
  readonly actorName: string | null;
  readonly actorNameZh: string | null;
  /** Name of the topic, or of the actor mentioned; null for days and venues. */
  readonly subjectName: string | null;
  readonly subjectNameZh: string | null;
  readonly documentId: number;
};

/** Lists first times, the latest found first; those of one actor where one is given. */
export async function latestFirstTimes(
  db: Database,
  most: number,
  actorId: string | null = null,
): Promise<readonly FirstTimeRow[]> {
  return firstTimesWhere(db, actorId === null ? undefined : eq(firstTimes.actorId, actorId), most);
}

/** Brings one first time; null when there is none with that id. */
export async function firstTimeById(db: Database, id: number): Promise<FirstTimeRow | null> {
  const [row] = await firstTimesWhere(db, eq(firstTimes.id, id), 1);
  return row ?? null;
}

async function firstTimesWhere(
  db: Database,
  condition: SQL | undefined,
  most: number,
): Promise<readonly FirstTimeRow[]> {
  const rows = await db
    .select({
      first: firstTimes,
      ...{ actorName: actors.name, actorNameZh: actors.nameZh, documentId: versions.documentId },
      subjectName: sql<string | null>`case ${firstTimes.kind}
        when 'topic' then ${topics.label}
        when 'body' then (select name from ${actors} as named where named.id = ${firstTimes.subject}) end`,
      subjectNameZh: sql<string | null>`case ${firstTimes.kind}
        when 'topic' then ${topics.labelZh}
        when 'body' then (select name_zh from ${actors} as named where named.id = ${firstTimes.subject}) end`,
    })
    .from(firstTimes)
    .innerJoin(versions, eq(versions.id, firstTimes.versionId))
    .leftJoin(actors, eq(actors.id, firstTimes.actorId))
    .leftJoin(topics, and(eq(firstTimes.kind, "topic"), eq(topics.id, firstTimes.subject)))
    .where(condition)
    .orderBy(desc(firstTimes.instant), desc(firstTimes.id))
    .limit(most);
  return rows.map(({ first, ...names }) => ({ ...first, ...names }));
}
