import { load } from "cheerio";
import fc from "fast-check";
import RssParser from "rss-parser";
import { expect, test } from "vitest";
import { feedXml } from "../../src/demo/feed-xml.ts";
import type { Publication } from "../../src/demo/publication.ts";

/** A publication; say only what the test is about. */
function publication(facts: Partial<Publication>): Publication {
  const publishedAt = "2023-11-15T21:09:53-05:00";
  const page = { html: "<p>Words.</p>", modifiedAt: publishedAt };
  return {
    sourceId: "a",
    path: "/a/",
    title: "T",
    publishedAt,
    summary: "S",
    feedContent: null,
    page,
    revised: null,
    ...facts,
  };
}

/** Text that XML 1.0 can hold and that white-space folding leaves alone. */
const text = fc
  .array(fc.constantFrom("<", ">", "&", '"', "'", "]]>", "<![CDATA[", "&amp;", "对话", "a", "Z", "\u00a0", "–", "🙂"), {
    minLength: 1,
  })
  .map((parts) => `x${parts.join("")}x`);

test("any words come out of the feed as they went in", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (title, summary, content) => {
      const xml = feedXml("http://127.0.0.1:1", title, "/feed/", [
        publication({ title, summary, feedContent: content }),
      ]);
      const feed = await new RssParser().parseString(xml);
      expect(feed.title).toBe(title);
      expect(feed.items[0]?.title).toBe(title);
      expect(feed.items[0]?.["content:encoded"]).toBe(content);
      const description = load(xml, { xml: true })("description").last().text();
      expect(load(description)("p").text()).toBe(summary);
    }),
  );
});

test("a feed without pages is a feed all the same, without a date of its own", async () => {
  const feed = await new RssParser().parseString(feedXml("http://127.0.0.1:1", "Quiet", "/feed/", []));
  expect([feed.title, feed.items, feed.lastBuildDate]).toEqual(["Quiet", [], undefined]);
});

test("a date keeps the offset of its page", async () => {
  const xml = feedXml("http://127.0.0.1:1", "A", "/feed/", [publication({ publishedAt: "2023-11-09T09:12:00+08:00" })]);
  const feed = await new RssParser().parseString(xml);
  expect([feed.items[0]?.pubDate, feed.items[0]?.isoDate]).toEqual([
    "Thu, 09 Nov 2023 09:12:00 +0800",
    "2023-11-09T01:12:00.000Z",
  ]);
});
