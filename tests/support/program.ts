import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A second process of ours that runs compiled code. */
export type Program = {
  readonly pid: number;
  /** Waits for the next line that it prints. */
  readonly line: () => Promise<string>;
  /** Writes it a line. */
  readonly say: (line: string) => void;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Waits until it ends by itself; gives its exit code. */
  readonly ended: () => Promise<number | null>;
};

/** Starts a module of a few lines in a Node process of its own. */
export function startProgram(module: string): Program {
  const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", module], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  let rest = "";
  let wake = () => {};
  const gone = once(child, "exit");
  child.stdout?.on("data", (chunk) => {
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  });
  gone.then(() => wake());
  const line = async (): Promise<string> => {
    while (lines.length === 0) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the program ended with ${child.exitCode ?? child.signalCode} and said nothing more`);
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    return lines.shift() ?? "";
  };
  return {
    pid: child.pid ?? 0,
    line,
    say: (text) => void child.stdin?.write(`${text}\n`),
    kill: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await gone;
    },
    ended: async () => {
      if (child.exitCode === null && child.signalCode === null) await gone;
      return child.exitCode;
    },
  };
}
