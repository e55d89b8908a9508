import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate } from "../../src/db/migrate.ts";
import { shipped } from "../../src/paths.ts";
import { databaseAt } from "../support/postgres-server.ts";

type Journal = { entries: { idx: number; tag: string }[] };

let folder: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-migrations-"));
  await cp(shipped("drizzle"), folder, { recursive: true });
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  url = databaseAt(inject("postgresUrl"), name);
  await asAdmin(`create database ${name}`);
});

afterEach(async () => {
  await asAdmin(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await rm(folder, { recursive: true, force: true });
});

async function asAdmin(statement: string): Promise<void> {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await admin.unsafe(statement);
  await admin.end();
}

async function readJournal(): Promise<Journal> {
  return JSON.parse(await readFile(join(folder, "meta", "_journal.json"), "utf8")) as Journal;
}

async function writeJournal(tags: readonly string[]): Promise<void> {
  const journal: Journal = { entries: tags.map((tag, idx) => ({ idx, tag })) };
  await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify(journal));
}

async function addMigration(name: string, sql: string): Promise<void> {
  const tags = (await readJournal()).entries.map(({ tag }) => tag);
  const tag = `${String(tags.length).padStart(4, "0")}_${name}`;
  await writeFile(join(folder, `${tag}.sql`), sql);
  await writeJournal([...tags, tag]);
}

describe("migrations", () => {
  test("are applied once, and a second start applies nothing", async () => {
    expect((await migrate(url, folder))[0]).toBe("0000_first_tables");
    expect(await migrate(url, folder)).toEqual([]);
  });

  test("are applied once when eight processes start together", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(url, folder)));
    expect(results.filter((tags) => tags.length > 0)).toHaveLength(1);
  });

  test("refuse to start when an applied file was edited", async () => {
    const [tag] = await migrate(url, folder);
    await writeFile(join(folder, `${tag}.sql`), "select 1");
    await expect(migrate(url, folder)).rejects.toMatchObject({
      code: "migration-refused",
      message: expect.stringContaining("was edited"),
    });
  });

  test("refuse to start when a new file was put before an applied one", async () => {
    await migrate(url, folder);
    const tags = (await readJournal()).entries.map(({ tag }) => tag);
    for (const [place, tag] of tags.entries()) {
      await cp(join(folder, `${tag}.sql`), join(folder, `${String(place + 1).padStart(4, "0")}${tag.slice(4)}.sql`));
    }
    await writeFile(join(folder, "0000_earlier.sql"), "select 1");
    await writeJournal([
      "0000_earlier",
      ...tags.map((tag, place) => `${String(place + 1).padStart(4, "0")}${tag.slice(4)}`),
    ]);
    await expect(migrate(url, folder)).rejects.toMatchObject({
      code: "migration-refused",
      message: expect.stringContaining("only ever added at the end"),
    });
  });

  test("refuse to start when the database was made by a newer Parley", async () => {
    const known = (await readJournal()).entries.map(({ tag }) => tag);
    await addMigration("from_the_future", "create table future (id int)");
    await migrate(url, folder);
    await writeJournal(known);
    await expect(migrate(url, folder)).rejects.toMatchObject({ message: expect.stringContaining("newer") });
  });

  test("leave nothing behind when one of them fails", async () => {
    await addMigration("half", "create table half (id int);--> statement-breakpoint\nselect nonsense");
    await expect(migrate(url, folder)).rejects.toThrow("nonsense");
    const client = postgres(url, { max: 1 });
    const tables = await client`select tablename from pg_tables where schemaname = 'public'`;
    await client.end();
    expect(tables.map(({ tablename }) => tablename)).toEqual([]);
  });
});
