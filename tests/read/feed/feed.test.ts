import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFeed } from "../../../src/read/feed/feed.ts";
import { readOrdinaryRss } from "../../../src/read/feed/rss-parser.ts";
import { readXmlFeed } from "../../../src/read/feed/xml.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched, hintsOf } from "../fetched.ts";

const address = "https://news.example.org/list/feed.xml";
const read = (body: string, hints = noHints) => readFeed(fetched(body, { url: address }), hints);
const codes = (reading: { problems: readonly { code: string }[] }) => reading.problems.map((problem) => problem.code);

const item = (inner: string) => `<item>${inner}</item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Invented &amp; plain</title><link>https://news.example.org/</link><lastBuildDate>Tue, 19 May 2026 20:31:00 GMT</lastBuildDate>${items.join("")}</channel></rss>`;
const plainItem = (n: number) =>
  item(
    `<title>Talk ${n}</title><link>https://news.example.org/${n}</link><guid isPermaLink="false">id-${n}</guid><pubDate>Tue, 19 May 2026 20:31:00 +0800</pubDate><description>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second &amp;amp; last.&lt;/p&gt;</description>`,
  );

describe("an entry's address, name and text", () => {
  const feedOf = (inner: string) => `<rss version="2.0"><channel><title>Invented</title>${item(inner)}</channel></rss>`;
  const atomOf = (inner: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Invented</title><entry><id>a</id>${inner}</entry></feed>`;
  test.each([
    [
      "of several links in RSS the last counts",
      feedOf("<title>A</title><link>https://x.example/1</link><link>https://x.example/2</link>"),
      { url: "https://x.example/2" },
    ],
    [
      "the alternate link counts in Atom",
      atomOf('<link rel="self" href="https://x.example/self"/><link href="https://x.example/page"/>'),
      { url: "https://x.example/page" },
    ],
    [
      "without another link the entry's own is taken",
      atomOf('<link rel="self" href="https://x.example/self"/>'),
      { url: "https://x.example/self" },
    ],
    [
      "a name may have markup around it",
      feedOf("<title>A</title><author><p>Ann Lee</p></author>"),
      { author: "Ann Lee" },
    ],
    [
      "a name may be escaped twice",
      feedOf("<title>A</title><author><![CDATA[&lt;p&gt;Ann Lee&lt;/p&gt;]]></author>"),
      { author: "Ann Lee" },
    ],
    [
      "RSS that gives a description and a summary means two texts",
      feedOf("<title>A</title><description>Short</description><summary>The whole</summary>"),
      { summary: "Short", content: "The whole" },
    ],
    [
      "a prefix may be declared by the entry itself",
      `<feed xmlns="http://www.w3.org/2005/Atom"><p0:entry xmlns:p0="http://www.w3.org/2005/Atom"><p0:id>a</p0:id><p0:title>Told</p0:title><p0:link href="https://x.example/a"/></p0:entry></feed>`,
      { title: "Told", url: "https://x.example/a", key: "a" },
    ],
  ])("%s", async (_, body, expected) => {
    expect((await read(body)).items).toMatchObject([expected]);
  });
});

describe("each kind of feed gives the same sort of items", () => {
  const rdf = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Invented</title><link>https://news.example.org/</link></channel><item rdf:about="https://news.example.org/a"><title>A</title><link>https://news.example.org/a</link><dc:date>2026-05-19T20:31+08:00</dc:date><dc:creator>Ann Lee</dc:creator><description>Words</description></item></rdf:RDF>`;
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.org/base/"><title type="html">Invented</title><link href="/"/><updated>2026-05-20T00:00:00Z</updated><entry><id>https://news.example.org/a</id><title type="text">A</title><link rel="enclosure" href="a.mp3"/><link rel="alternate" href="../a"/><published>2026-05-19T20:31+08:00</published><author><name>Ann Lee</name></author><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words</p></div></summary></entry></feed>`;
  const atom03 = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Invented</title><entry><id>https://news.example.org/a</id><title>A</title><link rel="alternate" href="https://news.example.org/a"/><issued>2026-05-19T20:31+08:00</issued><author><name>Ann Lee</name></author><summary mode="escaped" type="text/html">&lt;p&gt;Words</summary></entry></feed>`;
  const old = `<rss version="0.91"><channel><title>Invented</title><item><title>A</title><link>https://news.example.org/a</link><pubDate>2026-05-19T20:31+08:00</pubDate><author>Ann Lee</author><description>Words</description></item></channel></rss>`;
  const json = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Invented",
    items: [
      {
        id: "https://news.example.org/a",
        url: "/a",
        title: "A",
        date_published: "2026-05-19T20:31+08:00",
        authors: [{ name: "Ann Lee" }],
        summary: "Words",
      },
    ],
  });

  test.each([
    ["rdf", rdf],
    ["atom", atom],
    ["atom", atom03],
    ["rss", old],
    ["json-feed", json],
  ])("%s", async (format, body) => {
    const reading = await read(body);
    expect(reading).toMatchObject({ format, feed: { title: "Invented" }, problems: [] });
    expect(reading.items).toMatchObject([
      {
        key: "https://news.example.org/a",
        url: "https://news.example.org/a",
        title: "A",
        author: "Ann Lee",
        summary: "Words",
        publishedAt: { value: "2026-05-19T20:31+08:00", basis: "feed" },
      },
    ]);
  });

  test("RSS 2.0 gives its id, texts without markup, and the feed's own facts", async () => {
    const reading = await read(rss(plainItem(1)));
    expect(reading.feed).toMatchObject({
      title: "Invented & plain",
      link: "https://news.example.org/",
      updatedAt: { value: "2026-05-19T20:31:00Z" },
    });
    expect(reading.items[0]).toMatchObject({
      key: "id-1",
      title: "Talk 1",
      summary: "First.\nSecond & last.",
      content: null,
    });
  });

  test("a feed without items is a feed", async () => {
    expect(await read(rss())).toMatchObject({ format: "rss", items: [], problems: [] });
    expect(await read('<rss version="2.0"><channel/></rss>')).toMatchObject({ format: "rss", items: [], problems: [] });
  });
});

