import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { FeedReading } from "../../src/domain/feed-reading.ts";
import { readFeed } from "../../src/read/feed/feed.ts";
import { noHints } from "../../src/read/hints.ts";
import type { Row } from "../parts/report.ts";
import type { Corpus } from "./corpus.ts";
import { sameAddress, sameDate, sameEncoding, sameName, sameText, squeezed } from "./same.ts";
import { openShare, type Share } from "./share.ts";

type Check = { readonly path: readonly (string | number)[]; readonly op: string; readonly value?: unknown };
type Case = {
  readonly file: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly checks?: readonly Check[];
};

/** Runs the cases of feedparser's own suite: one passes when every check on a field that Parley has is true. */
export async function measureFeedparser({ folder, expected }: Corpus): Promise<readonly Row[]> {
  const all = openShare();
  const groups = new Map<string, Share>();
  for (const { file, headers = {}, checks = [] } of expected as readonly Case[]) {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const url = lower["content-location"] ?? `file:///case${extname(file)}`;
    const bytes = readFileSync(join(folder, file));
    const reading = await readFeed({ bytes, url, headers: lower }, noHints);
    const results = checks.flatMap((check) => resultOf(check, reading) ?? []);
    if (results.length === 0) continue;
    const group = groupOf(file, Object.keys(headers).length > 0);
    if (!groups.has(group)) groups.set(group, openShare());
    const wrong = checks.filter((check) => resultOf(check, reading) === false);
    for (const share of [all, groups.get(group)]) share?.count(results.every(Boolean), file, wrong);
  }
  return [
    all.row("feedparser: cases passed", 90),
    ...[...groups].map(([name, share]) => share.row(`feedparser, ${name}: cases passed`, 85)),
  ];
}

function groupOf(file: string, hasHeaders: boolean): string {
  if (hasHeaders) return "with HTTP headers";
  return file.includes("wellformed/sanitize/") ? "sanitize" : (file.split("/")[0] ?? "");
}

/** Whether a check is true; null where Parley has no such field. */
function resultOf({ path, op, value }: Check, { format, encoding, feed, items }: FeedReading): boolean | null {
  if (op === "length" && path.length === 1 && path[0] === "entries") return items.length === value;
  if (op !== "equals" || value === null || value === undefined) return null;
  const want = String(value);
  const item = items[Number(path[1])];
  switch (path.map((step) => (typeof step === "number" ? "#" : step)).join(".")) {
    case "encoding":
      return sameEncoding(encoding, want);
    case "version":
      return familyOf(want) !== null && familyOf(want) === familyOf(format);
    case "feed.title":
    case "feed.title_detail.value":
      return sameText(feed.title, want);
    case "feed.link":
      return sameAddress(feed.link, want);
    case "feed.updated":
    case "feed.updated_parsed":
      return sameDate(feed.updatedAt, value);
    case "entries.#.title":
    case "entries.#.title_detail.value":
      return sameText(item?.title, want);
    case "entries.#.link":
      return sameAddress(item?.url, want);
    case "entries.#.id":
    case "entries.#.guid":
      return squeezed(item?.key).includes(squeezed(want));
    case "entries.#.published":
    case "entries.#.published_parsed":
      return sameDate(item?.publishedAt, value);
    case "entries.#.updated":
    case "entries.#.updated_parsed":
      return sameDate(item?.updatedAt, value) || sameDate(item?.publishedAt, value);
    case "entries.#.author":
    case "entries.#.author_detail.name":
      return sameName(item?.author, want);
    case "entries.#.description":
    case "entries.#.summary":
    case "entries.#.summary_detail.value":
      return sameText(item?.summary, want) || sameText(item?.content, want);
    case "entries.#.content.#.value":
      return path[3] === 0 ? sameText(item?.content, want) || sameText(item?.summary, want) : null;
    default:
      return null;
  }
}

function familyOf(format: string | null): string | null {
  return /atom|json|rdf|rss|cdf/.exec(String(format).toLowerCase())?.[0].replace("rdf", "rss") ?? null;
}
