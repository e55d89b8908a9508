import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { openArchive } from "../archive.ts";
import { makeDataFolder } from "../data-folder.ts";
import { settleRestored } from "../db/alerts/settle-restored.ts";
import { writeBackup } from "../db/postgres/backup.ts";
import { databaseNow } from "../db/postgres/clock.ts";
import { startEmbeddedPostgres } from "../db/postgres/embedded-postgres.ts";
import { restoreBackup } from "../db/postgres/restore.ts";
import { holdRunnerLock } from "../db/postgres/runner-lock.ts";
import { Failure } from "../domain/failure.ts";
import { shipped } from "../paths.ts";
import { version } from "../user-agent.ts";
import { currentConfig, withArchive } from "./context.ts";
import { say } from "./output.ts";
import { writeWhole } from "./whole-file.ts";

/** Writes the whole archive into one file, as of one moment; Parley may run meanwhile. Refuses a file that is there already, unless `force`. */
export async function backupCommand(file: string, { force = false }: { readonly force?: boolean } = {}): Promise<void> {
  if (!force && existsSync(file))
    throw new Failure("bad-input", `${file} is there already; --force writes over it, or give another name.`);
  await withArchive(async ({ url, now }) => {
    const backup = Readable.from(writeBackup(url, { parley: version, now: now() }));
    await writeWhole(file, (partial) => pipeline(backup, createGzip(), createWriteStream(partial)), { mode: 0o600 });
    const { size } = await stat(file);
    say(
      `${file}: ${Math.ceil(size / 1_024)} KB. The key of the secrets is not in it: keep secret-key or PARLEY_SECRET_KEY too.`,
    );
  });
}

/** Puts a backup back into a database that holds no archive; nothing that waited to be sent goes out, unless it is told to. */
export async function restoreCommand(file: string, { resume = false }: { readonly resume?: boolean }): Promise<void> {
  const config = currentConfig();
  const embedded = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres(await makeDataFolder(config.PARLEY_DATA), say);
  try {
    const url = config.DATABASE_URL ?? embedded?.url ?? "";
    const lock = embedded ? await holdRunnerLock(url, resolve(config.PARLEY_DATA)) : null;
    try {
      const { madeAt, rows } = await restoreBackup(url, shipped("drizzle"), unpacked(file));
      const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
      say(`${total} rows in ${Object.keys(rows).length} tables, as of ${madeAt.toISOString()}.`);
      const archive = await openArchive(config, say);
      try {
        if (!resume) say(notSent(await settleRestored(archive.db, madeAt, await databaseNow(archive.db))));
      } finally {
        await archive.close();
      }
    } finally {
      await lock?.release();
    }
  } finally {
    await embedded?.close();
  }
  say(
    "parley verify checks what came back. Analysts' roles are not in a backup: parley grant-analyst makes them again.",
  );
}

function notSent(count: Awaited<ReturnType<typeof settleRestored>>): string {
  const parts = Object.entries(count).flatMap(([noun, n]) => (n > 0 ? [`${n} ${noun}`] : []));
  return parts.length === 0
    ? "Nothing waited to be sent."
    : `Not sent, because it may have gone out after the backup: ${parts.join(", ")}. The page /deliveries shows them; parley endpoints replay sends them.`;
}

/** The bytes of a backup, unpacked. */
async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const packed = createReadStream(file);
  const plain = createGunzip();
  packed.on("error", (error) => plain.destroy(error));
  packed.pipe(plain);
  try {
    for await (const bytes of plain) yield bytes as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT" ? "there is no such file" : code?.startsWith("Z_") ? "it was changed or cut" : String(error);
    throw new Failure("bad-input", `${file} cannot be read as a backup: ${why}.`, { cause: error });
  }
}
