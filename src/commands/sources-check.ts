import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../catalogue/source.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import type { Fetcher, FetchResult } from "../net/fetcher.ts";
import { readDocument } from "../read/document.ts";
import { readFeed } from "../read/feed/feed.ts";
import { noHints } from "../read/hints.ts";
import { compileLexicon } from "../read/statement/lexicon.ts";
import { lookAtList } from "../workers/look-at-list.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { openFetcher } from "./inputs.ts";
import { say } from "./output.ts";
import { sourceNamed } from "./sources.ts";

type CheckOptions = { readonly save?: string; readonly items: string };

/**
 * Shows what a source yields now: its list is fetched and read, then its newest entry. Both are saved as test pages, so that
 * `parley feed` and `parley read` can be tried on them again. Exit status 1 when the list cannot be read, is empty, or its entry has no text.
 */
export async function checkSourceCommand(id: string, options: CheckOptions): Promise<void> {
  const catalogue = currentCatalogue(currentConfig());
  const source = sourceNamed(catalogue, id);
  const folder = options.save ?? `check-${id}`;
  const fetcher = openFetcher();
  try {
    const { result, reading } = await lookAtList(
      { definition: source, etag: null, lastModified: null, movedTo: null },
      { fetcher, reader: { readFeed } },
    );
    if (!reading) throw new Failure("http-unexpected", `${source.list?.url} answered 304 to a first look.`);
    const saved = [await save(folder, `list.${endingOf(reading)}`, result)];
    printList(result, reading, Number(options.items));
    const page = await checkPage(source, reading, fetcher, compileLexicon(catalogue));
    if (page) saved.push(await save(folder, "page.html", page));
    say(`Saved for tests: ${saved.join(", ")}, each with what the server said beside it.`);
    if (reading.items.length === 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`Problem ${error.code}: ${error.message}`);
    process.exitCode = 1;
  } finally {
    await fetcher.close();
  }
}

function printList(result: FetchResult, reading: FeedReading, most: number): void {
  const { format, encoding, items, problems } = reading;
  const dated = items.filter(({ publishedAt, updatedAt }) => publishedAt ?? updatedAt).length;
  console.log(
    `${result.finalUrl} answered ${result.status} in ${result.elapsedMs} ms, ${result.bytes.byteLength} bytes`,
  );
  console.log(
    `${format} · ${encoding} · ${items.length} entries, ${dated} with a date, ${items.filter(({ url }) => url).length} with an address\n`,
  );
  for (const { title, url, publishedAt } of items.slice(0, most))
    console.log(
      `${(publishedAt?.value ?? "").padEnd(26)} ${title ?? "(untitled)"}\n${" ".repeat(27)}${url ?? "(no address)"}`,
    );
  if (items.length > most) console.log(`… and ${items.length - most} more`);
  for (const { code, message } of problems) console.log(`Problem ${code}: ${message}`);
  if (items.length === 0) console.log("Problem empty-list: the list has no entry; look at item and articlePath.");
}

/** Fetches and reads the first entry with an address, unless the source reads its feed alone. */
async function checkPage(
  source: Source,
  { items }: FeedReading,
  fetcher: Fetcher,
  lexicon: ReturnType<typeof compileLexicon>,
): Promise<FetchResult | null> {
  const item = items.find(({ url }) => url !== null);
  if (!item?.url || source.document.fromFeed) return null;
  console.log(`\nits newest entry: ${item.url}`);
  const result = await fetcher.fetch({ url: item.url, plainHttp: source.plainHttp });
  const fetched = { bytes: result.bytes, url: result.finalUrl, headers: result.headers };
  const { article, statements } = readDocument(
    fetched,
    { ...noHints, source, published: item.publishedAt, title: item.title },
    lexicon,
  );
  const facts = [article.kind, article.lang, article.publishedAt?.value, article.byline].filter(Boolean).join(" · ");
  const known = statements.filter(({ actors }) => actors.length > 0).length;
  console.log(`${article.title ?? "(untitled)"}\n${facts}`);
  console.log(`${article.text.length} letters of text, ${statements.length} statements, ${known} with a known speaker`);
  console.log(article.text.slice(0, 300).replace(/\s+/g, " "));
  for (const { code, message } of article.problems) console.log(`Problem ${code}: ${message}`);
  if (article.text.trim() === "") process.exitCode = 1;
  return result;
}

/** Writes what came, and beside it from where and with which headers, as `parley feed` and `parley read` take it. */
async function save(folder: string, name: string, { bytes, finalUrl, headers }: FetchResult): Promise<string> {
  const file = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(file, bytes);
  // Cookies are of no use for reading, and not ours to keep.
  const { "set-cookie": _cookie, ...kept } = headers;
  await writeFile(`${file}.meta.json`, `${JSON.stringify({ url: finalUrl, headers: kept }, null, 2)}\n`);
  return file;
}

function endingOf({ format }: FeedReading): string {
  if (format === "listing") return "html";
  return format === "json" || format === "json-feed" || format === "wordpress" ? "json" : "xml";
}
