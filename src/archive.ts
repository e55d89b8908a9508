import type { Config } from "./config.ts";
import { makeDataFolder } from "./data-folder.ts";
import { makeViews } from "./db/analysts/make-views.ts";
import { closeOtherDatabases } from "./db/analysts/other-databases.ts";
import { checkDatabase, type Database, openDatabase } from "./db/client.ts";
import { continueChanges } from "./db/history/changes.ts";
import { migrate } from "./db/migrate.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./db/postgres/embedded-postgres.ts";
import { bringSearchUpToDate } from "./db/search/search-state.ts";
import { shipped } from "./paths.ts";
import { prepareQueues } from "./queues.ts";

/** Told in one sentence what takes time or is unusual. */
export type Say = (sentence: string) => void;

/** The archive, open and up to date. */
export type Archive = {
  readonly db: Database;
  readonly url: string;
  /** Parley's own server, where no other was named. */
  readonly embedded: EmbeddedPostgres | null;
  readonly close: () => Promise<void>;
};

/**
 * Opens the archive: the Postgres that `DATABASE_URL` names, else Parley's own, brought up where it does not run; and migrates it.
 *
 * @throws {Failure} when no server can be had, or its migrations do not fit this Parley.
 */
export async function openArchive(config: Config, say: Say, { maxConnections = 10 } = {}): Promise<Archive> {
  const embedded = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres(await makeDataFolder(config.PARLEY_DATA), say);
  const url = config.DATABASE_URL ?? embedded?.url ?? "";
  try {
    if (!embedded) await checkDatabase(url);
    await migrate(url, shipped("drizzle"));
    await prepareQueues({ databaseUrl: url, redisUrl: config.REDIS_URL ?? null });
  } catch (error) {
    await embedded?.close();
    throw error;
  }
  const { db, close } = openDatabase(url, { maxConnections });
  try {
    await makeViews(db);
    if (embedded) await closeOtherDatabases(db);
    await continueChanges(db);
    await bringSearchUpToDate(db, say);
  } catch (error) {
    await close();
    await embedded?.close();
    throw error;
  }
  return {
    ...{ db, url, embedded },
    close: async () => {
      await close();
      await embedded?.close();
    },
  };
}
