import { readFile } from "node:fs/promises";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { Failure } from "../domain/failure.ts";
import { opmlOf } from "../present/opml.ts";
import { readOpml } from "../read/feed/opml.ts";
import { decode } from "../read/text/decode.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { say } from "./output.ts";
import { addToOverlay, catalogueBeforeAdding, entriesYaml } from "./overlay-file.ts";
import { type AddOptions, entriesFor } from "./sources-add.ts";

/** Adds the feeds of a subscription list (OPML) to the user's catalogue folder; those watched already are passed over. */
export async function importOpmlCommand(
  file: string,
  options: Pick<AddOptions, "actor" | "class" | "every" | "dryRun">,
): Promise<void> {
  const config = currentConfig();
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure("bad-input", `${file} cannot be read (${error.code}).`, { cause: error });
  });
  const feeds = readOpml(decode({ bytes, url: "file:///subscriptions.opml", headers: {} }).text);
  if (feeds === null) throw new Failure("bad-input", `${file} is no subscription list in OPML.`);
  let catalogue: Catalogue = await catalogueBeforeAdding(config);
  const before = catalogue;
  const passed: string[] = [];
  for (const { title, feedUrl, folders } of feeds) {
    const where = folders.length > 0 ? ` in ${folders.join(" / ")}` : "";
    const list = {
      ...{ kind: "feed" as const, url: feedUrl, title: title ?? feedUrl, languages: [] },
      evidence: `from a subscription list${where}; not looked at yet`,
    };
    try {
      const { sources, actors } = entriesFor(list, catalogue, options);
      catalogue = withEntries(catalogue, sources, actors);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      passed.push(error.message);
    }
  }
  const added = {
    sources: catalogue.sources.slice(before.sources.length),
    actors: catalogue.actors.slice(before.actors.length),
  };
  for (const message of passed) say(`passed over: ${message}`);
  if (options.dryRun) console.log(entriesYaml([...added.actors, ...added.sources]));
  else if (added.sources.length > 0) {
    const files = await addToOverlay(config, added);
    say(`Written to ${files.join(" and ")}. A parley start that runs watches them once it is started again.`);
  }
  say(`${added.sources.length} of ${feeds.length} feeds are new.`);
}

/** Prints the feeds of the catalogue as a subscription list (OPML 2.0). */
export function exportOpmlCommand(): void {
  process.stdout.write(opmlOf(currentCatalogue(currentConfig()).sources));
}

/** Lays drafted entries over a catalogue, so that the next one sees their ids; they are checked when they are written. */
function withEntries(catalogue: Catalogue, sources: readonly object[], actors: readonly object[]): Catalogue {
  return {
    ...catalogue,
    sources: [...catalogue.sources, ...(sources as Catalogue["sources"])],
    actors: [...catalogue.actors, ...(actors as Catalogue["actors"])],
  };
}
