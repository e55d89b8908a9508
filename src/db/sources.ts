import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { sources } from "./schema/catalogue.ts";

/** A source with the state of watching it. */
export type WatchedSource = typeof sources.$inferSelect;

/** Finds a source that is polled; null when it is switched off or unknown. */
export async function watchedSource(db: Database, sourceId: string): Promise<WatchedSource | null> {
  const [row] = await db
    .select()
    .from(sources)
    .where(and(eq(sources.id, sourceId), sources.enabled));
  return row ?? null;
}

/** Lists the sources whose poll is due, the longest due first. */
export async function dueSources(
  db: Database,
  now: Date,
  most: number,
): Promise<readonly { id: string; nextPollAt: Date }[]> {
  const rows = await db
    .select({ id: sources.id, nextPollAt: sources.nextPollAt })
    .from(sources)
    .where(and(sources.enabled, isNotNull(sources.nextPollAt), lte(sources.nextPollAt, now)))
    .orderBy(asc(sources.nextPollAt))
    .limit(most);
  return rows.flatMap(({ id, nextPollAt }) => (nextPollAt ? [{ id, nextPollAt }] : []));
}

/** Makes sources due at once: all, or those named. Tells which. */
export async function pollNow(db: Database, now: Date, sourceIds?: readonly string[]): Promise<readonly string[]> {
  const wanted = sourceIds ? sql`${sources.id} in ${sourceIds}` : sql`true`;
  const rows = await db
    .update(sources)
    .set({ nextPollAt: now })
    .where(and(sources.enabled, isNotNull(sources.nextPollAt), wanted))
    .returning({ id: sources.id });
  return rows.map(({ id }) => id);
}
