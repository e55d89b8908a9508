import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { type Archive, openArchive } from "../../../src/archive.ts";
import { readConfig } from "../../../src/config.ts";
import { cutAnalysts, grantAnalyst } from "../../../src/db/analysts/analysts.ts";
import { closeOtherDatabases, databasesOpenToAnalysts } from "../../../src/db/analysts/other-databases.ts";

async function openOwn(): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), "parley-closed-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  await chmod(folder, 0o755);
  const archive = await openArchive(readConfig({ PARLEY_DATA: folder }), () => {});
  onTestFinished(() => archive.close());
  return archive;
}

function session(url: string, password: string, database: string): postgres.Sql {
  const address = new URL(url);
  address.username = "analyst_curious";
  address.password = password;
  address.pathname = `/${database}`;
  const client = postgres(address.href, { max: 1, onnotice: () => {}, prepare: false });
  onTestFinished(() => client.end({ timeout: 1 }));
  return client;
}

test("an analyst of Parley's own Postgres cannot connect to its other databases, and is thrown out of them", async () => {
  const { db, url } = await openOwn();
  await db.execute(sql`create database "left ""over"`);
  expect(await databasesOpenToAnalysts(db)).toEqual([]);
  const password = await grantAnalyst(db, "curious");
  const others = ['left "over', "postgres", "template1"];
  expect([...(await databasesOpenToAnalysts(db))].sort()).toEqual(others);

  const inside = session(url, password, "postgres");
  await inside`select pg_backend_pid()`;
  expect([...(await closeOtherDatabases(db))].sort()).toEqual(others);
  expect(await closeOtherDatabases(db)).toEqual([]);
  await expect(inside`select lo_from_bytea(0, 'x')`).rejects.toThrow();
  for (const name of ["postgres", "template1"])
    await expect(session(url, password, name)`select 1`).rejects.toMatchObject({ code: "42501" });
  expect(await session(url, password, "parley")`select 1 as one`).toEqual([{ one: 1 }]);
  await expect(db.execute(sql`create database another`)).resolves.toBeDefined();
  // Postgres opens each new database to all: the next start closes it.
  expect(await closeOtherDatabases(db)).toEqual(["another"]);
});

test("a question of an analyst that runs long in another database of the server is ended too", async () => {
  const { db, url } = await openOwn();
  const elsewhere = session(url, await grantAnalyst(db, "curious"), "postgres");
  const asked = expect(elsewhere.unsafe("set statement_timeout = 0; select pg_sleep(60)")).rejects.toThrow();
  const watch = setInterval(() => void cutAnalysts(db).catch(() => 0), 500);
  onTestFinished(() => clearInterval(watch));
  await asked;
}, 30_000);
