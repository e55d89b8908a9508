import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { conflictOf } from "../../detect/thread/conflict.ts";
import { findThread, type Link, stateOfLinks, type ThreadView } from "../../detect/thread/join-thread.ts";
import { courseOf, coursesJoined, isKnownStep, stateOfType } from "../../detect/thread/thread-course.ts";
import type { ThreadState } from "../../domain/thread.ts";
import type { Database } from "../client.ts";
import { versions } from "../schema/archive.ts";
import { developmentActors, developments } from "../schema/developments.ts";
import { developmentConflicts, threadDevelopments, threads } from "../schema/threads.ts";

/** A link with the rows it stands in. */
export type StoredLink = Link & {
  readonly developmentId: number;
  readonly versionId: number;
  readonly threadId: number | null;
};

/** Threads that moved last before a moment, and first after it, that a development is compared with. */
const BEFORE = 40;
const AFTER = 20;

/**
 * Puts developments that have no thread into one: the one they carry on, or one of their own; and notes what contradicts them in it.
 * Part of the transaction that keeps them. One that has a thread, by detection or by an analyst, stays where it is.
 */
export async function placeInThreads(db: Database, developmentIds: readonly number[], now: Date): Promise<void> {
  for (const link of await linksOf(db, developmentIds)) {
    if (link.threadId !== null) continue;
    const around = await threadsAround(db, coursesJoined(link.type), link.at);
    const found = findThread(link, around);
    const threadId = found ?? (await openThread(db, link));
    await addToThread(db, link, threadId, { byAnalyst: false });
    await noteConflicts(db, link, around, threadId, now);
  }
}

/** Opens a thread named after a development. Gives its id. */
export async function openThread(db: Database, link: StoredLink): Promise<number> {
  const [row] = await db
    .insert(threads)
    .values({ key: link.key, course: courseOf(link.type), openedAt: link.at, updatedAt: link.at })
    // A thread that an analyst emptied keeps its key, and takes its development back.
    .onConflictDoUpdate({ target: threads.key, set: { mergedIntoId: null } })
    .returning({ id: threads.id });
  if (!row) throw new Error(`the thread ${link.key} was not made`);
  return row.id;
}

/** Puts a development into a thread and brings the thread's state up to date. */
export async function addToThread(
  db: Database,
  link: StoredLink,
  threadId: number,
  { byAnalyst }: { readonly byAnalyst: boolean },
): Promise<void> {
  const place = { threadId, state: stateOfType(link.type), isKnownStep: true, byAnalyst };
  await db
    .insert(threadDevelopments)
    .values({ developmentId: link.developmentId, ...place })
    .onConflictDoUpdate({ target: threadDevelopments.developmentId, set: place });
  await refreshThread(db, threadId);
}

/** Brings a thread's state, dates and the judgement of its steps up to date with what is in it. */
export async function refreshThread(db: Database, threadId: number): Promise<void> {
  const links = await linksIn(db, [threadId]);
  const [first] = links;
  if (!first) return;
  const counted = links.filter(({ isDismissed }) => !isDismissed);
  const { state, by } = stateOfLinks(counted);
  const moments = links.map(({ at }) => at.getTime());
  await db
    .update(threads)
    .set({
      ...{ state, stateInstant: by?.at ?? null },
      ...{ openedAt: new Date(Math.min(...moments)), updatedAt: new Date(Math.max(...moments)) },
    })
    .where(eq(threads.id, threadId));
  let from: ThreadState | null = null;
  for (const { developmentId, type, isKnownStep: was } of counted) {
    const to = stateOfType(type);
    if (to === null) continue;
    const known: boolean = isKnownStep(from, to);
    if (known !== was)
      await db
        .update(threadDevelopments)
        .set({ isKnownStep: known })
        .where(eq(threadDevelopments.developmentId, developmentId));
    from = to;
  }
}

/** Finds developments as links, in the order of the ids. */
export async function linksOf(db: Database, developmentIds: readonly number[]): Promise<readonly StoredLink[]> {
  if (developmentIds.length === 0) return [];
  const rows = await selectLinks(db).where(inArray(developments.id, [...developmentIds]));
  const byId = new Map(rows.map((row) => [row.developmentId, linkFrom(row)]));
  return developmentIds.flatMap((id) => byId.get(id) ?? []);
}

type LinkInThread = StoredLink & { readonly isDismissed: boolean; readonly isKnownStep: boolean };

