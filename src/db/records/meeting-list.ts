import { asc, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, topics } from "../schema/catalogue.ts";
import { meetingPoints, meetings, readouts } from "../schema/readouts.ts";

/** One side's account of a meeting, with the document it stands in. */
export type ReadoutRow = typeof readouts.$inferSelect & {
  readonly sideName: string;
  readonly sideNameZh: string | null;
  readonly title: string | null;
  readonly url: string | null;
};

/** What two accounts say of one topic, with the topic's names. */
export type PointRow = typeof meetingPoints.$inferSelect & {
  readonly label: string | null;
  readonly labelZh: string | null;
};

/** A meeting with the accounts of it and what they say of each topic. */
export type MeetingRow = typeof meetings.$inferSelect & {
  readonly readouts: readonly ReadoutRow[];
  readonly points: readonly PointRow[];
};

/** Lists the latest meetings of which an official account is known. */
export async function latestMeetings(db: Database, most: number): Promise<readonly MeetingRow[]> {
  const keys = await db
    .select({ id: meetings.id })
    .from(meetings)
    .orderBy(desc(meetings.day), desc(meetings.id))
    .limit(most);
  return meetingsByIds(
    db,
    keys.map(({ id }) => id),
  );
}

/** Brings meetings with their accounts, in the order of the ids; unknown ids are left out. */
export async function meetingsByIds(db: Database, ids: readonly number[]): Promise<readonly MeetingRow[]> {
  if (ids.length === 0) return [];
  const [rows, accounts, points] = await Promise.all([
    db
      .select()
      .from(meetings)
      .where(inArray(meetings.id, [...ids])),
    db
      .select({
        readout: readouts,
        ...{ sideName: actors.name, sideNameZh: actors.nameZh, title: versions.title, url: documents.url },
      })
      .from(readouts)
      .innerJoin(actors, eq(actors.id, readouts.side))
      .innerJoin(versions, eq(versions.id, readouts.versionId))
      .innerJoin(documents, eq(documents.id, readouts.documentId))
      .where(inArray(readouts.meetingId, [...ids]))
      .orderBy(asc(readouts.side), asc(readouts.documentId)),
    db
      .select({ point: meetingPoints, label: topics.label, labelZh: topics.labelZh })
      .from(meetingPoints)
      .leftJoin(topics, eq(topics.id, meetingPoints.topicId))
      .where(inArray(meetingPoints.meetingId, [...ids]))
      .orderBy(asc(meetingPoints.topicId)),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        ...row,
        readouts: accounts
          .filter(({ readout }) => readout.meetingId === id)
          .map(({ readout, ...names }) => ({ ...readout, ...names })),
        points: points
          .filter(({ point }) => point.meetingId === id)
          .map(({ point, ...names }) => ({ ...point, ...names })),
      },
    ];
  });
}
