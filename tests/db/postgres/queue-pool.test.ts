import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { openQueuePool } from "../../../src/db/postgres/queue-pool.ts";
import { useDatabase } from "../../support/database.ts";

const db = useDatabase();

test("a pool that is closed while its listening connection breaks gives it back once, and the process goes on", async () => {
  for (let round = 0; round < 10; round += 1) {
    const pool = openQueuePool(db.url(), 3);
    const client = await pool.connect();
    await client.query('LISTEN "somebody"');
    const ended = db().execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'parley queues'`);
    await Promise.all([ended, pool.end()]);
  }
  // An error that nobody can catch comes with the next turns of the loop, and fails this run.
  await new Promise((done) => setTimeout(done, 100));
  expect(await db().execute(sql`select 1 as here`)).toHaveLength(1);
});
