import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { sources } from "./schema/catalogue.ts";
import { incidents } from "./schema/operation.ts";

/** Something that is wrong now. */
export type Trouble = { readonly sourceId: string | null; readonly code: string; readonly message: string };

/** An incident, as kept. */
export type Incident = typeof incidents.$inferSelect;

/**
 * Makes the open incidents equal to what is wrong now: opens one for each new trouble, closes those that are over.
 *
 * @returns What was opened and what was closed.
 */
export async function settleIncidents(
  db: Database,
  troubles: readonly Trouble[],
  now: Date,
): Promise<{ readonly opened: number; readonly closed: number }> {
  return db.transaction(async (tx) => {
    const open = await tx.select().from(incidents).where(isNull(incidents.closedAt));
    const wrong = new Set(troubles.map(nameOf));
    const over = open.filter((incident) => !wrong.has(nameOf(incident))).map(({ id }) => id);
    if (over.length > 0) await tx.update(incidents).set({ closedAt: now }).where(inArray(incidents.id, over));
    const known = new Set(open.map(nameOf));
    const fresh = troubles.filter((trouble) => !known.has(nameOf(trouble)));
    if (fresh.length > 0) {
      await tx
        .insert(incidents)
        .values(fresh.map((trouble) => ({ ...trouble, openedAt: now })))
        .onConflictDoNothing();
    }
    return { opened: fresh.length, closed: over.length };
  });
}

function nameOf({ sourceId, code }: { readonly sourceId: string | null; readonly code: string }): string {
  return `${sourceId ?? ""} ${code}`;
}

/** Lists open incidents, the latest first. */
export async function openIncidents(db: Database): Promise<readonly Incident[]> {
  return db.select().from(incidents).where(isNull(incidents.closedAt)).orderBy(desc(incidents.openedAt));
}

/** What the watchdog judges by, all from Postgres and nothing from the queue's own word. */
export type Pulse = {
  /** Sources that failed at least three times in a row. */
  readonly failing: readonly {
    readonly id: string;
    readonly title: string;
    readonly failuresInRow: number;
    readonly message: string | null;
  }[];
  /** Sources whose poll is overdue by two minutes and more. */
  readonly overdue: readonly { readonly id: string; readonly title: string; readonly nextPollAt: Date }[];
  /** Rows that wait for a stage for over ten minutes, by stage. */
  readonly stuck: Readonly<Record<string, number>>;
};

/** Takes the pulse of the whole pipeline. */
export async function takePulse(db: Database, now: Date): Promise<Pulse> {
  const watched = and(eq(sources.enabled, true), sql`${sources.nextPollAt} is not null`);
  const failing = await db
    .select({
      ...{ id: sources.id, title: sources.title, failuresInRow: sources.failuresInRow },
      // Spelt out: drizzle leaves the table out of a column where a query has only one, and `polls` has an `id` too.
      message: sql<
        string | null
      >`(select p.message from polls p where p.source_id = sources.id order by p.finished_at desc, p.id desc limit 1)`,
    })
    .from(sources)
    .where(and(watched, sql`${sources.failuresInRow} >= 3`));
  const late = new Date(now.getTime() - 120_000).toISOString();
  const overdue = await db
    .select({ id: sources.id, title: sources.title, nextPollAt: sources.nextPollAt })
    .from(sources)
    .where(and(watched, sql`${sources.nextPollAt} < ${late}`));
  const old = new Date(now.getTime() - 600_000).toISOString();
  const [stuck] = await db.execute<Record<string, number>>(sql`select
    (select count(*)::int from items i where i.outcome is null and i.first_seen_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'fetch' and f.subject = i.id::text)) as fetch,
    (select count(*)::int from captures c where c.read_by is null and c.fetched_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'read' and f.subject = c.id::text)) as read,
    (select count(*)::int from versions v where v.detected_by is null and v.created_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'detect' and f.subject = v.id::text)) as detect,
    (select count(*)::int from developments d where d.matched_at is null and d.detected_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'match' and f.subject = d.id::text)) as match`);
  return {
    failing,
    overdue: overdue.flatMap(({ nextPollAt, ...rest }) => (nextPollAt ? [{ ...rest, nextPollAt }] : [])),
    stuck: Object.fromEntries(Object.entries(stuck ?? {}).filter(([, count]) => count > 0)),
  };
}
