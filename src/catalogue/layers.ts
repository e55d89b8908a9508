import type { CatalogueFile } from "./catalogue-folder.ts";
import type { KeyPath, Mistake } from "./mistake.ts";
import { parseEntries } from "./parse-entries.ts";
import { type ParsedCopy, textDigest } from "./parsed-copy.ts";
import { SECTIONS, type SectionName } from "./sections.ts";

/** Where an entry, or the part of it that an overlay gives, stands. */
type Origin = { readonly file: string; readonly entry: number; readonly keys: ReadonlySet<string> };

/** An entry as the files give it, overlay laid over shipped, not yet checked. */
export type RawEntry = {
  readonly section: SectionName;
  readonly id: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Shipped first, overlay last. */
  readonly origins: readonly Origin[];
};

/**
 * Lays files over each other: an entry with a known id gives its fields, which replace those of the same name as a whole;
 * an entry with a new id is added at the end. The same id twice in one layer is a mistake.
 */
export function layEntries(
  layers: readonly (readonly CatalogueFile[])[],
  copy: ParsedCopy = {},
): {
  entries: RawEntry[];
  mistakes: Mistake[];
} {
  const mistakes: Mistake[] = [];
  const entries = new Map<string, RawEntry>();

  for (const files of layers) {
    const inThisLayer = new Map<string, string>();
    for (const { file, section, text } of files) {
      const known = copy[textDigest(text)];
      const parsed = known ? { entries: known } : parseEntries(text);
      if ("error" in parsed) {
        mistakes.push({ file, entry: parsed.entry, id: null, path: [], line: parsed.line, message: parsed.error });
        continue;
      }
      parsed.entries.forEach((value, entry) => {
        const { key } = SECTIONS[section];
        const id = value[key];
        if (typeof id !== "string" || id === "") {
          const message = `${id === undefined ? "is missing" : "is no text"}; expected the ${key} that tells the entry apart`;
          mistakes.push({ file, entry, id: typeof id === "string" ? id : null, path: [key], line: null, message });
          return;
        }
        const place = `${section} ${id}`;
        const earlier = inThisLayer.get(place);
        if (earlier) {
          mistakes.push({
            file,
            entry,
            id: typeof id === "string" ? id : null,
            path: [key],
            line: null,
            message: `"${id}" stands already in ${earlier}; expected each ${key} once`,
          });
          return;
        }
        inThisLayer.set(place, file);
        const below = entries.get(place);
        const origin = { file, entry, keys: new Set(Object.keys(value)) };
        entries.set(place, {
          section,
          id,
          value: { ...below?.value, ...value },
          origins: [...(below?.origins ?? []), origin],
        });
      });
    }
  }
  return { entries: [...entries.values()], mistakes };
}

/** Says that something is wrong with a value of an entry, in the layer that gave the value. */
export function mistakeIn(entry: RawEntry, path: KeyPath, message: string): Mistake {
  const [key] = path;
  const givers = entry.origins.filter(({ keys }) => typeof key === "string" && keys.has(key));
  const origin = givers.at(-1) ?? entry.origins.at(-1);
  return { file: origin?.file ?? "", entry: origin?.entry ?? null, id: entry.id, path, line: null, message };
}
