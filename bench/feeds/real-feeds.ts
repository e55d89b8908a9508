import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { readFeed } from "../../src/read/feed/feed.ts";
import { noHints } from "../../src/read/hints.ts";
import type { Row } from "../parts/report.ts";
import type { Corpora } from "./corpus.ts";
import { openShare } from "./share.ts";

const REAL = [
  ...["feedjira-real-feeds", "rsparser-real-feeds", "node-feedparser-feeds", "feed-rs-fixtures", "simplepie-data"],
  ...["reader-data", "miniflux-testdata", "feed-extractor-feeds", "rss-parser-fixtures"],
];

/** Files beside the feeds that are none. */
const NO_FEED = /\.(?:serde\.json|html|html-result|opml|htaccess)$|^output\//;

/** Reads feeds as they were published: every entry is to be found, with an address and a key, and no character broken. */
export async function measureRealFeeds(corpora: Corpora): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const [all, addressed, keyed, dated, whole] = [openShare(), openShare(), openShare(), openShare(), openShare()];
  for (const name of [...REAL, "feedvalidator-testcases"]) {
    const corpus = corpora.open(name);
    if (!corpus) continue;
    const [found, read] = [openShare(), openShare()];
    for (const file of corpus.files) {
      const bytes = readFileSync(join(corpus.folder, file));
      const count = NO_FEED.test(file) ? null : countEntries(bytes);
      if (count === null) continue;
      const url = pathToFileURL(join(corpus.folder, file)).href;
      const { format, items } = await readFeed({ bytes, url, headers: {} }, noHints);
      read.count(format !== null, file);
      for (let at = 0; at < count; at++) {
        found.count(at < items.length, `${file} #${at}`);
        if (name !== "feedvalidator-testcases") all.count(at < items.length, `${file} #${at}`);
      }
      if (name === "feedvalidator-testcases") continue;
      for (const { key, url: address, title, summary, publishedAt, updatedAt } of items) {
        addressed.count(address !== null, `${file} ${title}`);
        keyed.count(key.length > 0, file);
        dated.count(publishedAt !== null || updatedAt !== null, `${file} ${title}`);
        whole.count(!/\ufffd|Ã[©¨¤¶¼]|â€/.test(`${title} ${summary}`), `${file} ${title}`);
      }
    }
    // Some validator cases repeat an entry word for word: Parley takes it once.
    rows.push(
      read.row(`${name}: feeds read`, 99),
      found.row(`${name}: entries found`, name.endsWith("cases") ? null : 99),
    );
  }
  return [
    ...rows,
    all.row("real feeds: entries found", 99),
    addressed.row("real feeds: entries with an address", 99),
    keyed.row("real feeds: entries with a key", 100),
    dated.row("real feeds: entries with a date", null),
    whole.row("real feeds: entries without broken characters", 100),
  ];
}

/** Counts the entries of a feed from its bytes, without parsing it; null where it is no feed. */
function countEntries(bytes: Buffer): number | null {
  const text = plainBytes(bytes)?.toString("latin1").replaceAll("\0", "");
  if (text === undefined) return null;
  if (/^[^<]{0,8}\{/.test(text)) {
    try {
      const json: { items?: unknown; version?: string } = JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
      return Array.isArray(json.items) && /jsonfeed/.test(json.version ?? "jsonfeed") ? json.items.length : null;
    } catch {
      return null;
    }
  }
  const bare = text.replace(/<!--[\s\S]*?-->/g, "").replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
  if (!/<(?:\w+:)?(?:rss|feed|rdf)[\s>]/i.test(bare.slice(0, 4000))) return null;
  return bare.match(/<(?:(?:atom|rss|a):)?(?:item|entry)[\s>/]/gi)?.length ?? 0;
}

function plainBytes(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}
