import type { ClientBase } from "pg";

/**
 * Makes the queues' own tables in Postgres as light as a to-do list may be; safe to run again.
 *
 * - BullMQ writes every step of every job into a stream of events, for onlookers that Parley does not have, and wakes all listening
 *   connections with each: four rows and four rounds of waking a job. The function that writes them does nothing here.
 * - Many jobs at once go in by one statement. BullMQ's makes two temporary tables each time and drops them, which costs the catalogue of
 *   Postgres more than the jobs themselves: half of the time of a poll that brings thirty items.
 * - The tables are not logged: whatever a crash of the server takes from them, `reconcile` makes again.
 */
export async function lightenQueueTables(client: ClientBase): Promise<void> {
  await client.query(`
    create or replace function bullmq.publish_event(p_queue text, p_event text, p_data jsonb) returns bigint
    language sql immutable as 'select 0::bigint'`);
  await client.query(ADD_JOBS_BULK);
  // Those that point to `job` first: a logged table must not point to one that is not.
  for (const table of ["job_log", "job_dependency", "job", "event"]) {
    const { rowCount } = await client.query(
      "select 1 from pg_class where oid = to_regclass($1) and relpersistence = 'p'",
      [`bullmq.${table}`],
    );
    if (rowCount) await client.query(`alter table bullmq.${table} set unlogged`);
  }
}

/** The same as BullMQ's function of this name (of its 0002_functions.sql and 0011_obliterate_producer_lock.sql), without events. */
const ADD_JOBS_BULK = `
  create or replace function bullmq.add_jobs_bulk(p_queue text, p_entries jsonb) returns setof text
  language plpgsql set search_path = bullmq as $$
  declare
    v_ids text[];
    v_made bigint;
  begin
    perform lock_producer_queues(jsonb_build_array(jsonb_build_object('queue', p_queue)));
    with given as materialized (
      select ord, j, coalesce(nullif(j ->> 'id', ''), next_job_id(p_queue)) as id, nextval('job_seq') as seq,
        coalesce((j ->> 'delay')::bigint, 0) as delay, coalesce((j ->> 'timestamp')::bigint, 0) as added
      from (select value as j, ord from jsonb_array_elements(p_entries) with ordinality as e (value, ord) order by ord) entries
    ), made as (
      insert into job (queue, id, seq, name, state, data, opts, priority, delay_ms, max_attempts, added_at_ms, process_at_ms,
        scheduler_id, pending_deps)
      select p_queue, id, case when (j ->> 'lifo')::boolean then -seq else seq end, j ->> 'name',
        case when delay > 0 then 'delayed'::job_state else 'waiting'::job_state end, coalesce((j ->> 'data')::jsonb, '{}'),
        coalesce(j -> 'opts', '{}'), coalesce((j ->> 'priority')::integer, 0), delay, coalesce((j ->> 'attempts')::integer, 1), added,
        case when delay > 0 then added + delay end, j ->> 'schedulerId', 0
      from given order by ord
      on conflict (queue, id) do nothing returning 1
    )
    select array_agg(id order by ord), (select count(*) from made) into v_ids, v_made from given;
    if v_made > 0 then perform pg_notify('bullmq_jobs', p_queue); end if;
    return query select unnest(v_ids);
  end $$`;
