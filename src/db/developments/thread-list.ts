import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { instantOf, microsOf, type Page, type PageKey, pageOf } from "../page-key.ts";
import { developmentConflicts, threadDevelopments, threads } from "../schema/threads.ts";

/** A thread with the developments in it, the earliest told first. */
export type ThreadRow = typeof threads.$inferSelect & {
  readonly steps: readonly (typeof threadDevelopments.$inferSelect)[];
};

/** Two accounts that cannot both be whole. */
export type ConflictRow = typeof developmentConflicts.$inferSelect;

/** What a reader asks of the threads; null does not narrow. */
export type ThreadQuery = {
  readonly course: string | null;
  readonly state: string | null;
  /** Whether threads count that only tell of first times: each of these is a note on one actor, and no course of anything. */
  readonly firstTimes: boolean;
};

/** Finds a page of threads, those that moved last first; threads that were laid into others are left out. */
export async function searchThreads(
  db: Database,
  { course, state, firstTimes }: ThreadQuery,
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<Page<ThreadRow>> {
  const conditions: (SQL | undefined)[] = [
    isNull(threads.mergedIntoId),
    course === null ? undefined : eq(threads.course, course),
    state === null ? undefined : sql`${threads.state} = ${state}`,
    after?.micros
      ? sql`(${threads.updatedAt}, ${threads.id}) < (${instantOf(after.micros)}, ${after.id}::bigint)`
      : undefined,
    firstTimes
      ? undefined
      : sql`exists (select 1 from ${threadDevelopments} join developments d on d.id = ${threadDevelopments.developmentId}
          where ${threadDevelopments.threadId} = ${threads.id} and d.type <> 'statement.first')`,
    // A thread that an analyst emptied stays for its key alone.
    sql`exists (select 1 from ${threadDevelopments} where ${threadDevelopments.threadId} = ${threads.id})`,
  ];
  const keys = await db
    .select({ id: threads.id, micros: microsOf(threads.updatedAt) })
    .from(threads)
    .where(and(...conditions))
    .orderBy(desc(threads.updatedAt), desc(threads.id))
    .limit(limit + 1);
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  return {
    rows: await threadsByIds(
      db,
      page.rows.map(({ id }) => id),
    ),
    next: page.next,
  };
}

/** Brings threads with what is in them, in the order of the ids; unknown ids are left out. */
export async function threadsByIds(db: Database, ids: readonly number[]): Promise<readonly ThreadRow[]> {
  if (ids.length === 0) return [];
  const [rows, steps] = await Promise.all([
    db
      .select()
      .from(threads)
      .where(inArray(threads.id, [...ids])),
    db
      .select()
      .from(threadDevelopments)
      .where(inArray(threadDevelopments.threadId, [...ids]))
      .orderBy(asc(threadDevelopments.developmentId)),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [{ ...row, steps: steps.filter(({ threadId }) => threadId === id) }] : [];
  });
}

/** Says which thread a development is in; null for one that has none. */
export async function threadOfDevelopment(db: Database, developmentId: number): Promise<number | null> {
  const [row] = await db
    .select({ threadId: threadDevelopments.threadId })
    .from(threadDevelopments)
    .where(eq(threadDevelopments.developmentId, developmentId));
  return row?.threadId ?? null;
}

/** Finds what contradicts some developments, on either side. */
export async function conflictsAmong(db: Database, developmentIds: readonly number[]): Promise<readonly ConflictRow[]> {
  if (developmentIds.length === 0) return [];
  const ids = [...developmentIds];
  return db
    .select()
    .from(developmentConflicts)
    .where(or(inArray(developmentConflicts.developmentId, ids), inArray(developmentConflicts.otherId, ids)))
    .orderBy(asc(developmentConflicts.id));
}
