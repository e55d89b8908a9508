import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { type Database, type DatabaseHandle, openDatabase } from "../../src/db/client.ts";
import { databaseAt, TEMPLATE } from "./postgres-server.ts";

/** Makes a fresh, migrated Postgres database, copied from a template. */
export async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
  return {
    url: databaseAt(server, name),
    drop: async () => {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Gives a test file a database of its own; call the result inside tests. */
export function useDatabase(): (() => Database) & { url: () => string } {
  let made: Awaited<ReturnType<typeof makeDatabase>>;
  let handle: DatabaseHandle;
  beforeAll(async () => {
    made = await makeDatabase();
    handle = openDatabase(made.url, { name: "parley test", maxConnections: 5 });
  });
  afterAll(async () => {
    await handle?.close();
    await made?.drop();
  });
  return Object.assign(() => handle.db, { url: () => made.url });
}
