import { and, asc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { type ComparedPoint, comparePoints, type ReadoutFacts } from "../../detect/record/readout.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { meetingPoints, meetings, readouts } from "../schema/readouts.ts";

/** A document that is an account of a meeting. */
export type ReadoutPlace = {
  readonly documentId: number;
  readonly versionId: number;
  readonly lang: string | null;
  readonly publishedInstant: Date | null;
};

/** Two accounts of one meeting, laid side by side. */
export type Pairing = {
  readonly meetingId: number;
  readonly key: string;
  /** The first side by name, and the second. */
  readonly sides: readonly [string, string];
  readonly points: readonly ComparedPoint[];
};

/** Two accounts of one meeting may date it so many days apart: zones, and pages of the day after. */
const APART_DAYS = 2;
const DAY_MS = 86_400_000;

/**
 * Keeps an account of a meeting beside the others of the same meeting: the same kind, days within two of each other, a participant in
 * common where both name any. Once both sides have given theirs, what they say is laid side by side by topic.
 *
 * @returns The pairing, or null while only one side has given an account.
 */
export async function keepReadout(
  db: Database,
  place: ReadoutPlace,
  facts: ReadoutFacts,
  now: Date,
): Promise<Pairing | null> {
  const meetingId = await meetingOf(db, facts, place.documentId, now);
  const row = {
    ...{ versionId: place.versionId, meetingId, side: facts.side, lang: place.lang },
    ...{ participants: [...facts.participants], points: facts.points, publishedInstant: place.publishedInstant },
  };
  await db
    .insert(readouts)
    .values({ documentId: place.documentId, ...row })
    .onConflictDoUpdate({ target: readouts.documentId, set: row });
  return pair(db, meetingId);
}

async function meetingOf(db: Database, facts: ReadoutFacts, documentId: number, now: Date): Promise<number> {
  const [own] = await db
    .select({ meetingId: readouts.meetingId })
    .from(readouts)
    .where(eq(readouts.documentId, documentId));
  if (own) return own.meetingId;
  const day = Date.parse(facts.day);
  const days = Array.from({ length: 2 * APART_DAYS + 1 }, (_, index) =>
    new Date(day + (index - APART_DAYS) * DAY_MS).toISOString().slice(0, 10),
  );
  const near = await db
    .select({ id: meetings.id, day: meetings.day, participants: readouts.participants })
    .from(meetings)
    .innerJoin(readouts, eq(readouts.meetingId, meetings.id))
    .where(and(eq(meetings.kind, facts.kind), inArray(meetings.day, days)))
    .orderBy(asc(meetings.id));
  const same = near
    .filter(({ participants }) => mayBeSame(participants, facts.participants))
    .sort((a, b) => Math.abs(Date.parse(a.day) - day) - Math.abs(Date.parse(b.day) - day) || a.id - b.id)[0];
  if (same) return same.id;
  const key = [facts.kind, facts.day, [...facts.participants].sort().join(",")].join("|");
  const [made] = await db
    .insert(meetings)
    .values({ key, kind: facts.kind, day: facts.day, foundAt: now })
    .onConflictDoUpdate({ target: meetings.key, set: { day: facts.day } })
    .returning({ id: meetings.id });
  if (!made) throw new Error(`the meeting ${key} was not made`);
  return made.id;
}

function mayBeSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((id) => others.includes(id));
}

async function pair(db: Database, meetingId: number): Promise<Pairing | null> {
  const [meeting] = await db.select().from(meetings).where(eq(meetings.id, meetingId));
  const rows = await db
    .select()
    .from(readouts)
    .where(eq(readouts.meetingId, meetingId))
    .orderBy(asc(readouts.side), asc(readouts.documentId));
  const [firstSide, secondSide] = [...new Set(rows.map(({ side }) => side))];
  if (!meeting || firstSide === undefined || secondSide === undefined) return null;
  // Of one side's accounts in two languages the one in the other side's language is compared, else the fullest.
  const of = (side: string, langs: readonly (string | null)[]) =>
    rows
      .filter((row) => row.side === side)
      .sort(
        (a, b) => Number(langs.includes(b.lang)) - Number(langs.includes(a.lang)) || b.points.length - a.points.length,
      )[0];
  const langsOf = (side: string) => rows.filter((row) => row.side === side).map(({ lang }) => lang);
  const [first, second] = [of(firstSide, langsOf(secondSide)), of(secondSide, langsOf(firstSide))];
  if (!first || !second) return null;
  const points = comparePoints(first.points, second.points);
  await db.delete(meetingPoints).where(eq(meetingPoints.meetingId, meetingId));
  if (points.length > 0)
    await db.insert(meetingPoints).values(
      points.map(({ topicId, verdict, first: one, second: other }) => ({
        ...{ meetingId, topicId, verdict },
        ...{ firstDocumentId: one && first.documentId, firstStart: one?.start, firstEnd: one?.end },
        ...{ firstWords: one?.words, firstStrength: one?.strength },
        ...{ secondDocumentId: other && second.documentId, secondStart: other?.start, secondEnd: other?.end },
        ...{ secondWords: other?.words, secondStrength: other?.strength },
      })),
    );
  return { meetingId, key: meeting.key, sides: [firstSide, secondSide], points };
}

/** Lists meetings of which, a while after it was found, only one side has given an account, and that was not told yet nor put aside. */
export async function unpairedMeetings(
  db: Database,
  { foundBefore, now }: { readonly foundBefore: Date; readonly now: Date },
  most: number,
) {
  const rows = await db
    .select({
      id: meetings.id,
      key: meetings.key,
      side: sql<string>`min(${readouts.side})`,
      versionId: sql<number>`min(${readouts.versionId})::float8`,
    })
    .from(meetings)
    .innerJoin(readouts, eq(readouts.meetingId, meetings.id))
    .where(
      and(
        isNull(meetings.toldUnpairedAt),
        lt(meetings.foundAt, foundBefore),
        notHeldBack(db, "raise-unpaired", meetings.id, now),
      ),
    )
    .groupBy(meetings.id)
    .having(sql`count(distinct ${readouts.side}) = 1`)
    .orderBy(asc(meetings.id))
    .limit(most);
  return rows;
}

/** Notes that it was told of a meeting that only one side had given an account of it. */
export async function markToldUnpaired(db: Database, meetingId: number, now: Date): Promise<void> {
  await db.update(meetings).set({ toldUnpairedAt: now }).where(eq(meetings.id, meetingId));
}
