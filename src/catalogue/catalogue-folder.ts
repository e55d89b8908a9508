import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mistake } from "./mistake.ts";
import { type SectionName, sectionOf } from "./sections.ts";

/** A file of the catalogue as it stands on disk. */
export type CatalogueFile = { readonly file: string; readonly section: SectionName; readonly text: string };

/** Ten times the largest shipped file. */
const MAX_BYTES = 1_000_000;

/**
 * Reads the files of a catalogue folder in the order of their names. Markdown files and names that begin with a dot are passed over.
 * The only place of the lower floors that touches the disk.
 *
 * @throws Whatever `readdirSync` throws when the folder itself cannot be read.
 */
export function readCatalogueFolder(dir: string): { files: CatalogueFile[]; mistakes: Mistake[] } {
  const files: CatalogueFile[] = [];
  const mistakes: Mistake[] = [];
  const refuse = (path: string, message: string) =>
    mistakes.push({ file: join(dir, path), entry: null, id: null, path: [], line: null, message });

  for (const path of pathsIn(dir)) {
    const section = sectionOf(path);
    const bytes = statSync(join(dir, path), { throwIfNoEntry: false })?.size ?? 0;
    if (!section) {
      refuse(path, "is no file of a catalogue; expected e.g. sources/mine.yaml, actors.yaml, topics.yaml");
    } else if (bytes > MAX_BYTES) {
      refuse(path, `has ${bytes} bytes; expected at most ${MAX_BYTES}`);
    } else {
      try {
        files.push({ file: join(dir, path), section, text: readFileSync(join(dir, path), "utf8") });
      } catch (error) {
        refuse(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return { files, mistakes };
}

/** Paths of the files in a folder and its sub-folders, with `/` between the names, sorted by code unit. */
function pathsIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name.startsWith(".") || entry.name.endsWith(".md")) return [];
      if (!entry.isDirectory()) return [entry.name];
      return readdirSync(join(dir, entry.name))
        .filter((name) => !name.startsWith(".") && !name.endsWith(".md"))
        .map((name) => `${entry.name}/${name}`);
    })
    .sort();
}
