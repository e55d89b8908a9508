import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FeedItem } from "../../src/domain/feed-reading.ts";
import { readFeed } from "../../src/read/feed/feed.ts";
import { noHints } from "../../src/read/hints.ts";
import { valueAt } from "../../src/read/text/json-value.ts";
import type { Row } from "../parts/report.ts";
import type { Corpus } from "./corpus.ts";
import { sameAddress, sameDate, sameName, sameText, squeezed } from "./same.ts";
import { openShare } from "./share.ts";

/** Compares our reading of feeds with what another library's own tests expect of them, field by field. */
export async function measureExpectedJson(name: string, { folder, files }: Corpus): Promise<readonly Row[]> {
  const share = openShare();
  for (const file of files.filter((one) => one.endsWith(".xml"))) {
    const expectation = file.replace(/\.xml$/, ".json");
    if (!files.includes(expectation)) continue;
    const want: unknown = JSON.parse(readFileSync(join(folder, expectation), "utf8"));
    const path = join(folder, file);
    const { feed, items } = await readFeed(
      { bytes: readFileSync(path), url: pathToFileURL(path).href, headers: {} },
      noHints,
    );
    const check = (field: string, value: unknown, same: (want: string) => boolean) => {
      if (typeof value === "string" && squeezed(value)) share.count(same(value), `${file} ${field}`, value);
    };
    check("feed title", textIn(valueAt(want, "title")), (text) => sameText(feed.title, text));
    check("feed link", linkIn(want), (text) => sameAddress(feed.link, text));
    check("feed updated", valueAt(want, "updatedParsed") ?? valueAt(want, "updated"), (text) =>
      sameDate(feed.updatedAt, text),
    );
    const wanted = valueAt(want, "items") ?? valueAt(want, "entries");
    if (Array.isArray(wanted)) for (const [at, item] of wanted.entries()) checkItem(check, item, items[at]);
  }
  return [share.row(`${name}: fields equal`, 95)];
}

type CheckField = (field: string, value: unknown, same: (want: string) => boolean) => void;

function checkItem(check: CheckField, want: unknown, got: FeedItem | undefined): void {
  const first = (...paths: readonly string[]) => {
    for (const path of paths) {
      const value = valueAt(want, path);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
  check("title", textIn(first("title")), (text) => sameText(got?.title, text));
  check("address", linkIn(want), (text) => sameAddress(got?.url, text));
  check("key", first("id") ?? textIn(first("guid")), (text) => squeezed(got?.key).includes(squeezed(text)));
  const published = first("publishedParsed", "published", "pubDateParsed", "pubDate", "dc.dates", "dc.date");
  check("published", textIn(published), (text) => sameDate(got?.publishedAt, text));
  check(
    "updated",
    first("updatedParsed", "updated"),
    (text) => sameDate(got?.updatedAt, text) || sameDate(got?.publishedAt, text),
  );
  check("author", textIn(first("authors", "author", "dc.creators", "dc.creator")), (text) =>
    sameName(got?.author, text),
  );
  check(
    "summary",
    first("summary", "description"),
    (text) => sameText(got?.summary, text) || sameText(got?.content, text),
  );
  check("content", textIn(first("content")), (text) => sameText(got?.content, text) || sameText(got?.summary, text));
}

/** The text of a value that libraries give as a string, a list, or an object. */
function textIn(value: unknown): unknown {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return textIn(value[0]);
  return valueAt(value, "value") ?? valueAt(value, "name") ?? valueAt(value, "email");
}

function linkIn(value: unknown): unknown {
  const link = valueAt(value, "link");
  if (link !== undefined && link !== null) return link;
  const links = valueAt(value, "links");
  if (!Array.isArray(links)) return undefined;
  const [found] = links.flatMap((one: unknown) => {
    if (typeof one === "string") return [one];
    const href = valueAt(one, "href");
    return typeof href === "string" && (valueAt(one, "rel") ?? "alternate") === "alternate" ? [href] : [];
  });
  return found;
}
