import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach } from "vitest";
import { Failure } from "../../src/domain/failure.ts";

/** The catalogue that ships with Parley. */
export const shippedDir = fileURLToPath(new URL("../../catalogue", import.meta.url));

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Writes a catalogue folder that is removed after the test. */
export function catalogueDir(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "parley-catalogue-"));
  made.push(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

/** The mistakes that a load tells, one per line, without the heading; empty when it loads. */
export function mistakesOf(load: () => unknown): string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "bad-catalogue") throw error;
    return error.message.split("\n").slice(1);
  }
}
