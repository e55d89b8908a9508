import { execFile } from "node:child_process";
import { shipped } from "../../src/paths.ts";

/** How a command ended, and what it said. */
export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the compiled command line in a process of its own, with these settings alone. */
export function runParley(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((done) => {
    const options = { env: { PATH, HOME, ...environment }, timeout: 60_000 };
    execFile(process.execPath, [shipped("dist/cli.js"), ...args], options, (error, out, err) => {
      const code = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      done({ code, out, err });
    });
  });
}
