import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { isDatabaseDown, isQueryStopped, openDatabase } from "../../src/db/client.ts";
import { documents } from "../../src/db/schema/archive.ts";
import { useDatabase } from "../support/database.ts";

const db = useDatabase();

/** Counts the statements that the one connection of a pool keeps prepared, by a word that stands in them. */
async function prepared(handle: ReturnType<typeof openDatabase>, word: string): Promise<number> {
  const like = `%${word}%`;
  const rows = await handle.db.execute(
    sql`select 1 from pg_prepared_statements where statement like ${like} and statement not like '%pg_prepared%'`,
  );
  return rows.length;
}

test("a statement that is sent again and again is prepared once, in transactions too", async () => {
  const handle = openDatabase(db.url(), { name: "parley test", maxConnections: 1 });
  try {
    for (const id of [1, 2, 3]) {
      await handle.db.select({ identity: documents.identity }).from(documents).where(eq(documents.id, id));
      await handle.db.transaction((tx) => tx.execute(sql`select ${id}::integer as counted_in_a_transaction`));
    }
    expect(await prepared(handle, "identity")).toBe(1);
    expect(await prepared(handle, "counted_in_a_transaction")).toBe(1);
  } finally {
    await handle.close();
  }
});

test("a statement with very many parameters is not kept", async () => {
  const handle = openDatabase(db.url(), { name: "parley test", maxConnections: 1 });
  try {
    const many = Array.from({ length: 1_000 }, (_, n) => sql`${n}::integer`);
    const rows = await handle.db.execute<{ sum: number }>(
      sql`select sum(n)::integer as sum from unnest(array[${sql.join(many, sql`, `)}]) as n`,
    );
    expect(rows[0]?.sum).toBe(499_500);
    expect(await prepared(handle, "unnest")).toBe(0);
  } finally {
    await handle.close();
  }
});

test("a query that takes too long is stopped where the pool says so, and the connection goes on", async () => {
  const handle = openDatabase(db.url(), { name: "parley test", maxConnections: 1, longestQueryMs: 100 });
  try {
    const error = await handle.db.execute(sql`select pg_sleep(60)`).catch((thrown: unknown) => thrown);
    expect([isQueryStopped(error), isDatabaseDown(error)]).toEqual([true, false]);
    expect(await handle.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  } finally {
    await handle.close();
  }
});
