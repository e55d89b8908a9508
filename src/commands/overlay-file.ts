import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Config } from "../config.ts";
import { Failure } from "../domain/failure.ts";
import { currentCatalogue } from "./context.ts";

/** Where `parley sources add` writes: a file of its own in the user's catalogue folder, so that no file of theirs is changed. */
const SOURCES = "sources/added.yaml";
const ACTORS = "actors/added.yaml";

/** New entries of the user's catalogue. */
export type NewEntries = { readonly sources: readonly object[]; readonly actors: readonly object[] };

/** Writes entries as they stand in a catalogue file. */
export function entriesYaml(entries: readonly object[]): string {
  return stringify(entries, { lineWidth: 120 });
}

/**
 * Adds entries to the user's catalogue folder, and takes them back when the catalogue then has mistakes.
 *
 * @returns The files that were written.
 * @throws {Failure} `bad-setting` when there is no such folder, `bad-catalogue` when an entry does not fit.
 */
export async function addToOverlay(config: Config, { sources, actors }: NewEntries): Promise<readonly string[]> {
  const folder = config.PARLEY_CATALOGUE;
  if (!folder)
    throw new Failure(
      "bad-setting",
      "Set PARLEY_CATALOGUE to a folder for your own sources (it may be new), or use --dry-run to see the entry alone.",
    );
  await mkdir(folder, { recursive: true });
  const written = [
    ...(actors.length > 0 ? [await append(join(folder, ACTORS), actors)] : []),
    ...(sources.length > 0 ? [await append(join(folder, SOURCES), sources)] : []),
  ];
  try {
    currentCatalogue(config);
  } catch (error) {
    for (const { undo } of written) await undo();
    throw error;
  }
  return written.map(({ file }) => file);
}

/** The catalogue as it stands, also where the user's folder is still to be made. */
export async function catalogueBeforeAdding(config: Config): Promise<Catalogue> {
  if (config.PARLEY_CATALOGUE) await mkdir(config.PARLEY_CATALOGUE, { recursive: true });
  return currentCatalogue(config);
}

async function append(file: string, entries: readonly object[]) {
  const before = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Failure("bad-setting", `${file} cannot be read (${error.code}).`, { cause: error });
  });
  const gap = before === null || before === "" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${before ?? ""}${gap}${entriesYaml(entries)}`);
  return { file, undo: () => (before === null ? rm(file, { force: true }) : writeFile(file, before)) };
}
