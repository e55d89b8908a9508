import { setTimeout as sleep } from "node:timers/promises";
import { type Monitor, startMonitor } from "../parts/monitor.ts";

const LONGEST_START_MS = 60_000;

/** The pages of an archive in a process of their own, as docs/operations.md separates them. */
export type WebProcess = { readonly url: string; readonly monitor: Monitor };

/**
 * Starts `parley start --only web` over an archive, and waits until it answers.
 *
 * @param data - A folder for what the process puts down.
 */
export async function startWebProcess(databaseUrl: string, data: string): Promise<WebProcess> {
  const monitor = startMonitor(["--only", "web"], {
    ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" },
    ...{ DATABASE_URL: databaseUrl, PARLEY_DATA: data, PARLEY_PORT: "0", PARLEY_LOG_LEVEL: "warn" },
  });
  try {
    return { url: await monitor.during(addressOf(data)), monitor };
  } catch (error) {
    await monitor.stop();
    throw error;
  }
}

/** Waits until the process of the pages has noted where they are. */
async function addressOf(data: string): Promise<string> {
  const { runningWeb } = await import("../../src/running-web.ts");
  const deadline = performance.now() + LONGEST_START_MS;
  for (;;) {
    const web = await runningWeb(data);
    if (web) return web.url;
    if (performance.now() > deadline) throw new Error("The pages did not come up.");
    await sleep(100);
  }
}
