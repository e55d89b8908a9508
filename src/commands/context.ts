import pino, { type DestinationStream, type Logger } from "pino";
import { type Archive, openArchive } from "../archive.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import { type Config, readConfig } from "../config.ts";
import { saveCatalogue } from "../db/collection/catalogue.ts";
import { followDatabaseClock } from "../db/postgres/clock.ts";
import { shownError } from "../db/without-values.ts";
import { shipped } from "../paths.ts";
import { say } from "./output.ts";

/** Reads the settings of this process. */
export function currentConfig(): Config {
  return readConfig(process.env);
}

/** Loads the shipped catalogue with the user's overlay. */
export function currentCatalogue(config: Config): Catalogue {
  return loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: config.PARLEY_CATALOGUE ?? null });
}

/** The archive as a command has it, with the time that all who write to it share. */
export type OpenArchive = Archive & {
  /** The database's clock: what a command stores is compared with what other machines store. */
  readonly now: () => Date;
};

/** Opens the archive for one command and closes it afterwards, whatever happens. */
export async function withArchive<T>(work: (archive: OpenArchive, config: Config) => Promise<T>): Promise<T> {
  const config = currentConfig();
  const archive = await openArchive(config, say);
  try {
    const clock = await followDatabaseClock(archive.db, () => {});
    try {
      return await work({ ...archive, now: clock.now }, config);
    } finally {
      clock.stop();
    }
  } finally {
    await archive.close();
  }
}

/** The same for commands that need actors, topics and sources in the tables. */
export async function withCataloguedArchive<T>(
  work: (archive: OpenArchive, config: Config, catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const config = currentConfig();
  const catalogue = currentCatalogue(config);
  return withArchive(async (archive) => {
    await saveCatalogue(archive.db, catalogue, archive.now());
    return work(archive, config, catalogue);
  });
}

/** Makes the log: JSON lines, on standard error unless told otherwise, without secrets and without the values of failed queries. */
export function makeLog(level: string, to: DestinationStream = pino.destination(2)): Logger {
  const secrets = [
    "secret",
    "secrets",
    "password",
    "token",
    "authorization",
    "*.secret",
    "*.secrets",
    "*.password",
    "*.token",
    "*.authorization",
  ];
  const serializers = { err: shownError };
  const timestamp = pino.stdTimeFunctions.isoTime;
  return pino({ level, base: null, redact: secrets, serializers, timestamp }, to);
}
