import { chown, mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../domain/failure.ts";

/** The unprivileged user that a server runs as when Parley runs as root. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** Reads a JSON file; null when it is not there. */
export async function readJson<T>(path: string): Promise<T | null> {
  const text = await readText(path);
  return text === null ? null : (JSON.parse(text) as T);
}

/** Reads a text file; null when it is not there. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Reads a secret that is made on first use, by one of however many processes ask, and kept readable for its owner alone. */
export async function keepSecret(path: string, make: () => string): Promise<string> {
  await writeFile(path, make(), { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  for (let tries = 0; tries < 50; tries += 1) {
    const kept = await readText(path);
    if (kept) return kept;
    // Whoever makes it has opened the file and is about to write.
    await sleep(20);
  }
  // It was killed in between.
  await rm(path, { force: true });
  return keepSecret(path, make);
}

/**
 * Finds a user that Postgres may run as, because it refuses root: `postgres` where the machine has it, else `nobody`.
 *
 * @returns null when this process is not root, and the server runs as whoever we are.
 */
export async function findServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = ((await readText("/etc/passwd")) ?? "").split("\n").map((line) => line.split(":"));
  const entry = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  const [name, , uid, gid] = entry ?? [];
  if (!name || !uid || !gid) {
    throw new Failure(
      "bad-setting",
      "Postgres refuses to run as root, and this machine has neither a user postgres nor nobody. Run Parley as another user, or set DATABASE_URL.",
    );
  }
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** Tells whether a user may pass through every folder on the way to a path. */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const info = await stat(folder).catch(() => null);
    if (info) {
      const bit = info.uid === user.uid ? 0o100 : info.gid === user.gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Makes a folder that the server's user owns and nobody else may look into. */
export async function makeServerFolder(path: string, user: ServerUser | null): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (user) await chown(path, user.uid, user.gid);
}

/**
 * Runs `work` while no other process does the same in this folder. The holder's process number stands in the lock file,
 * so that a lock left by a killed process is recognised.
 *
 * @throws {Failure} `in-use` when another process holds the lock for over a minute.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, "starting.lock");
  for (let tries = 0; ; tries += 1) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number((await readText(path)) ?? "0");
      // A lock that stays empty was left by a process killed before it could write its number.
      const isLeft = holder > 0 ? !isAlive(holder) : tries > 50;
      if (isLeft) await rm(path, { force: true });
      else if (tries > 600)
        throw new Failure(
          "in-use",
          `Process ${holder} has been starting Postgres in ${folder} for over a minute. Stop it, or delete ${path} if it is gone.`,
        );
      else await sleep(100);
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Tells whether a process with this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
