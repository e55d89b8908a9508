import type { ClientBase } from "pg";

/**
 * Makes the queues' own tables in Postgres as light as a to-do list may be; safe to run again.
 *
 * - BullMQ writes every step of every job into a stream of events, for onlookers that Parley does not have, and wakes all listening
 *   connections with each: four rows and four rounds of waking a job. The function that writes them does nothing here.
 * - The tables are not logged: whatever a crash of the server takes from them, `reconcile` makes again.
 */
export async function lightenQueueTables(client: ClientBase): Promise<void> {
  await client.query(`
    create or replace function bullmq.publish_event(p_queue text, p_event text, p_data jsonb) returns bigint
    language sql immutable as 'select 0::bigint'`);
  // Those that point to `job` first: a logged table must not point to one that is not.
  for (const table of ["job_log", "job_dependency", "job", "event"]) {
    const { rowCount } = await client.query(
      "select 1 from pg_class where oid = to_regclass($1) and relpersistence = 'p'",
      [`bullmq.${table}`],
    );
    if (rowCount) await client.query(`alter table bullmq.${table} set unlogged`);
  }
}
