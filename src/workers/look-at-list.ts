import type { Source } from "../catalogue/source.ts";
import type { WatchedSource } from "../db/collection/sources.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import type { Problem } from "../domain/problem.ts";
import type { Fetcher, FetchResult } from "../net/fetcher.ts";
import { standInFor } from "../read/article/stand-in.ts";
import { exceptionsOf, standInFailure } from "./fetch-page.ts";
import type { Reader } from "./reader.ts";

/** What looking at a source's list came to. */
export type ListLook = {
  readonly result: FetchResult;
  /** Null when the list did not change. */
  readonly reading: FeedReading | null;
  /** What to send back at the next look. */
  readonly validators: { readonly etag: string | null; readonly lastModified: string | null };
};

/** Who fetches and reads lists. */
export type Asker = { readonly fetcher: Fetcher; readonly reader: Pick<Reader, "readFeed"> };

/** What is asked of the state of a source. */
type Looked = Pick<WatchedSource, "definition" | "etag" | "lastModified" | "movedTo">;

/** Of the sitemaps in an index so many are looked at, those changed last. */
const MOST_LISTS = 3;

/** Where the list is asked for: where it moved to, else where the catalogue says. */
export function addressOf({ movedTo, definition }: Pick<WatchedSource, "movedTo" | "definition">): string | null {
  return movedTo ?? definition.list?.url ?? null;
}

/**
 * Fetches and reads the list of a source; where its address fails, the others that the catalogue names are asked in their order.
 *
 * @throws {Failure} That of the first address, when none answers with a list.
 */
export async function lookAtList(source: Looked, asker: Asker): Promise<ListLook> {
  const { definition, etag, lastModified } = source;
  const url = addressOf(source);
  if (!url)
    throw new Failure("bad-catalogue", `Source ${definition.id} has no list to poll; give it one in the catalogue.`);
  try {
    return await lookAt(url, { etag, lastModified }, definition, asker);
  } catch (error) {
    const others = (definition.list?.fallbackUrls ?? []).filter((other) => other !== url);
    if (!(error instanceof Failure) || others.length === 0) throw error;
    const { result, reading, from } = await lookAtOthers(others, definition, asker, error);
    const problem = { code: "fallback-used", message: `${error.message} Its other address ${from} was read instead.` };
    return {
      // The source has not moved, and the validators of its own address still hold.
      result: { ...result, permanentRedirectTo: null },
      reading: reading && { ...reading, problems: [problem, ...reading.problems] },
      validators: { etag, lastModified },
    };
  }
}

async function lookAtOthers(
  urls: readonly string[],
  source: Source,
  asker: Asker,
  first: Failure,
): Promise<ListLook & { readonly from: string }> {
  for (const from of urls) {
    try {
      return { ...(await lookAt(from, { etag: null, lastModified: null }, source, asker)), from };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  throw first;
}

async function lookAt(
  url: string,
  validators: ListLook["validators"],
  source: Source,
  asker: Asker,
): Promise<ListLook> {
  const result = await asker.fetcher.fetch({ url, ...validators, ...exceptionsOf(source) });
  if (result.status === 304) return { result, reading: null, validators };
  const reading = await readList(result, source, asker);
  if (reading.lists.length > 0) {
    // That an index is as it was says nothing of the sitemaps in it.
    return {
      result,
      reading: await withListsOf(reading, source, asker),
      validators: { etag: null, lastModified: null },
    };
  }
  const { etag = null, "last-modified": lastModified = null } = result.headers;
  return { result, reading, validators: { etag, lastModified } };
}

/**
 * Reads a list that was fetched.
 *
 * @throws {Failure} `not-a-feed`.
 */
export async function readList(result: FetchResult, source: Source, { reader }: Asker): Promise<FeedReading> {
  const fetched = { bytes: result.bytes, url: result.finalUrl, headers: result.headers };
  const reading = await reader.readFeed(fetched, { source, published: null, title: null, lang: null });
  // A bot check in place of a listing page has no entries either: that is no quiet day.
  const isEmpty = reading.items.length === 0 && reading.lists.length === 0;
  const standIn = isEmpty ? standInFor(result.url, fetched, { source }) : null;
  if (standIn) throw standInFailure(standIn, result.url, result.finalUrl, result.status);
  if (reading.format === null) {
    const why = reading.problems[0]?.message ?? "it is no feed, listing or sitemap that Parley knows";
    throw new Failure("not-a-feed", `${result.url} answered ${result.status}, but ${why}`);
  }
  return reading;
}

/**
 * Adds the entries of the sitemaps that an index points to.
 *
 * @throws {Failure} When none of them can be read.
 */
async function withListsOf(index: FeedReading, source: Source, asker: Asker): Promise<FeedReading> {
  const readings: FeedReading[] = [];
  const problems: Problem[] = [];
  let failure: Failure | null = null;
  for (const url of index.lists.slice(0, MOST_LISTS)) {
    try {
      const result = await asker.fetcher.fetch({ url, ...exceptionsOf(source) });
      readings.push(await readList(result, source, asker));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure = error;
      problems.push({ code: error.code, message: error.message });
    }
  }
  if (readings.length === 0 && failure) throw failure;
  const items = new Map(readings.flatMap((reading) => reading.items).map((item) => [item.key, item]));
  return {
    ...index,
    items: [...items.values()],
    problems: [...index.problems, ...problems, ...readings.flatMap((reading) => reading.problems)],
  };
}
