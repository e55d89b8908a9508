import { pageAddress } from "../catalogue/page-address.ts";
import type { Source, SourceList } from "../catalogue/source.ts";
import { acquaintance, knownAmong } from "../db/collection/items.ts";
import { openGapSince } from "../db/collection/polls.ts";
import type { WatchedSource } from "../db/collection/sources.ts";
import { documentIdentity } from "../domain/document-identity.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedItem, FeedReading } from "../domain/feed-reading.ts";
import { missedOn } from "../domain/gap.ts";
import type { Problem } from "../domain/problem.ts";
import type { WorkerContext } from "./context.ts";
import { exceptionsOf } from "./fetch-page.ts";
import { addressOf, readList } from "./look-at-list.ts";

/** Where a feed itself leads to its older entries, so many of its pages are followed. */
const MOST_OLDER = 10;

/** A gap that could not be looked into for so long is given up: by then its pages have moved on too. */
const LONGEST_OPEN_MS = 24 * 3_600_000;

/**
 * Notices that a list has moved on by more than it holds since the last poll (nothing in it is known), and looks for the entries that
 * passed unseen on the pages that the catalogue or the feed itself names, until it finds a known one. A gap that a passing failure
 * left open is looked into again at the next poll.
 *
 * @returns The reading with what was found and a problem that says what was missed; the reading as it is where nothing was.
 */
export async function fillGap(
  reading: FeedReading,
  source: WatchedSource,
  context: WorkerContext,
): Promise<FeedReading> {
  const { db, sites, now } = context;
  const { items } = reading;
  if (items.length === 0) return reading;
  const since = await openGapSince(db, source.id);
  const { hasEarlier, hasOneOfThese } = await acquaintance(db, source.id, items);
  if (!hasEarlier || (since === null && hasOneOfThese)) return reading;
  const identityOf = remembering(({ url, key }) => (url && documentIdentity(url, sites)) ?? key);
  const knownIn = (some: readonly FeedItem[]) => knownAmong(db, source.id, some, identityOf, since ?? now());
  const { hasEarlier: hadBefore, known } = await knownIn(items);
  if (!hadBefore || (since !== null && known.size > 0)) return reading;
  if (known.size > 0) return { ...reading, problems: [changedIds(items.length, known.size), ...reading.problems] };

  const found = new Map(items.map((item) => [identityOf(item), item]));
  const gap = { looked: 0, reached: false, failure: null as Failure | null };
  try {
    for await (const page of olderPages(reading, source, context)) {
      const knownThere = (await knownIn(page.items)).known;
      const { missed, reached } = missedOn(page.items, (item) => knownThere.has(item));
      const before = found.size;
      for (const item of missed) if (!found.has(identityOf(item))) found.set(identityOf(item), item);
      gap.looked += 1;
      gap.reached = reached;
      // The second page that brings nothing: the list has no further ones.
      if (reached || (found.size === before && gap.looked > 1)) break;
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    gap.failure = error;
  }
  const old = since !== null && now().getTime() - since.getTime() > LONGEST_OPEN_MS;
  const problem = overflow({ ...gap, old, seen: items.length, found: found.size - items.length });
  return { ...reading, items: [...found.values()], problems: [problem, ...reading.problems] };
}

/** Answers of an item what it answered before: an identity is asked for several times, and costs. */
function remembering(answer: (item: FeedItem) => string): (item: FeedItem) => string {
  const given = new Map<FeedItem, string>();
  return (item) => {
    const known = given.get(item) ?? answer(item);
    given.set(item, known);
    return known;
  };
}

/** Reads the pages behind a list, one after the other: its own, else those of the publisher's listing page, else where the feed leads. */
async function* olderPages(
  first: FeedReading,
  source: WatchedSource,
  { fetcher, reader }: WorkerContext,
): AsyncGenerator<FeedReading> {
  const { definition } = source;
  const { list } = definition;
  const read = async (url: string, by: Source = definition) =>
    readList(await fetcher.fetch({ url, ...exceptionsOf(definition) }), by, { fetcher, reader });
  const numbered = async function* (listUrl: string, { paging }: SourceList, by: Source) {
    for (let page = 0; paging && page < paging.most; page++) {
      const url = pageAddress(listUrl, paging, page);
      if (url) yield await read(url, by);
    }
  };
  const archive = list && "archive" in list ? list.archive : undefined;
  if (list?.paging) yield* numbered(addressOf(source) ?? list.url, list, definition);
  else if (archive) {
    const by = { ...definition, list: archive };
    yield await read(archive.url, by);
    yield* numbered(archive.url, archive, by);
  } else {
    let url = first.older;
    for (let page = 0; url && page < MOST_OLDER; page++) {
      const older = await read(url);
      yield older;
      url = older.older === url ? null : older.older;
    }
  }
}

function changedIds(seen: number, known: number): Problem {
  return {
    code: "changing-ids",
    message: `All ${seen} entries have ids that were not there before, but ${known} of them are known by their addresses; give the source identity: { by: url }.`,
  };
}

type Gap = {
  readonly seen: number;
  readonly looked: number;
  readonly reached: boolean;
  readonly found: number;
  readonly failure: Failure | null;
  readonly old: boolean;
};

function overflow({ seen, looked, reached, found, failure, old }: Gap): Problem {
  const what = `None of the ${seen} entries was there at the last poll, so others have passed unseen`;
  if (reached) return { code: "gap-filled", message: `${what}; ${found} were found on ${looked} further page(s).` };
  if (failure?.remedy === "retry" && !old) {
    const message = `${what}; ${found} were found, then a page failed, which is asked again at the next poll: ${failure.message}`;
    return { code: "gap-open", message };
  }
  const why =
    failure !== null
      ? `a further page could not be read: ${failure.message}`
      : looked === 0
        ? "the source names no page with older ones"
        : `none of ${looked} further page(s) has an entry that is known`;
  return {
    code: "entries-missed",
    message: `${what}; ${found} were found, but ${why}. If this stays, poll it more often, or give it paging or an archive that reaches further back.`,
  };
}
