import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const LONGEST_START_MS = 150_000;

/** A demonstration that stays up for the browser, with all its pages. */
export type DemoSite = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts the demonstration on a free port and waits until its story is told: an edit, an alert, a digest, a source that is down. */
export async function startDemoSite(): Promise<DemoSite> {
  const child = spawn(process.execPath, [CLI, "demo", "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const gone = once(child, "exit");
  const url = await new Promise<string>((done, fail) => {
    const late = setTimeout(
      () => fail(new Error(`The demonstration was not ready in time:\n${said}`)),
      LONGEST_START_MS,
    );
    const look = (chunk: Buffer) => {
      said += chunk;
      const ready = /Look around: (http:\S+)/.exec(said)?.[1];
      if (!ready) return;
      clearTimeout(late);
      done(ready);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    gone.then(() => fail(new Error(`The demonstration ended by itself:\n${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await gone;
    },
  };
}
