import { Failure } from "../domain/failure.ts";
import { feedJson } from "../present/reading-json.ts";
import { readFeed } from "../read/feed/feed.ts";
import { noHints } from "../read/hints.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { takeIn } from "./inputs.ts";
import { complain } from "./read.ts";

type FeedOptions = { readonly json?: boolean; readonly source?: string; readonly url?: string };

/** Prints what Parley reads from feeds, JSON APIs, sitemaps and listings. Exit status 1 when an input could not be read at all. */
export async function feedCommand(paths: readonly string[], options: FeedOptions): Promise<void> {
  const source = options.source ? await sourceNamed(options.source) : null;
  for await (const input of takeIn(paths, { url: options.url })) {
    if (!input.fetched) {
      complain(input, options.json === true);
      continue;
    }
    const reading = await readFeed(input.fetched, { ...noHints, source });
    if (reading.format === null) process.exitCode = 1;
    if (options.json) {
      process.stdout.write(`${JSON.stringify(feedJson(input.path, reading))}\n`);
      continue;
    }
    console.log(
      `${reading.feed.title ?? input.path}\n${reading.format ?? "no feed"} · ${reading.encoding} · ${reading.items.length} items\n`,
    );
    for (const { title, url, publishedAt } of reading.items)
      console.log(
        `${(publishedAt?.value ?? "").padEnd(22)} ${title ?? "(untitled)"}\n${" ".repeat(23)}${url ?? "(no address)"}`,
      );
    for (const url of reading.lists) console.log(`${"sitemap".padEnd(22)} ${url}`);
    for (const { code, message } of reading.problems) console.log(`Problem ${code}: ${message}`);
  }
}

async function sourceNamed(id: string) {
  const { sources } = currentCatalogue(currentConfig());
  const source = sources.find((one) => one.id === id);
  if (!source)
    throw new Failure("bad-input", `--source ${id}: the catalogue has no such source; parley sources lists them.`);
  return source;
}
