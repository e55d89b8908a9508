import type { FeedFormat, FeedReading } from "../../domain/feed-reading.ts";
import type { Fetched } from "../../domain/fetched.ts";
import { fewOfEach, type Problem } from "../../domain/problem.ts";
import type { ReadHints } from "../hints.ts";
import { absoluteAddress } from "../text/address.ts";
import { decode } from "../text/decode.ts";
import { lookOf } from "../text/look.ts";
import { nestingOf } from "../text/nesting.ts";
import { withoutDeepEntries } from "./deep-entries.ts";
import { type FeedEntry, feedDate, itemsOf, lineOf } from "./entry.ts";
import { readJsonFeed } from "./json.ts";
import { readJsonList } from "./json-list.ts";
import { readPageList } from "./page-list.ts";
import { readOrdinaryRss } from "./rss-parser.ts";
import { readSitemap } from "./sitemap.ts";
import { readWordpress } from "./wordpress.ts";
import { type LooseFeed, readXmlFeed } from "./xml.ts";

/** Elements inside elements; a feed needs ten, a hostile one has thousands. */
const DEEPEST = 256;

/** Characters of one list. */
const LONGEST = 20_000_000;

/**
 * Reads one look at a source: RSS, RDF, Atom, JSON Feed, or, as the catalogue says, an HTML listing, a JSON API,
 * WordPress posts or a sitemap.
 *
 * Never throws for what the bytes hold: what is no list gives format null, no items and the problem `not-a-feed`;
 * what is wrong with one entry is a problem beside the others. A promise, because rss-parser gives one.
 */
export async function readFeed(fetched: Fetched, hints: ReadHints): Promise<FeedReading> {
  const reading = await readWhole(fetched, hints);
  return { ...reading, problems: fewOfEach(reading.problems) };
}

async function readWhole(fetched: Fetched, hints: ReadHints): Promise<FeedReading> {
  const { text: whole, encoding, problems: found } = decode(fetched, hints);
  const problems: Problem[] = [...found];
  const list = hints.source?.list ?? null;
  const context = { zone: hints.source?.timeZone ?? null, problems };
  const reading = (format: FeedFormat | null, entries: readonly FeedEntry[], feed?: LooseFeed): FeedReading => ({
    format,
    encoding,
    feed: {
      title: feed ? lineOf(feed.title) : null,
      link: feed ? absoluteAddress(feed.link, feed.base) : null,
      updatedAt: feed ? feedDate(feed.updated, context) : null,
    },
    items: itemsOf(entries, {
      ...{ ...context, identity: hints.source?.identity },
      articlePath: list?.kind === "page" ? undefined : list?.articlePath,
      home: feed ? (absoluteAddress(feed.self) ?? absoluteAddress(feed.link, feed.base)) : null,
    }),
    lists: [],
    older: absoluteAddress(feed?.older, feed?.base ?? null),
    problems,
  });
  const refused = (problem: Problem) => {
    problems.push(problem);
    return reading(null, []);
  };
  let text = whole;
  const noFeed = () =>
    refused({
      code: "not-a-feed",
      message: `${fetched.url} is no ${hints.source?.list?.kind ?? "feed"}: it looks like ${lookOf(text)}.`,
    });

  if (text.length > LONGEST)
    return refused({
      code: "too-large",
      message: `${fetched.url} has more than ${LONGEST} characters; nothing was read.`,
    });
  if (list?.kind === "json") {
    const entries = readJsonList(text, list, fetched.url);
    return entries ? reading("json", entries) : noFeed();
  }
  if (list?.kind === "wordpress") {
    const entries = readWordpress(text, fetched.url);
    return entries ? reading("wordpress", entries) : noFeed();
  }
  if (/^\s*[[{]/.test(text)) {
    const feed = readJsonFeed(text, fetched.url);
    return feed ? reading(feed.format, feed.entries, feed) : noFeed();
  }
  const kind = list?.kind === "page" ? "html" : "xml";
  if (nestingOf(text, DEEPEST, kind) > DEEPEST) {
    text = withoutDeepEntries(text, DEEPEST, problems);
    if (nestingOf(text, DEEPEST, kind) > DEEPEST) {
      return refused({
        code: "too-deep",
        message: `${fetched.url} has elements nested more than ${DEEPEST} deep; nothing was read.`,
      });
    }
  }
  if (list?.kind === "page" && !/<(?:rss|feed|rdf:RDF)[\s>]/.test(text.slice(0, 2000))) {
    const entries = readPageList(text, list, fetched.url, problems);
    return entries.length > 0 || /<html|<body|<!doctype html/i.test(text) ? reading("listing", entries) : noFeed();
  }
  if (list?.kind === "sitemap" || /<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/.test(text.slice(0, 2000))) {
    const sitemap = readSitemap(text);
    return sitemap ? { ...reading("sitemap", sitemap.entries), lists: sitemap.lists } : noFeed();
  }
  if (/<!ENTITY/i.test(text.slice(0, 100_000))) {
    problems.push({
      code: "entities-refused",
      message: "The feed declares entities of its own; they are not expanded.",
    });
  }
  const feed = (await readOrdinaryRss(text, fetched.url)) ?? readXmlFeed(text, fetched.url);
  return feed ? reading(feed.format, feed.entries, feed) : noFeed();
}
