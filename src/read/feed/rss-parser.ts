import Parser from "rss-parser";
import { textAt } from "../text/json-value.ts";
import type { FeedEntry, MarkedText } from "./entry.ts";
import { decodedXml, type LooseFeed } from "./xml.ts";

/** Texts that are taken out before rss-parser runs: its snippets cost quadratic time (120 KB of `a<p`: 10 s). */
const SHIELDED = ["description", "content:encoded"] as const;

/** Nothing in an ordinary feed needs what rss-parser does not know: entities of its own, `xml:base`, Atom inside, two links. */
const EXTRAORDINARY =
  /<!DOCTYPE|xml:base|<\/link>\s*<link[\s>]|<(?:media:title|dc:title|summary|modified|issued|dcterms:|atom:(?:id|updated|published|author|title))/i;

/**
 * Reads an ordinary RSS 0.9x, 1.0 or 2.0 feed with rss-parser. Null where it is not ordinary, where rss-parser
 * refuses it, or where it answers something else than plain fields: then `readXmlFeed`, which gives the same
 * for ordinary feeds, reads it.
 *
 * @param address - Where it came from; relative links start there.
 */
export async function readOrdinaryRss(xml: string, address: string): Promise<LooseFeed | null> {
  const root = /<(rss|rdf:RDF)[\s>]/.exec(xml.slice(0, 4096))?.[1];
  if (!root || EXTRAORDINARY.test(xml)) return null;
  const { shielded, texts } = shield(xml);
  try {
    const feed: Record<string, unknown> = {
      ...(await new Parser<{ "dc:date"?: string }>({ customFields: { feed: ["dc:date"] } }).parseString(
        shielded.trim(),
      )),
    };
    const items: readonly unknown[] = Array.isArray(feed.items) ? feed.items : [];
    const entries = items.map((item) => entryOf(item as Record<string, unknown>, texts, address));
    if (entries.length !== (shielded.match(/<item[\s>/]/g)?.length ?? 0)) return null;
    const updated = text(feed.lastBuildDate) ?? text(feed["dc:date"]) ?? text(feed.pubDate);
    return {
      format: root === "rss" ? "rss" : "rdf",
      title: html(text(feed.title)),
      link: text(feed.link),
      base: address,
      self: textAt(feed.paginationLinks, "self"),
      older: textAt(feed.paginationLinks, "next"),
      updated,
      entries,
    };
  } catch {
    return null;
  }
}

function entryOf(item: Record<string, unknown>, texts: readonly string[], address: string): FeedEntry {
  const original = (value: unknown) => html(decodedXml(texts[Number(text(value)?.replace("shielded-", ""))] ?? ""));
  const link = text(item.link);
  const title = html(text(item.title));
  if (!link || !title) throw new TypeError("an entry without an address or title needs the tolerant reader");
  return {
    id: text(item.guid) ?? text(item["rdf:about"]),
    link,
    base: address,
    title,
    author: text(item.author) ?? text(item["dc:creator"]),
    published: text(item.pubDate) ?? text(item["dc:date"]),
    updated: null,
    summary: item.content === undefined ? null : original(item.content),
    content: item["content:encoded"] === undefined ? null : original(item["content:encoded"]),
  };
}

/** Replaces the inside of each shielded element by a number. One pass with `indexOf`, linear in the length. */
function shield(xml: string): { readonly shielded: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  let shielded = "";
  let done = 0;
  const opening = new RegExp(`<(${SHIELDED.join("|")})(?:\\s[^<>]*)?>`, "g");
  for (let match = opening.exec(xml); match; match = opening.exec(xml)) {
    if (match[0].endsWith("/>")) continue;
    const start = opening.lastIndex;
    const end = closingAt(xml, start, `</${match[1]}`);
    if (end < 0) break;
    shielded += `${xml.slice(done, start)}shielded-${texts.length}`;
    texts.push(xml.slice(start, end));
    done = end;
    opening.lastIndex = end;
  }
  return { shielded: shielded + xml.slice(done), texts };
}

/** Finds an end tag, not inside CDATA; -1 where an element stands before it, which is not ordinary. */
function closingAt(xml: string, from: number, tag: string): number {
  let at = xml.indexOf("<", from);
  while (at >= 0 && xml.startsWith("<![CDATA[", at)) {
    const end = xml.indexOf("]]>", at);
    at = end < 0 ? -1 : xml.indexOf("<", end);
  }
  return at >= 0 && xml.startsWith(tag, at) ? at : -1;
}

/** @throws {TypeError} When rss-parser gives an object, as it does for elements with attributes. */
function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw new TypeError("not a plain field");
  return value.trim() || null;
}

function html(value: string | null): MarkedText | null {
  return value === null ? null : { value, as: "html" };
}
