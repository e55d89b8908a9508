import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { migrate } from "../../src/db/migrate.ts";
import { startEmbeddedPostgres } from "../../src/db/postgres/embedded-postgres.ts";
import { shipped } from "../../src/paths.ts";
import { prepareQueues } from "../../src/queues.ts";

/** The database that every test file's own one is copied from. */
export const TEMPLATE = "parley_template";

/** Starts a Postgres for this run: `PARLEY_TEST_DATABASE_URL`, else Parley's own in a temporary folder. */
export async function startTestPostgres(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.PARLEY_TEST_DATABASE_URL;
  if (given) {
    await makeTemplate(given);
    return { url: given, close: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), "parley-test-"));
  // The server's user must be able to pass through; the data folder inside is closed to others.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, () => {});
  const url = databaseAt(server.url, "postgres");
  await makeTemplate(url);
  return {
    url,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The address of another database on the same server. */
export function databaseAt(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.unsafe(`create database ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  const template = databaseAt(url, TEMPLATE);
  await migrate(template, shipped("drizzle"));
  await prepareQueues({ databaseUrl: template, redisUrl: null });
}
