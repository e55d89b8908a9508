import { DateTime } from "luxon";
import { escapeMarkup } from "../present/escape-markup.ts";
import type { Publication } from "./publication.ts";

/**
 * Writes an RSS 2.0 feed as WordPress does: guid apart from the link, the whole body in `content:encoded`.
 *
 * @param origin - Of the server, without a slash at its end.
 * @param publications - In the order of the feed, newest first.
 */
export function feedXml(origin: string, title: string, path: string, publications: readonly Publication[]): string {
  const newest = publications[0];
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeMarkup(title)}</title>
<atom:link href="${escapeMarkup(origin + path)}" rel="self" type="application/rss+xml"/>
<link>${escapeMarkup(origin)}/</link>
<description>Served by the Parley demonstration</description>
${newest ? `<lastBuildDate>${rssDate(newest.publishedAt)}</lastBuildDate>\n` : ""}<language>en-US</language>
${publications.map((publication) => itemXml(origin, publication)).join("\n")}
</channel>
</rss>
`;
}

function itemXml(origin: string, { path, title, publishedAt, summary, feedContent }: Publication): string {
  const content = feedContent === null ? "" : `<content:encoded>${cdata(feedContent)}</content:encoded>\n`;
  return `<item>
<title>${escapeMarkup(title)}</title>
<link>${escapeMarkup(origin + path)}</link>
<pubDate>${rssDate(publishedAt)}</pubDate>
<guid isPermaLink="false">parley-demo:${escapeMarkup(path)}</guid>
<description>${cdata(`<p>${escapeMarkup(summary)}</p>`)}</description>
${content}</item>`;
}

/** RFC 822 with a four-digit year, as RSS 2.0 asks. */
function rssDate(iso: string): string {
  return DateTime.fromISO(iso, { setZone: true }).toRFC2822() ?? "";
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