/** Finds what is in threads, in the order in which it was told. */
export async function linksIn(db: Database, threadIds: readonly number[]): Promise<readonly LinkInThread[]> {
  if (threadIds.length === 0) return [];
  const rows = await selectLinks(db).where(inArray(threadDevelopments.threadId, [...threadIds]));
  return rows
    .map((row) => ({
      ...linkFrom(row),
      isDismissed: row.dismissedAt !== null,
      isKnownStep: row.isKnownStep ?? true,
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.developmentId - b.developmentId);
}

function selectLinks(db: Database) {
  return db
    .select({
      developmentId: developments.id,
      ...{ key: developments.key, type: developments.type, documentId: developments.documentId },
      ...{ versionId: developments.versionId, eventDate: developments.eventDate, summary: developments.summary },
      ...{ status: developments.status, eventInstant: developments.eventInstant, detectedAt: developments.detectedAt },
      ...{ dismissedAt: developments.dismissedAt, publishedInstant: versions.publishedInstant },
      ...{ threadId: threadDevelopments.threadId, isKnownStep: threadDevelopments.isKnownStep },
      actorIds: sql<
        string[]
      >`coalesce((select array_agg(actor_id order by actor_id) from ${developmentActors} where development_id = ${developments.id}), '{}')`,
    })
    .from(developments)
    .innerJoin(versions, eq(versions.id, developments.versionId))
    .leftJoin(threadDevelopments, eq(threadDevelopments.developmentId, developments.id))
    .$dynamic();
}

type LinkRow = Awaited<ReturnType<typeof selectLinks>>[number];

function linkFrom({ status, eventInstant, publishedInstant, detectedAt, ...row }: LinkRow): StoredLink {
  const told = publishedInstant ?? detectedAt;
  // A recap belongs to the time of what it recounts; a date to come is told when it is told.
  const isRecap = status === "background" && eventInstant !== null && eventInstant < told;
  return { ...row, at: isRecap ? eventInstant : told };
}

/** Finds the threads of some courses that moved around a moment, with what is in them. */
async function threadsAround(
  db: Database,
  courses: readonly string[],
  at: Date,
): Promise<readonly (ThreadView & { readonly links: readonly LinkInThread[] })[]> {
  const inCourses = and(inArray(threads.course, [...courses]), isNull(threads.mergedIntoId));
  const moment = sql`${at.toISOString()}::timestamptz`;
  const [before, after] = await Promise.all([
    db
      .select({ id: threads.id, course: threads.course })
      .from(threads)
      .where(and(inCourses, sql`${threads.updatedAt} <= ${moment}`))
      .orderBy(sql`${threads.updatedAt} desc`)
      .limit(BEFORE),
    db
      .select({ id: threads.id, course: threads.course })
      .from(threads)
      .where(and(inCourses, sql`${threads.updatedAt} > ${moment}`))
      .orderBy(asc(threads.updatedAt))
      .limit(AFTER),
  ]);
  const found = [...before, ...after];
  const links = await linksIn(
    db,
    found.map(({ id }) => id),
  );
  return found.map((thread) => ({ ...thread, links: links.filter(({ threadId }) => threadId === thread.id) }));
}

async function noteConflicts(
  db: Database,
  link: StoredLink,
  around: readonly { readonly id: number; readonly links: readonly LinkInThread[] }[],
  threadId: number,
  now: Date,
): Promise<void> {
  const others = around.flatMap(({ id, links }) =>
    links.filter((other) => id === threadId || Math.abs(other.at.getTime() - link.at.getTime()) <= NEAR_MS),
  );
  for (const other of others) {
    if (other.isDismissed || other.developmentId === link.developmentId) continue;
    const about = conflictOf(link, other);
    // Two days for one meeting are a conflict only where it is one meeting.
    if (!about || (about === "date" && other.threadId !== threadId)) continue;
    const [first, second] = other.developmentId < link.developmentId ? [other, link] : [link, other];
    await db
      .insert(developmentConflicts)
      .values({
        ...{ developmentId: first.developmentId, words: first.summary, versionId: first.versionId },
        ...{ otherId: second.developmentId, otherWords: second.summary, otherVersionId: second.versionId },
        ...{ about, foundAt: now },
      })
      .onConflictDoNothing();
  }
}

const NEAR_MS = 14 * 86_400_000;
