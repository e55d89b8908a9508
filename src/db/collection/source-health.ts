import { desc, eq, sql } from "drizzle-orm";
import type { Problem } from "../../domain/problem.ts";
import type { Database } from "../client.ts";
import { polls } from "../schema/collection.ts";

/** Lists what the last poll that read something found wrong, by source; sources without problems are left out. */
export async function lastProblems(db: Database): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const rows = await db.execute<{ sourceId: string; problems: readonly Problem[] }>(sql`
    select s.id as "sourceId", last.problems from sources s
    join lateral (
      select p.problems from polls p where p.source_id = s.id and p.outcome = 'read' order by p.finished_at desc, p.id desc limit 1
    ) last on true
    where jsonb_array_length(last.problems) > 0`);
  return new Map(rows.map(({ sourceId, problems }) => [sourceId, problems]));
}

/** One poll, as kept. */
export type PollRecord = typeof polls.$inferSelect;

/** Lists the last polls of a source, the latest first. */
export async function recentPolls(db: Database, sourceId: string, most: number): Promise<readonly PollRecord[]> {
  return db
    .select()
    .from(polls)
    .where(eq(polls.sourceId, sourceId))
    .orderBy(desc(polls.finishedAt), desc(polls.id))
    .limit(most);
}

/** What became of the entries of a source. */
export type ItemOutcomes = {
  readonly seen: number;
  readonly waiting: number;
  readonly new: number;
  readonly known: number;
  readonly refused: number;
  readonly failed: number;
  /** Further places of documents that were found here. */
  readonly places: number;
};

/** Counts the entries of a source by their outcome. */
export async function itemOutcomes(db: Database, sourceId: string): Promise<ItemOutcomes> {
  const [row] = await db.execute<ItemOutcomes>(sql`
    select count(*)::int as seen,
      count(*) filter (where outcome is null)::int as waiting,
      count(*) filter (where outcome = 'new')::int as new,
      count(*) filter (where outcome = 'known')::int as known,
      count(*) filter (where outcome = 'refused')::int as refused,
      count(*) filter (where outcome = 'failed')::int as failed,
      (select count(*)::int from places where source_id = ${sourceId}) as places
    from items where source_id = ${sourceId}`);
  return row ?? { seen: 0, waiting: 0, new: 0, known: 0, refused: 0, failed: 0, places: 0 };
}
