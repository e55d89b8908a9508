import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** What statements are counted by: a calendar unit of UTC (weeks begin on Monday), that their day is not known, or all of them. */
const UNITS = ["week", "month", "undated", "ever"] as const;
export type TallyUnit = (typeof UNITS)[number];

/** Versions that are looked at again, because a smaller number may have been committed later. */
export const OVERLAP = 1_000;
/** New versions that are counted in one transaction. */
const AT_ONCE = 5_000;

/**
 * Brings the tallies up to date: adds the statements of versions that now count, and takes away those of versions that no longer do.
 * Costs what is new, however much was counted before. Does nothing where nothing is new, or where another connection is counting.
 *
 * @param most - Leaves a larger number of new versions to the next regular count: a page must not wait for them.
 * @returns Whether something was counted.
 */
export async function countStatementTallies(db: Database, now: Date, most = 1_000_000_000): Promise<boolean> {
  const [state] = await db.execute<{ reached: number; newest: number; fresh: number }>(sql`
    select reached::float8, newest::float8,
      (select count(*)::int from (select 1 from versions where id > reached order by id limit ${most + 1}) as new) as fresh
    from (select coalesce((select up_to_version from tally_mark), 0) as reached, coalesce((select max(id) from versions), 0) as newest) as mark`);
  if (!state || state.fresh === 0 || state.fresh > most) return false;
  for (let { reached } = state; reached < state.newest; ) {
    const upTo = Math.min(state.newest, reached + AT_ONCE);
    if (!(await countUpTo(db, { after: reached - OVERLAP, upTo }, now))) return false;
    reached = upTo;
  }
  return true;
}

/** Forgets all tallies, so that the next count makes them anew: what they are counted by has changed. */
export async function forgetTallies(tx: Database): Promise<void> {
  await tx.execute(sql`truncate statement_tallies, tallied_versions, tally_mark`);
}

