import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type CpuSeconds, cpuOf, cpuOfMainThread } from "./cpu.ts";

/** A running `parley start`. */
export type Monitor = {
  /** Waits for work that needs the process; rejects when the process ends by itself before. */
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  /** What the process used since it started: all of it, and its main thread. */
  readonly cpu: () => Promise<{ readonly all: CpuSeconds; readonly mainThread: CpuSeconds }>;
  /** Asks it to stop, waits until it has, and gives the most memory it held, in MB; null where /proc is not to be had. */
  readonly stop: () => Promise<number | null>;
};

/** The compiled command that is measured. */
const CLI = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));
/** Folder for processor profiles of the process and its threads, where they are wanted. */
const PROFILES = process.env.BENCH_PROFILES;
const SAMPLE_EVERY_MS = 100;
const LONGEST_STOP_MS = 40_000;

/** Starts `parley start` with these arguments and settings; what it says is kept for the case that it ends by itself. */
export function startMonitor(args: readonly string[], env: Readonly<Record<string, string>>): Monitor {
  const child = startCommand(["start", ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  let stopping = false;
  child.stderr?.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const endedByItself = new Promise<never>((_, fail) => {
    child.once("exit", (code) => {
      if (!stopping) fail(new Error(`parley start ended with ${code} while it was measured:\n${said}`));
    });
  });
  endedByItself.catch(() => clearInterval(timer));
  let mostMb: number | null = null;
  const timer = setInterval(async () => {
    const mb = await residentMb(child.pid ?? 0);
    if (mb !== null) mostMb = Math.max(mostMb ?? 0, mb);
  }, SAMPLE_EVERY_MS);
  return {
    during: (work) => Promise.race([work, endedByItself]),
    cpu: async () => ({ all: await cpuOf(child.pid ?? 0), mainThread: await cpuOfMainThread(child.pid ?? 0) }),
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await ended(child);
      return mostMb;
    },
  };
}

/** Starts a command as people do: how Node is to be started for it stands in its first line. */
function startCommand(args: readonly string[], options: SpawnOptions): ChildProcess {
  if (!PROFILES) return spawn(CLI, args, options);
  const flags = ["--cpu-prof", `--cpu-prof-dir=${PROFILES}`, "--single-threaded-gc", "--max-semi-space-size=4"];
  return spawn(process.execPath, [...flags, CLI, ...args], options);
}

/** Runs one command of Parley to its end and gives what it printed. */
export function runCommand(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((done, fail) => {
    const child = startCommand(args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    child.once("exit", (code) =>
      code === 0 ? done(printed) : fail(new Error(`parley ${args.join(" ")} ended with ${code}:\n${said}`)),
    );
  });
}

/** Memory that the process holds in RAM now, threads included, Postgres not: VmRSS of /proc. */
async function residentMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kb ? Number(kb) / 1024 : null;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const end = new Promise((done) => child.once("exit", done));
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_STOP_MS);
  child.kill("SIGTERM");
  await end;
  clearTimeout(timer);
}
