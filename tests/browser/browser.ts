import { accessSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Opens the Chromium of `PARLEY_TEST_CHROMIUM`, else one on the PATH. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.PARLEY_TEST_CHROMIUM ?? onPath();
  if (!executablePath) {
    throw new Error(
      "The browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in PARLEY_TEST_CHROMIUM.",
    );
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isThere);
}

function isThere(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
