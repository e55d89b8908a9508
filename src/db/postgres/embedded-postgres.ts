import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chown, cp, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { Failure } from "../../domain/failure.ts";
import {
  canReach,
  findServerUser,
  isAlive,
  keepSecret,
  makeServerFolder,
  readText,
  type ServerUser,
  withFolderLock,
} from "./embedded-files.ts";
import { findPrograms, type Programs, programsIn } from "./embedded-programs.ts";

/** Where servers live whose own folder their user cannot reach. */
const SHARED_HOME = "/var/lib/parley";

/** A Postgres of Parley's own, running. */
export type EmbeddedPostgres = {
  /** Address of the archive in it, with user and password. */
  readonly url: string;
  /** Whether it was running before: left by a Parley that was killed, or shared with one that runs. */
  readonly adopted: boolean;
  /** Folder of the data. */
  readonly dataDir: string;
  /** Starts the server again at the same address if its process is gone; tells whether it had to. */
  readonly revive: () => Promise<boolean>;
  /** Leaves the server; the last Parley out stops it. */
  readonly close: () => Promise<void>;
};

type Running = { readonly pid: number; readonly port: number };
type Server = {
  readonly programs: Programs;
  readonly user: ServerUser | null;
  readonly dataDir: string;
  readonly password: string;
  readonly log: string;
};

/**
 * Brings up Parley's own Postgres in `<folder>/postgres`, making it first where there is none.
 *
 * A server that a killed Parley left behind is adopted. As root the server runs as user `postgres` or `nobody`,
 * because Postgres refuses root; where that user cannot reach the folder (a checkout under a private home),
 * programs and data stand under /var/lib/parley, and `<folder>/postgres` points there.
 *
 * @param say - Told in one sentence what takes time or is unusual.
 * @throws {Failure} with what to do, when no server can be had.
 */
export async function startEmbeddedPostgres(
  folder: string,
  say: (sentence: string) => void,
): Promise<EmbeddedPostgres> {
  const home = resolve(folder);
  await mkdir(home, { recursive: true });
  const server = await prepareServer(home, say);
  const { running, adopted, presence } = await withFolderLock(home, async () => {
    await makeCluster(server, say);
    const left = await findRunning(server);
    const running = left ?? (await launch(server, await freePort()));
    return { running, adopted: left !== null, presence: await bePresent(server, running.port) };
  });
  await makeDatabase(server, running.port);
  return {
    url: addressOf(server, running.port, "parley"),
    adopted,
    dataDir: server.dataDir,
    revive: async () => {
      if (await processLives(server)) return false;
      return withFolderLock(home, async () => {
        if (await findRunning(server)) return false;
        await launch(server, running.port);
        await presence`select 1`;
        return true;
      });
    },
    close: async () => {
      await presence.end({ timeout: 1 });
      // In turn with those who start: a server that was found there is not stopped before its finder is counted.
      await withFolderLock(home, () => leave(server, running.port));
    },
  };
}

/**
 * Connects to the server and stays so, which tells every other Parley that it is in use. Begun while the folder is locked: between finding
 * the server and the first connection another Parley would else think itself the last one, and stop it.
 */
async function bePresent(server: Server, port: number): Promise<postgres.Sql> {
  const presence = postgres(addressOf(server, port, "postgres"), {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: "parley presence" },
  });
  await presence`select 1`;
  return presence;
}

/** Tells whether a server of Parley's own runs in this folder, without starting one. */
export async function embeddedIsRunning(folder: string): Promise<boolean> {
  const lines = ((await readText(join(resolve(folder), "postgres", "postmaster.pid")).catch(() => null)) ?? "").split(
    "\n",
  );
  return Number(lines[0]) > 0 && isAlive(Number(lines[0]));
}

/** Chooses programs, user and folders, moving both to where the user can reach them. */
async function prepareServer(home: string, say: (sentence: string) => void): Promise<Server> {
  const user = await findServerUser();
  const password = await keepSecret(join(home, "postgres-password"), () => randomBytes(24).toString("hex"));
  let programs = await findPrograms();
  let dataDir = join(home, "postgres");
  if (user && !(await canReach(join(programs.home, "bin", "x"), user))) programs = await copyPrograms(programs, say);
  if (user && !(await canReach(dataDir, user))) {
    const place = join(SHARED_HOME, createHash("sha256").update(home).digest("hex").slice(0, 12));
    await mkdir(place, { recursive: true, mode: 0o755 });
    await symlink(join(place, "postgres"), dataDir).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    dataDir = join(place, "postgres");
    say(`User ${user.name}, whom Postgres runs as, cannot reach ${home}; the data stands in ${dataDir}.`);
  }
  return { programs, user, dataDir, password, log: join(dataDir, "server.log") };
}

async function copyPrograms(programs: Programs, say: (sentence: string) => void): Promise<Programs> {
  const mark = createHash("sha256").update(programs.home).digest("hex").slice(0, 12);
  const target = join(SHARED_HOME, `programs-${mark}`);
  if ((await readText(join(target, "complete"))) === null) {
    say(`Copying Postgres to ${target}, where its user can reach it.`);
    const half = `${target}.${process.pid}`;
    await cp(programs.home, half, { recursive: true, verbatimSymlinks: true });
    await writeFile(join(half, "complete"), "");
    await rm(target, { recursive: true, force: true });
    await rename(half, target);
  }
  return programsIn(target);
}

