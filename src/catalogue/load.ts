import type { z } from "zod";
import { Failure } from "../domain/failure.ts";
import type { Catalogue } from "./catalogue.ts";
import { type CatalogueFile, readCatalogueFolder } from "./catalogue-folder.ts";
import { crossCheck, type KnownIds } from "./cross-check.ts";
import { explainIssue } from "./explain-issue.ts";
import { layEntries, mistakeIn, type RawEntry } from "./layers.ts";
import { type Mistake, mistakeLine } from "./mistake.ts";
import { lineFinder } from "./parse-entries.ts";
import { readParsedCopy } from "./parsed-copy.ts";
import { SECTIONS, type SectionName } from "./sections.ts";

/** Where the catalogue lies: the folder shipped with Parley, and the user's folder that is laid over it. */
export type CatalogueFolders = { readonly shippedDir: string; readonly overlayDir: string | null };

/**
 * Loads the catalogue: reads the files, lays the overlay over the shipped entries, checks every entry and every name between them.
 *
 * @throws {Failure} `bad-catalogue`, with every mistake at once, one line each: `file:line: entry key: what is wrong; what is expected`.
 */
export function loadCatalogue({ shippedDir, overlayDir }: CatalogueFolders): Catalogue {
  const folders = [shippedDir, ...(overlayDir === null ? [] : [overlayDir])].map(openFolder);
  const layers = layEntries(
    folders.map(({ files }) => files),
    readParsedCopy(),
  );
  const unread = [...folders.flatMap(({ mistakes }) => mistakes), ...layers.mistakes];
  const checked = checkEntries(layers.entries);

  // Names are looked up only when every file could be read: else all that a broken file holds would be told as missing.
  const crossed = unread.length > 0 ? [] : crossMistakes(checked.catalogue, layers.entries);
  const mistakes = [...unread, ...checked.mistakes, ...crossed];
  if (mistakes.length > 0)
    throw new Failure(
      "bad-catalogue",
      report(
        mistakes,
        folders.flatMap(({ files }) => files),
      ),
    );
  return checked.catalogue;
}

/** @throws {Failure} `bad-catalogue` when the folder is missing or cannot be read. */
function openFolder(dir: string): { files: CatalogueFile[]; mistakes: Mistake[] } {
  try {
    return readCatalogueFolder(dir);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "bad-catalogue",
      `${dir}: the catalogue folder cannot be read (${why}); make it, or correct the setting`,
      {
        cause,
      },
    );
  }
}

function checkEntries(entries: readonly RawEntry[]): { catalogue: Catalogue; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const valid = <T>(section: SectionName, schema: z.ZodType<T>): T[] =>
    entries.flatMap((entry) => {
      if (entry.section !== section) return [];
      const result = schema.safeParse(entry.value);
      if (result.success) return [result.data];
      for (const issue of result.error.issues) {
        for (const { path, message } of explainIssue(issue, entry.value))
          mistakes.push(mistakeIn(entry, path, message));
      }
      return [];
    });
  const catalogue = {
    sources: valid("sources", SECTIONS.sources.schema),
    sites: valid("sites", SECTIONS.sites.schema),
    actors: valid("actors", SECTIONS.actors.schema),
    ambiguityRules: valid("ambiguityRules", SECTIONS.ambiguityRules.schema),
    nations: valid("nations", SECTIONS.nations.schema),
    topics: valid("topics", SECTIONS.topics.schema),
    developmentTypes: valid("developmentTypes", SECTIONS.developmentTypes.schema),
    events: valid("events", SECTIONS.events.schema),
    phrases: valid("phrases", SECTIONS.phrases.schema),
  };
  valid("evidence", SECTIONS.evidence.schema);
  return { catalogue, mistakes };
}

/** Compares against the ids as written, so that an entry with a mistake of its own still counts as being there. */
function crossMistakes(catalogue: Catalogue, entries: readonly RawEntry[]): Mistake[] {
  const idsOf = (section: SectionName) =>
    new Set(entries.filter((entry) => entry.section === section).map(({ id }) => id));
  const known: KnownIds = {
    actors: idsOf("actors"),
    sources: idsOf("sources"),
    developmentTypes: idsOf("developmentTypes"),
    evidence: idsOf("evidence"),
    leaves: new Set(entries.filter(({ section }) => section === "topics").flatMap(leafIds)),
  };
  const places = new Map(entries.map((entry) => [`${entry.section} ${entry.id}`, entry]));
  return crossCheck(catalogue, known).flatMap(({ section, id, path, message }) => {
    const entry = places.get(`${section} ${id}`);
    return entry ? [mistakeIn(entry, path, message)] : [];
  });
}

function leafIds(topic: RawEntry): string[] {
  const { leaves } = topic.value;
  if (!Array.isArray(leaves)) return [];
  return leaves.map((leaf: unknown) =>
    typeof leaf === "object" && leaf !== null && "id" in leaf ? String(leaf.id) : "",
  );
}

const MAX_SHOWN = 200;

function report(mistakes: readonly Mistake[], files: readonly CatalogueFile[]): string {
  const shown = mistakes.slice(0, MAX_SHOWN);
  // Counting lines means parsing again, so only the files with mistakes are, and each once.
  const marked = new Set(shown.filter(({ entry }) => entry !== null).map(({ file }) => file));
  const finders = new Map(
    files.filter(({ file }) => marked.has(file)).map(({ file, text }) => [file, lineFinder(text)]),
  );
  const lines = shown.map((mistake) => {
    const found = mistake.entry === null ? null : finders.get(mistake.file)?.(mistake.entry, mistake.path);
    return mistakeLine(mistake, mistake.line ?? found ?? null);
  });
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  const rest = mistakes.length > MAX_SHOWN ? [`… and ${mistakes.length - MAX_SHOWN} more`] : [];
  return [`The catalogue has ${count}; correct them and start again:`, ...lines, ...rest].join("\n");
}
