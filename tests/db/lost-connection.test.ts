import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { isDatabaseDown } from "../../src/db/client.ts";
import { useDatabase } from "../support/database.ts";

const db = useDatabase();

/** Ends the connection of a transaction from outside, as a crash of the server does. */
async function endBackend(pid: number): Promise<void> {
  await db().execute(sql`select pg_terminate_backend(${pid}::integer)`);
  for (;;) {
    const rows = await db().execute(sql`select 1 from pg_stat_activity where pid = ${pid}::integer`);
    if (rows.length === 0) return;
  }
}

test.each([
  ["while nothing is asked, and then something is", true],
  ["in the middle of a question", false],
])("a transaction whose connection is lost %s fails as a whole, and the process goes on", async (_, idle) => {
  const failed = db()
    .transaction(async (tx) => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      const pid = row?.pid ?? 0;
      if (idle) {
        await endBackend(pid);
        await new Promise((done) => setTimeout(done, 50));
        await tx.execute(sql`select 1`);
        return;
      }
      const ended = endBackend(pid);
      await tx.execute(sql`select pg_sleep(5)`).finally(() => ended);
    })
    .catch((error: unknown) => error);
  expect(isDatabaseDown(await failed)).toBe(true);
  // An error that nobody can catch comes with the next turn of the loop, and fails this run.
  await new Promise((done) => setTimeout(done, 50));
  expect(await db().transaction(async (tx) => (await tx.execute(sql`select 1`)).length)).toBe(1);
});

test("a transaction that fails for another reason is rolled back and says why", async () => {
  const failing = db().transaction(async (tx) => {
    await tx.execute(sql`create table left_behind ()`);
    throw new Error("enough");
  });
  await expect(failing).rejects.toThrow("enough");
  await expect(db().execute(sql`select * from left_behind`)).rejects.toThrow();
});
