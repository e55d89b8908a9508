import { describe, expect, test } from "vitest";
import { opmlOf } from "../../../src/present/opml.ts";
import { readOpml } from "../../../src/read/feed/opml.ts";
import { buildSource } from "../../support/catalogue.ts";

describe("a subscription list", () => {
  test("gives its feeds, once each, with the folders they stand in", () => {
    const opml = `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
      <outline text="China &amp; AI"><outline text="Office" xmlUrl="https://office.example/rss?a=1&amp;b=2" htmlUrl="https://office.example/"/>
      <outline title="Again" xmlUrl="https://office.example/rss?a=1&amp;b=2"/></outline>
      <outline text="Script" xmlUrl="javascript:alert(1)"/><outline text="Note"/>
      <outline TEXT="Upper" XMLURL="https://upper.example/feed"/></body></opml>`;
    expect(readOpml(opml)).toEqual([
      {
        ...{ title: "Office", feedUrl: "https://office.example/rss?a=1&b=2", pageUrl: "https://office.example/" },
        folders: ["China & AI"],
      },
      { title: "Upper", feedUrl: "https://upper.example/feed", pageUrl: null, folders: [] },
    ]);
  });

  test.each(["", "<html><body><p>x</p></body></html>", `<opml><body>${"<outline>".repeat(1_000)}`])(
    "is none where the text is something else (%#)",
    (text) => expect(readOpml(text)).toBeNull(),
  );

  test("that is written is read again, whatever the titles hold", () => {
    const title = 'Talks "<&>" 对话';
    const sources = [
      buildSource({ id: "one", title, list: { kind: "feed", url: "https://x.example/?a=1&b=%22" } }),
      buildSource({ id: "two", list: { kind: "page", url: "https://y.example/", articlePath: "/a/" } }),
    ];
    expect(readOpml(opmlOf(sources))).toMatchObject([
      { title, feedUrl: "https://x.example/?a=1&b=%22", folders: ["ministry-briefing"] },
    ]);
  });
});
