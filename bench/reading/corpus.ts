import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

/** Real input with known answers that lies outside the project and is never copied into it. */
export type Corpora = {
  /** Unpacks a corpus and gives its folder; null where it is absent. */
  readonly open: (name: string) => Promise<string | null>;
  /** Path of one file of a corpus that needs no unpacking; null where it is absent. */
  readonly file: (path: string) => string | null;
  readonly close: () => Promise<void>;
};

/** Opens the folder that `PARLEY_CORPORA` names. */
export async function openCorpora(folder: string): Promise<Corpora> {
  const unpacked = await mkdtemp(join(tmpdir(), "parley-bench-"));
  const file = (path: string) => (existsSync(join(folder, path)) ? join(folder, path) : null);
  return {
    file,
    open: async (name) => {
      const archive = file(`${name}/dev.tar.gz`);
      if (!archive) return null;
      const target = join(unpacked, name);
      if (!existsSync(target)) {
        await promisify(execFile)("mkdir", ["-p", target]);
        await promisify(execFile)("tar", ["-xzf", archive, "-C", target]);
      }
      return target;
    },
    close: () => rm(unpacked, { recursive: true, force: true }),
  };
}

/** Lists the files below a folder as paths relative to it, sorted. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Reads a gzipped file. */
export async function gunzipped(file: string): Promise<Buffer> {
  return gunzipSync(await readFile(file));
}

/** Reads JSON. The shapes are those that the corpora's SOURCE.md describe. */
export async function jsonAt<T>(file: string): Promise<T> {
  const bytes = file.endsWith(".gz") ? await gunzipped(file) : await readFile(file);
  return JSON.parse(bytes.toString("utf8")) as T;
}

/** Reads JSON lines. */
export async function jsonLinesAt<T>(file: string): Promise<readonly T[]> {
  const bytes = file.endsWith(".gz") ? await gunzipped(file) : await readFile(file);
  const lines = bytes.toString("utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as T);
}
