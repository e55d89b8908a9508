import { type ChildProcess, spawn } from "node:child_process";
import { shipped } from "../../../src/paths.ts";

/** Processes of the monitor that are killed and started again. */
export type Workers = {
  /** Kills one at once, as a machine out of memory would; another takes its place. */
  readonly killOne: () => void;
  readonly kills: () => number;
  /** What those said that ended by themselves after they had begun to work; none may. */
  readonly deaths: () => readonly string[];
  readonly close: () => Promise<void>;
};

const ALL_BUT_TELLING = "poll,fetch,read,detect,match,recheck,reconcile,watch";

/** Starts so many processes of `parley start`, each with these parts: those that collect and read, unless told otherwise. */
export function startWorkers(
  count: number,
  env: Readonly<Record<string, string>>,
  parts: string = ALL_BUT_TELLING,
): Workers {
  let closing = false;
  let kills = 0;
  let next = 0;
  const deaths: string[] = [];
  const running: ChildProcess[] = [];
  const start = (place: number) => {
    const child = spawn(process.execPath, [shipped("dist/cli.js"), "start", "--only", parts], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-3_000);
    });
    child.once("exit", (code, signal) => {
      // One that finds no server when it starts says so and ends; its supervisor starts it again, as here.
      if (!closing && signal !== "SIGKILL" && said.includes("Watching")) deaths.push(`${code ?? signal}: ${said}`);
      if (!closing) setTimeout(start, 200, place);
    });
    running[place] = child;
  };
  for (let place = 0; place < count; place += 1) start(place);
  return {
    killOne: () => {
      kills += 1;
      running[next++ % count]?.kill("SIGKILL");
    },
    kills: () => kills,
    deaths: () => deaths,
    close: async () => {
      closing = true;
      await Promise.all(
        running.map((child) => {
          child.kill("SIGKILL");
          return child.exitCode === null && child.signalCode === null
            ? new Promise((done) => child.once("exit", done))
            : null;
        }),
      );
    },
  };
}
