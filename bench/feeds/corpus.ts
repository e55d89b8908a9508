import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

/** A corpus, unpacked for the time of one run. */
export type Corpus = {
  readonly folder: string;
  /** Every file in it, sorted, relative to the folder. */
  readonly files: readonly string[];
  /** Rows of `expected.*.jsonl` beside the archive. */
  readonly expected: readonly Record<string, unknown>[];
};

/** Opens corpora by name below a folder; null, with a notice, for one that is not there. */
export type Corpora = { readonly open: (name: string) => Corpus | null; readonly close: () => void };

/** Opens the folder of `PARLEY_CORPORA` (`../shared/data` where it is not set). */
export function openCorpora(): Corpora {
  const home = resolve(process.env.PARLEY_CORPORA ?? "../shared/data");
  const unpacked = mkdtempSync(join(tmpdir(), "parley-corpora-"));
  return {
    open: (name) => {
      const folder = resolve(home, name);
      const archive = ["heldout", "dev"].map((half) => join(folder, `${half}.tar.gz`)).find((file) => existsSync(file));
      if (!archive) {
        process.stderr.write(`${name} is not in ${home}; set PARLEY_CORPORA to the folder that holds it.\n`);
        return null;
      }
      const place = mkdtempSync(join(unpacked, `${name}-`));
      const tar = spawnSync("tar", ["-xzf", archive, "-C", place]);
      if (tar.status !== 0) throw new Error(`cannot unpack ${archive}: ${tar.stderr}`);
      const expectations = archive.replace(/([^/]+)\.tar\.gz$/, "expected.$1.jsonl");
      return {
        folder: place,
        files: filesBelow(place),
        expected: existsSync(expectations) ? jsonLines(expectations) : [],
      };
    },
    close: () => rmSync(unpacked, { recursive: true, force: true }),
  };
}

/** Reads a file of one JSON value a line. */
export function jsonLines(file: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.trim()).map((line) => JSON.parse(line));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