/** Makes the data folder beside its place and moves it there whole, so that a killed attempt leaves nothing half made. */
async function makeCluster(server: Server, say: (sentence: string) => void): Promise<void> {
  if ((await readText(join(server.dataDir, "PG_VERSION"))) !== null) return;
  say(`Making a new Postgres in ${server.dataDir} …`);
  const half = `${server.dataDir}.new`;
  await rm(half, { recursive: true, force: true });
  await makeServerFolder(half, server.user);
  const passwordFile = join(dirname(half), "initdb-password");
  await writeFile(passwordFile, server.password, { mode: 0o600 });
  if (server.user) await chown(passwordFile, server.user.uid, server.user.gid);
  try {
    await run(server, server.programs.initdb, [
      ...["-D", half, "-U", "parley", "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8"],
      // The builtin locale is the same on every machine and knows hanzi, which C does not.
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, server.dataDir);
}

async function processLives({ dataDir }: Server): Promise<boolean> {
  const pid = Number(((await readText(join(dataDir, "postmaster.pid"))) ?? "").split("\n")[0]);
  return pid > 0 && isAlive(pid);
}

/** Reads postmaster.pid and asks the server that it names; null when none answers as ours. */
async function findRunning(server: Server): Promise<Running | null> {
  for (let tries = 0; tries < 100; tries += 1) {
    const lines = ((await readText(join(server.dataDir, "postmaster.pid"))) ?? "").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!(pid > 0) || !isAlive(pid)) return null;
    if (port > 0 && (await answers(server, port))) return { pid, port };
    // It is starting, recovering or stopping: wait for what becomes of it.
    await sleep(100);
  }
  return null;
}

async function answers(server: Server, port: number): Promise<boolean> {
  const client = postgres(addressOf(server, port, "postgres"), { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    const rows = await client<{ folder: string }[]>`select current_setting('data_directory') as folder`;
    return resolve(rows[0]?.folder ?? "") === server.dataDir;
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** A sixteenth of the machine's memory for the pages of the archive, 128 MB to 1 GB: what is used often need not be read again. */
function sharedBuffersMb(): number {
  return Math.round(Math.min(1_024, Math.max(128, totalmem() / 16 / 1_024 ** 2)));
}

/**
 * Pages of the archive that one question has read at once, and the processes that read them for all: a search meets hundreds of pages that
 * lie apart, and where they are not in memory the disk's answers had else to be waited for three at a time (Postgres's own 16 and 3).
 */
const READ_AT_ONCE = 64;
const READERS_OF_PAGES = 8;

async function launch(server: Server, port: number): Promise<Running> {
  const options = [
    ...["-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    ...[
      "-c",
      "max_connections=200",
      "-c",
      `shared_buffers=${sharedBuffersMb()}MB`,
      "-c",
      "max_wal_size=2GB",
      "-c",
      `effective_io_concurrency=${READ_AT_ONCE}`,
      "-c",
      `io_workers=${READERS_OF_PAGES}`,
      "-c",
      "timezone=UTC",
    ],
  ];
  try {
    await run(server, server.programs.pgCtl, [
      "-D",
      server.dataDir,
      "-l",
      server.log,
      "-w",
      "-t",
      "60",
      "-o",
      options.join(" "),
      "start",
    ]);
  } catch (error) {
    const tail = ((await readText(server.log)) ?? "").trim().split("\n").slice(-5).join("\n  ");
    throw new Failure(
      "database-unreachable",
      `Parley's own Postgres did not start in ${server.dataDir}. The end of ${server.log}:\n  ${tail}`,
      { cause: error },
    );
  }
  const running = await findRunning(server);
  if (!running)
    throw new Failure(
      "database-unreachable",
      `Parley's own Postgres started in ${server.dataDir} but does not answer; see ${server.log}.`,
    );
  return running;
}

async function makeDatabase(server: Server, port: number): Promise<void> {
  const client = postgres(addressOf(server, port, "postgres"), {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "parley setup" },
  });
  try {
    const found = await client`select 1 from pg_database where datname = 'parley'`;
    if (found.length === 0) await client`create database parley`;
  } catch (error) {
    // 42P04, 23505: another process made it at the same moment.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Stops the server unless another Parley is connected to it. */
async function leave(server: Server, port: number): Promise<void> {
  if (await othersConnected(server, port)) return;
  await run(server, server.programs.pgCtl, ["-D", server.dataDir, "-m", "fast", "-w", "-t", "20", "stop"]).catch(
    async (error) => {
      // Somebody else stopped it first: what we wanted.
      if (await findRunning(server)) throw error;
    },
  );
}

async function othersConnected(server: Server, port: number): Promise<boolean> {
  const client = postgres(addressOf(server, port, "postgres"), {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: "leaving" },
  });
  try {
    // Our own closed connections need a moment to vanish from the list.
    for (let tries = 0; tries < 20; tries += 1) {
      const rows =
        await client`select 1 from pg_stat_activity where backend_type = 'client backend' and application_name like 'parley%'`;
      if (rows.length === 0) return false;
      await sleep(50);
    }
    return true;
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function addressOf(server: Server, port: number, database: string): string {
  return `postgres://parley:${server.password}@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Runs one of the Postgres programs to its end, as the server's user. */
async function run(server: Server, program: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((done, fail) => {
    const child = spawn(program, args, {
      // pg_ctl hands its output on to the server, so a pipe would never end: only errors of the program itself are read.
      stdio: ["ignore", "ignore", program.includes("pg_ctl") ? "ignore" : "pipe"],
      cwd: "/",
      env: { PATH: process.env.PATH ?? "", LANG: "C", LC_ALL: "C", TZ: "UTC" },
      ...(server.user ? { uid: server.user.uid, gid: server.user.gid } : {}),
    });
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors = `${errors}${chunk}`.slice(-2_000);
    });
    child.once("error", fail);
    child.once("exit", (code) =>
      code === 0 ? done() : fail(new Error(`${program} ended with ${code}: ${errors.trim()}`)),
    );
  });
}