test("rss-parser and the tolerant reader give the same for an ordinary feed", async () => {
  const xml = rss(
    plainItem(1),
    item(
      "<title><![CDATA[A <b>bold</b> title & more]]></title><link>https://news.example.org/2?a=1&amp;b=2</link><dc:creator>Ann Lee</dc:creator><content:encoded><![CDATA[<p>Whole</p>]]></content:encoded>",
    ),
  );
  const ordinary = await readOrdinaryRss(xml, address);
  expect(ordinary).not.toBeNull();
  expect(ordinary).toEqual(readXmlFeed(xml, address));
});

describe("one bad entry costs no other", () => {
  test.each([
    ["a date that is none", item("<title>B</title><link>/b</link><pubDate>once upon a time</pubDate>"), "bad-date", 3],
    [
      "an entry nested thousands deep",
      item(`<title>B</title><description>${"<a>".repeat(5000)}${"</a>".repeat(5000)}</description>`),
      "too-deep",
      2,
    ],
    ["an id used twice for different things", plainItem(1).replace("Talk 1", "Other talk"), "repeated-id", 3],
  ])("%s", async (_, bad, code, count) => {
    const reading = await read(rss(plainItem(1), bad, plainItem(2)));
    expect(codes(reading)).toEqual([code]);
    expect(reading.items).toHaveLength(count);
    expect(new Set(reading.items.map(({ key }) => key)).size).toBe(count);
  });

  test.each([
    ["a bare ampersand", item("<title>R&D & more</title><link>/b</link>"), "R&D & more"],
    ["HTML entities", item("<title>Caf&eacute;&nbsp;talks&hellip;</title><link>/b</link>"), "Café talks…"],
    ["entities escaped twice", item("<title>R&amp;amp;D</title><link>/b</link>"), "R&D"],
    ["a title with markup", item("<title>&lt;i&gt;Hot&lt;/i&gt; line</title><link>/b</link>"), "Hot line"],
    ["a NUL and control characters", item("<title>Hot\u0000 \u0001line</title><link>/b</link>"), "Hot line"],
    ["an empty element before the real one", item("<title/><title>Hot line</title><link>/b</link>"), "Hot line"],
    [
      "names that mean something to JavaScript",
      item("<__proto__>x</__proto__><constructor>y</constructor><title>Hot line</title><link>/b</link>"),
      "Hot line",
    ],
  ])("%s is tolerated", async (_, strange, title) => {
    const reading = await read(rss(plainItem(1), strange, plainItem(2)));
    expect(reading.items.map((entry) => entry.title)).toEqual(["Talk 1", title, "Talk 2"]);
    expect(reading.items[1]?.url).toBe("https://news.example.org/b");
    expect(reading.problems).toEqual([]);
  });

  test("an end that is missing costs nothing but the end", async () => {
    const reading = await read(rss(plainItem(1), plainItem(2)).slice(0, -40));
    expect(reading.items).toHaveLength(2);
  });
});

describe("keys are stable", () => {
  test("the feed's id, else the address, else a digest of title and date", async () => {
    const reading = await read(
      rss(
        plainItem(1),
        item("<title>B</title><link>/b</link>"),
        item("<title>C</title><pubDate>Tue, 19 May 2026 20:31:00 GMT</pubDate>"),
      ),
    );
    expect(reading.items.map(({ key }) => key)).toEqual([
      "id-1",
      "https://news.example.org/b",
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    ]);
    expect(
      (await read(rss(item("<title>C</title><pubDate>Tue, 19 May 2026 20:31:00 GMT</pubDate>")))).items[0]?.key,
    ).toBe(reading.items[2]?.key);
  });

  test("the same entry listed twice is one", async () => {
    expect((await read(rss(plainItem(1), plainItem(1)))).items).toHaveLength(1);
  });
});

