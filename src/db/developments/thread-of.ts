import { eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { threadDevelopments, threads } from "../schema/threads.ts";

/** Finds the thread that each of some developments belongs to; one that was laid into another counts as that. */
export async function threadsOfDevelopments(
  db: Database,
  developmentIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (developmentIds.length === 0) return new Map();
  const rows = await db
    .select({
      developmentId: threadDevelopments.developmentId,
      threadId: threadDevelopments.threadId,
      mergedIntoId: threads.mergedIntoId,
    })
    .from(threadDevelopments)
    .innerJoin(threads, eq(threads.id, threadDevelopments.threadId))
    .where(inArray(threadDevelopments.developmentId, [...new Set(developmentIds)]));
  return new Map(rows.map(({ developmentId, threadId, mergedIntoId }) => [developmentId, mergedIntoId ?? threadId]));
}
