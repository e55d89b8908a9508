import type { Page } from "./pages.ts";

/** Writes a feed as RSS 2.0 that lists pages of the same server (`origin`, without a slash at its end). */
export function writeFeed(
  origin: string,
  feed: string,
  items: readonly number[],
  pageOf: (feed: string, item: number) => Page,
): string {
  const entries = items.map((item) => {
    const { title, publishedAt } = pageOf(feed, item);
    return `<item><title>${title}</title><link>${origin}/page/${feed}/${item}.html</link><guid isPermaLink="false">${feed}-${item}</guid><pubDate>${publishedAt.toUTCString()}</pubDate><description>An invented publication, number ${item} of feed ${feed}, made for a measurement. It is about the rules for artificial intelligence and nobody said it.</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>${origin}/</link><description>Invented texts</description>${entries.join("\n")}</channel></rss>`;
}
