import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { sources } from "../schema/catalogue.ts";

/** A source with the state of watching it. */
export type WatchedSource = typeof sources.$inferSelect;

/** The question for one source, built once per connection pool: it is asked at each poll. */
const questions = new WeakMap<Database, ReturnType<typeof askForSource>>();

function askForSource(db: Database) {
  return db
    .select()
    .from(sources)
    .where(and(eq(sources.id, sql.placeholder("id")), sources.enabled))
    .prepare("watched_source");
}

/** Finds a source that is polled; null when it is switched off or unknown. */
export async function watchedSource(db: Database, sourceId: string): Promise<WatchedSource | null> {
  const question = questions.get(db) ?? askForSource(db);
  questions.set(db, question);
  const [row] = await question.execute({ id: sourceId });
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
