import { parsedJson, textAt, valueAt } from "../text/json-value.ts";
import type { FeedEntry, MarkedText } from "./entry.ts";
import type { LooseFeed } from "./xml.ts";

/**
 * Reads JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). Null for JSON of another shape.
 *
 * @param address - Where it came from; relative links start there.
 */
export function readJsonFeed(text: string, address: string): LooseFeed | null {
  const json = parsedJson(text);
  const items = valueAt(json, "items");
  const version = textAt(json, "version");
  if (!Array.isArray(items)) return null;
  if (version ? !/jsonfeed/i.test(version) : textAt(json, "title") === null) return null;
  const title = textAt(json, "title");
  return {
    format: "json-feed",
    title: title === null ? null : { value: title, as: "text" },
    link: textAt(json, "home_page_url"),
    base: address,
    self: textAt(json, "feed_url"),
    older: textAt(json, "next_url"),
    updated: null,
    entries: items.filter((item) => typeof item === "object" && item !== null).map((item) => entryOf(item, address)),
  };
}

function entryOf(item: unknown, address: string): FeedEntry {
  const contentHtml = textAt(item, "content_html");
  const contentText = textAt(item, "content_text");
  return {
    id: textAt(item, "id"),
    link: textAt(item, "url") ?? textAt(item, "external_url"),
    base: address,
    title: plain(textAt(item, "title")),
    author: textAt(item, "authors.0.name") ?? textAt(item, "author.name"),
    published: textAt(item, "date_published"),
    updated: textAt(item, "date_modified"),
    summary: plain(textAt(item, "summary")),
    content: contentHtml ? { value: contentHtml, as: "html" } : plain(contentText),
  };
}

function plain(value: string | null): MarkedText | null {
  return value === null ? null : { value, as: "text" };
}