describe("links", () => {
  test.each([
    ["//www.example.org/a", "https://www.example.org/a"],
    ["../a?b=1&amp;c=2", "https://news.example.org/a?b=1&c=2"],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["http://[bad", null],
  ])("%s", async (link, url) =>
    expect((await read(rss(item(`<title>A</title><link>${link}</link>`)))).items[0]?.url).toBe(url),
  );
});

describe("dates without a zone are read in the source's zone", () => {
  test.each([
    ["2026年5月21日", "2026-05-21"],
    ["2026-05-21 18:00:00", "2026-05-21T18:00:00+08:00"],
    ["Thu, 21 May 2026 18:00:00 CST", "2026-05-21T18:00:00+08:00"],
  ])("%s", async (date, value) => {
    const hints = hintsOf({ timeZone: "Asia/Shanghai" });
    expect(
      (await read(rss(item(`<title>A</title><link>/a</link><pubDate>${date}</pubDate>`)), hints)).items[0]?.publishedAt
        ?.value,
    ).toBe(value);
  });
});

describe("what is no feed says what it looks like", () => {
  test.each([
    ["", "an empty answer"],
    [
      "<!doctype html><html><head><title>Technical Difficulties</title></head><body>Sorry</body></html>",
      "Technical Difficulties",
    ],
    ['{"answer":42}', "JSON of another shape"],
    ["%PDF-1.7 …", "a PDF file"],
    ["<opml version='2.0'><body/></opml>", "opml"],
    ["Bad gateway", "plain text"],
  ])("%s", async (body, look) => {
    const reading = await read(body);
    expect(reading).toMatchObject({ format: null, items: [], problems: [{ code: "not-a-feed" }] });
    expect(reading.problems[0]?.message).toContain(look);
  });
});

describe("hostile feeds cost little", () => {
  test("entities that a feed declares are not expanded", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${rss(item("<title>&b;</title><link>/a</link>")).slice(21)}`;
    const reading = await read(bomb);
    expect(codes(reading)).toEqual(["entities-refused"]);
    expect(reading.items[0]?.title).not.toContain("ha");
  });

  test.each([
    [
      "120 KB of a<p",
      rss(item(`<title>A</title><link>/a</link><description><![CDATA[${"a<p".repeat(40_000)}]]></description>`)),
    ],
    ["a title of 1 MB", rss(item(`<title>${"long ".repeat(200_000)}</title><link>/a</link>`))],
    [
      "100,000 nested tags in a description",
      rss(item(`<title>A</title><link>/a</link><description><![CDATA[${"<div>".repeat(100_000)}]]></description>`)),
    ],
    ["100,000 nested elements", rss("<x>".repeat(100_000))],
    ["10,000 items", rss(...Array.from({ length: 10_000 }, (_, n) => plainItem(n)))],
  ])("%s", async (name, body) => {
    const began = performance.now();
    const reading = await read(body);
    expect(performance.now() - began).toBeLessThan(20_000);
    if (name === "10,000 items") expect(reading.items).toHaveLength(10_000);
  });

  test("no bytes make it throw", async () => {
    const piece = fc.constantFrom(
      "<rss version='2.0'>",
      "<channel>",
      "<item>",
      "</item>",
      "<title>",
      "</title>",
      "<![CDATA[",
      "]]>",
      "<link>",
      "<feed>",
      "<entry>",
      "&",
      "&#x0;",
      "\u0000",
      "<!--",
      "-->",
      "{",
      "[",
      "x",
      "<",
      ">",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        expect(Array.isArray((await read(pieces.join(""))).items)).toBe(true);
      }),
    );
  });
});

describe("a list beyond all measure", () => {
  test("with an address that no browser would take has an entry without one", async () => {
    const reading = await read(
      rss(item(`<title>T</title><guid>a</guid><link>https://x.example/${"a".repeat(9_000)}</link>`)),
    );
    expect(reading.items).toMatchObject([{ key: "a", url: null }]);
  });

  test("of 60,000 entries gives the first 50,000, and says so", async () => {
    const entries = Array.from({ length: 60_000 }, (_, n) => item(`<title>T</title><guid>${n}</guid>`));
    const reading = await read(rss(...entries));
    expect(reading.items).toHaveLength(50_000);
    expect(codes(reading)).toEqual(["too-many-entries"]);
  });

  test("of problems names twenty of a kind and counts the others", async () => {
    const bad = Array.from({ length: 500 }, (_, n) => item(`<title>T</title><guid>${n}</guid><pubDate>soon</pubDate>`));
    const reading = await read(rss(...bad));
    expect(reading.items).toHaveLength(500);
    expect(codes(reading)).toEqual(Array.from({ length: 21 }, () => "bad-date"));
    expect(reading.problems.at(-1)?.message).toBe("480 more of this kind are not listed.");
  });
});
