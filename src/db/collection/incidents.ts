import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { quietSince } from "../../domain/source-state.ts";
import type { Database } from "../client.ts";
import { sources } from "../schema/catalogue.ts";
import { incidents } from "../schema/operation.ts";

const DAY_MS = 86_400_000;

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
): Promise<{ readonly opened: readonly Trouble[]; readonly closed: number }> {
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
    return { opened: fresh, closed: over.length };
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
  /** Sources that failed at least three times in a row, with why the last time. */
  readonly failing: readonly (Named & {
    readonly failuresInRow: number;
    readonly code: string | null;
    readonly message: string | null;
  })[];
  /** Sources whose list is gone for good, so that they are not polled any more. */
  readonly gone: readonly Named[];
  /** Sources whose poll is overdue by two minutes and more. */
  readonly overdue: readonly (Named & { readonly nextPollAt: Date })[];
  /** Sources that published in the last 28 days and whose last two lists had no entry. */
  readonly empty: readonly (Named & { readonly listKind: string })[];
  /** Sources of which entries passed unseen in the last day, or whose gap is still open, with what the poll said. */
  readonly missed: readonly (Named & { readonly message: string })[];
  /** Sources that are unusually quiet against their own last 28 days. */
  readonly quiet: readonly (Named & { readonly since: Date })[];
  /** Rows that wait for a stage, or for what `reconcile` does itself (`link`, `record`), for over ten minutes. */
  readonly stuck: Readonly<Record<string, number>>;
};

type Named = { readonly id: string; readonly title: string };

/** Takes the pulse of the whole pipeline. */
export async function takePulse(db: Database, now: Date): Promise<Pulse> {
  const [failing, gone, overdue, empty, missed, quiet, stuck] = await Promise.all([
    failingSources(db),
    goneSources(db),
    overdueSources(db, now),
    emptySources(db, now),
    missedEntries(db, now),
    quietSources(db, now),
    stuckRows(db, now),
  ]);
  return { failing, gone, overdue, empty, missed, quiet, stuck };
}

const polled = and(eq(sources.enabled, true), sql`${sources.nextPollAt} is not null`);

function failingSources(db: Database): Promise<Pulse["failing"]> {
  return db.execute<Pulse["failing"][number]>(sql`
    select s.id, s.title, s.failures_in_row as "failuresInRow", last.failure_code as code, last.message
    from sources s left join lateral (
      select p.failure_code, p.message from polls p where p.source_id = s.id order by p.finished_at desc, p.id desc limit 1
    ) last on true
    where s.enabled and s.next_poll_at is not null and s.failures_in_row >= 3`);
}

function goneSources(db: Database): Promise<Pulse["gone"]> {
  const listed = sql`jsonb_typeof(${sources.definition}->'list') = 'object'`;
  return db
    .select({ id: sources.id, title: sources.title })
    .from(sources)
    .where(and(eq(sources.enabled, true), isNull(sources.retiredAt), isNull(sources.nextPollAt), listed));
}

async function overdueSources(db: Database, now: Date): Promise<Pulse["overdue"]> {
  const late = new Date(now.getTime() - 120_000).toISOString();
  const rows = await db
    .select({ id: sources.id, title: sources.title, nextPollAt: sources.nextPollAt })
    .from(sources)
    .where(and(polled, sql`${sources.nextPollAt} < ${late}`));
  return rows.flatMap(({ nextPollAt, ...rest }) => (nextPollAt ? [{ ...rest, nextPollAt }] : []));
}

/** Looks at the last poll of each source, and only where that saw nothing at the one before and the last four weeks. */
function emptySources(db: Database, now: Date): Promise<Pulse["empty"]> {
  const busySince = new Date(now.getTime() - 28 * DAY_MS).toISOString();
  return db.execute<Pulse["empty"][number]>(sql`
    select s.id, s.title, s.definition->'list'->>'kind' as "listKind" from sources s
    join lateral (
      select p.id, p.outcome, p.items_seen from polls p where p.source_id = s.id order by p.finished_at desc, p.id desc limit 1
    ) last on last.outcome = 'read' and last.items_seen = 0
    join lateral (
      select p.items_seen from polls p where p.source_id = s.id and p.outcome = 'read' and p.id < last.id
      order by p.finished_at desc, p.id desc limit 1
    ) before on before.items_seen = 0
    where s.enabled and s.next_poll_at is not null
      and exists (select 1 from unnest(s.news_at) news where news >= ${busySince}::timestamptz)`);
}

/** A gap that could not be filled is told of for a day; one that may still be filled, as long as the last list that was read left it open. */
function missedEntries(db: Database, now: Date): Promise<Pulse["missed"]> {
  const lately = new Date(now.getTime() - DAY_MS).toISOString();
  return db.execute<Pulse["missed"][number]>(sql`
    select distinct on (s.id) s.id, s.title, problem->>'message' as message
    from polls p
    join sources s on s.id = p.source_id and s.enabled and s.retired_at is null
    cross join lateral jsonb_array_elements(p.problems) problem
    where p.outcome = 'read' and p.problems <> '[]'::jsonb and p.finished_at > ${lately}::timestamptz
      and (problem->>'code' = 'entries-missed' or (problem->>'code' = 'gap-open'
        and not exists (select 1 from polls later where later.source_id = p.source_id and later.outcome = 'read'
          and later.finished_at > p.finished_at)))
    order by s.id, p.finished_at desc`);
}

async function quietSources(db: Database, now: Date): Promise<Pulse["quiet"]> {
  // Most sources told something in the last two days: they need not be judged.
  const lately = new Date(now.getTime() - 2 * DAY_MS).toISOString();
  const rows = await db
    .select({ id: sources.id, title: sources.title, newsAt: sources.newsAt })
    .from(sources)
    .where(and(polled, sql`${sources.newsAt}[cardinality(${sources.newsAt})] < ${lately}::timestamptz`));
  return rows.flatMap(({ newsAt, ...rest }) => {
    const since = quietSince(newsAt, now);
    return since ? [{ ...rest, since }] : [];
  });
}

async function stuckRows(db: Database, now: Date): Promise<Pulse["stuck"]> {
  const old = new Date(now.getTime() - 600_000).toISOString();
  const [stuck] = await db.execute<Record<string, number>>(sql`select
    (select count(*)::int from items i where i.outcome is null and i.first_seen_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'fetch' and f.subject = i.id::text)) as fetch,
    (select count(*)::int from captures c where c.read_by is null and c.fetched_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'read' and f.subject = c.id::text)) as read,
    (select count(*)::int from versions v where v.detected_by is null and v.created_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'detect' and f.subject = v.id::text)) as detect,
    (select count(*)::int from developments d where d.matched_at is null and d.detected_at < ${old}
       and not exists (select 1 from stage_failures f where f.stage = 'match' and f.subject = d.id::text)) as match,
    (select count(*)::int from documents d join versions v on v.id = d.current_version_id
       where v.created_at < ${old} and v.recorded_by is null
       and not exists (select 1 from stage_failures f where f.stage = 'record' and f.subject = v.id::text)) as record,
    (select count(*)::int from documents d join versions v on v.id = d.current_version_id
       where v.created_at < ${old}
       and not exists (select 1 from version_sketches s where s.version_id = v.id and s.linked_at is not null)
       and not exists (select 1 from stage_failures f where f.stage = 'link' and f.subject = v.id::text)) as link`);
  return Object.fromEntries(Object.entries(stuck ?? {}).filter(([, count]) => count > 0));
}