/** Counts the documents that have versions of some numbers; false where another connection is counting. */
async function countUpTo(
  db: Database,
  { after, upTo }: { readonly after: number; readonly upTo: number },
  now: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ ours: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('parley tallies')) as ours`,
    );
    if (!lock?.ours) return false;
    const changed = await tx.execute<Changed>(sql`
      select d.id::float8 as document, t.version_id::float8 as before, d.current_version_id::float8 as now
      from (select distinct document_id from versions where id > ${after}::bigint and id <= ${upTo}::bigint) as touched
      join documents d on d.id = touched.document_id left join tallied_versions t on t.document_id = d.id
      where d.current_version_id is not null and d.current_version_id is distinct from t.version_id`);
    if (changed.length > 0) {
      for (const unit of UNITS) await countChanged(tx, unit, changed);
      await tx.execute(sql`
        insert into tallied_versions (document_id, version_id)
        select document, now from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as changed (document bigint, now bigint)
        on conflict (document_id) do update set version_id = excluded.version_id`);
    }
    await tx.execute(sql`
      insert into tally_mark (only_row, counted_at, up_to_version) values (true, ${now.toISOString()}::timestamptz, ${upTo}::bigint)
      on conflict (only_row) do update set counted_at = excluded.counted_at,
        up_to_version = greatest(tally_mark.up_to_version, excluded.up_to_version)`);
    return true;
  });
}

/** A document whose statements are tallied as of one version, or none, and count by another now. */
type Changed = { readonly document: number; readonly before: number | null; readonly now: number };

/** Adds to the tallies of a unit what the versions of documents hold that count now, less what those before them held. */
async function countChanged(tx: Database, unit: TallyUnit, changed: readonly Changed[]): Promise<void> {
  const difference = differenceOf(unit, changed);
  await tx.execute(sql`
    insert into statement_tallies (unit, starts_on, side, actor_id, topic_id, statements, on_topic)
    select ${unit}, starts_on, side, actor_id, topic_id, more, more_on_topic from (${difference}) as d where more > 0
    on conflict (unit, starts_on, (coalesce(side, '')), (coalesce(actor_id, '')), (coalesce(topic_id, '')))
    do update set statements = statement_tallies.statements + excluded.statements,
      on_topic = statement_tallies.on_topic + excluded.on_topic`);
  if (changed.every(({ before }) => before === null)) return;
  // Each tally is looked up by its index: planned for any number of documents, all tallies would be read for one.
  await tx.execute(sql`set local enable_hashjoin = off`);
  await tx.execute(sql`set local enable_mergejoin = off`);
  const place = sql`t.unit = ${unit} and t.starts_on = d.starts_on and coalesce(t.side, '') = coalesce(d.side, '')
    and coalesce(t.actor_id, '') = coalesce(d.actor_id, '') and coalesce(t.topic_id, '') = coalesce(d.topic_id, '')`;
  await tx.execute(sql`
    with less as materialized (select * from (${difference}) as d where more <= 0), emptied as (
      delete from statement_tallies t using less d where ${place} and t.statements + d.more <= 0
    )
    update statement_tallies t set statements = t.statements + d.more, on_topic = t.on_topic + d.more_on_topic
    from less d where ${place} and t.statements + d.more > 0`);
}

/** Writes by how much each tally of a unit differs from what the documents say now. */
function differenceOf(unit: TallyUnit, changed: readonly Changed[]): SQL {
  const { start, filter } = CALENDAR[unit];
  // Weeks by actor and topic would be nearly as many rows as statements.
  const byBoth = unit === "week" ? sql`` : sql`, (starts_on, actor_id, topic_id)`;
  return sql`
    select * from (
      select starts_on, side, actor_id, topic_id,
        (count(distinct id) filter (where sign = 1) - count(distinct id) filter (where sign = -1))::int as more,
        (count(distinct id) filter (where sign = 1 and topic_id is not null)
          - count(distinct id) filter (where sign = -1 and topic_id is not null))::int as more_on_topic
      from (
        select s.id, version.sign, ${start} as starts_on, a.bloc as side, a.id as actor_id, carried.id as topic_id
        from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as changed (before bigint, now bigint),
          lateral (values (before, -1), (now, 1)) as version (id, sign)
        join statements s on s.version_id = version.id
        left join statement_actors sa on sa.statement_id = s.id
        left join actors a on a.id = sa.actor_id
        left join statement_topics st on st.statement_id = s.id
        left join topics leaf on leaf.id = st.topic_id
        left join lateral (values (leaf.id), (leaf.parent_id)) as carried (id) on carried.id is not null
        where ${filter}
      ) as said
      group by grouping sets ((starts_on), (starts_on, side), (starts_on, actor_id), (starts_on, topic_id), (starts_on, side, topic_id)${byBoth})
      having (grouping(side) = 1 or side is not null) and (grouping(actor_id) = 1 or actor_id is not null)
        and (grouping(topic_id) = 1 or topic_id is not null)
    ) as counted where more <> 0 or more_on_topic <> 0`;
}

/** How each unit finds the start that a statement is counted under, and which statements it counts. */
const CALENDAR = {
  week: calendarOf("week"),
  month: calendarOf("month"),
  undated: { start: sql`date '1970-01-01'`, filter: sql`s.said_instant is null` },
  ever: { start: sql`date '1970-01-01'`, filter: sql`true` },
} as const;

function calendarOf(unit: "week" | "month") {
  return {
    start: sql`date_trunc(${sql.raw(`'${unit}'`)}, s.said_instant at time zone 'UTC')::date`,
    filter: sql`s.said_instant is not null`,
  };
}

/** Brings the first and the last week that hold statements, as their Mondays; null where nothing is counted yet. */
export async function talliedWeeks(db: Database): Promise<{ readonly first: Date; readonly last: Date } | null> {
  const [row] = await db.execute<{ first: string | null; last: string | null }>(sql`
    select min(starts_on)::text as first, max(starts_on)::text as last from statement_tallies
    where unit = 'week' and side is null and actor_id is null and topic_id is null`);
  return row?.first && row.last ? { first: new Date(row.first), last: new Date(row.last) } : null;
}

/** Statements of one side that fall on one week. */
export type WeekTally = { readonly startsOn: string; readonly side: string; readonly statements: number };

/** Counts statements by week and side from the week of `since` on; about a topic where one is given, an upper one with its leaves. */
export async function weeksBySide(
  db: Database,
  since: Date,
  topicId: string | null = null,
): Promise<readonly WeekTally[]> {
  const topic = topicId === null ? sql`topic_id is null` : sql`topic_id = ${topicId}`;
  return db.execute<WeekTally>(sql`
    select to_char(starts_on, 'YYYY-MM-DD') as "startsOn", side, statements from statement_tallies
    where unit = 'week' and side is not null and actor_id is null and ${topic} and ${from("week", since)}
    order by starts_on, side`);
}

/** Counts the statements of an actor, or of all where none is given, by week. */
export async function weeksOfActor(
  db: Database,
  actorId: string,
  since: Date,
): Promise<readonly { readonly startsOn: string; readonly statements: number }[]> {
  return db.execute<{ startsOn: string; statements: number }>(sql`
    select to_char(starts_on, 'YYYY-MM-DD') as "startsOn", statements from statement_tallies
    where unit = 'week' and actor_id = ${actorId} and topic_id is null and ${from("week", since)} order by starts_on`);
}

/** One cell of the matrix of actors and topics. */
export type MatrixCell = { readonly actorId: string; readonly topicId: string; readonly statements: number };

/** Counts statements by actor and upper topic from the month of `since` on, for the actors who said most about any topic. */
export async function actorTopicMatrix(db: Database, since: Date, mostActors: number): Promise<readonly MatrixCell[]> {
  return db.execute<MatrixCell>(sql`
    with loudest as materialized (
      select actor_id from statement_tallies
      where unit = 'month' and actor_id is not null and topic_id is null and ${from("month", since)}
      group by actor_id having sum(on_topic) > 0 order by sum(on_topic) desc, actor_id limit ${mostActors}
    )
    select said.* from loudest, lateral (
      select t.actor_id as "actorId", t.topic_id as "topicId", sum(t.statements)::int as statements
      from statement_tallies t join topics upper_topic on upper_topic.id = t.topic_id and upper_topic.parent_id is null
      where t.unit = 'month' and t.actor_id = loudest.actor_id and ${from("month", since)} group by t.actor_id, t.topic_id
    ) as said order by 1, 2`);
}

/** How often somebody spoke about a topic leaf, and in which months, `YYYY-MM`, for the first and the last time. */
export type SpokenTopic = {
  readonly topicId: string;
  readonly statements: number;
  readonly first: string;
  readonly last: string;
};

/** Counts an actor's statements by topic leaf, the most frequent first; undated ones are left out. */
export async function topicsOfActor(db: Database, actorId: string): Promise<readonly SpokenTopic[]> {
  return db.execute<SpokenTopic>(sql`
    select topic_id as "topicId", sum(statements)::int as statements,
      to_char(min(starts_on), 'YYYY-MM') as first, to_char(max(starts_on), 'YYYY-MM') as last
    from statement_tallies join topics leaf on leaf.id = topic_id and leaf.parent_id is not null
    where unit = 'month' and actor_id = ${actorId} group by topic_id order by 2 desc, 1`);
}

/** The actors who said most on a topic, an upper one with its leaves, from the month of `since` on. */
export async function actorsOnTopic(
  db: Database,
  topicId: string,
  since: Date,
  most: number,
): Promise<
  readonly {
    readonly id: string;
    readonly name: string;
    readonly nameZh: string | null;
    readonly side: string;
    readonly statements: number;
  }[]
> {
  return db.execute<{ id: string; name: string; nameZh: string | null; side: string; statements: number }>(sql`
    select a.id, a.name, a.name_zh as "nameZh", a.bloc as side, t.statements
    from (
      select actor_id, sum(statements)::int as statements from statement_tallies
      where unit = 'month' and topic_id = ${topicId} and actor_id is not null and ${from("month", since)}
      group by actor_id order by 2 desc, 1 limit ${most}
    ) as t join actors a on a.id = t.actor_id
    order by t.statements desc, a.id`);
}

function from(unit: "week" | "month", since: Date) {
  return sql`starts_on >= date_trunc(${sql.raw(`'${unit}'`)}, ${since.toISOString()}::timestamptz at time zone 'UTC')::date`;
}
