import { describe, expect, test } from "vitest";
import { readFeed } from "../../../src/read/feed/feed.ts";
import { fetched, hintsOf } from "../fetched.ts";

const url = "https://www.ministry.example/eng/list/index.html";

describe("an HTML listing", () => {
  const page = `<html><body><nav><a href="/about/us-and-our-long-history.html">About us and our long history</a></nav>
    <ul class="list"><li><a href="./202605/t20260519_11912345.html" title="The whole long title of the first entry">The whole long …</a></li>
    <li><a href="//www.ministry.example/eng/list/202605/t20260518_11912344.html">Second entry</a> <span>2026-05-18 19:00</span></li>
    <li><a href="../202605/t20260518_11912344.html">Mirror</a></li></ul></body></html>`;
  const list = { kind: "page", url, item: ".list a", articlePath: String.raw`/t\d{8}_\d+\.html$` };

  test("gives absolute addresses, whole titles, and dates from the row or the address", async () => {
    const reading = await readFeed(fetched(page, { url }), hintsOf({ list, timeZone: "Asia/Shanghai" }));
    expect(reading.format).toBe("listing");
    expect(reading.items.map((item) => [item.url, item.title, item.publishedAt?.value])).toEqual([
      [
        "https://www.ministry.example/eng/list/202605/t20260519_11912345.html",
        "The whole long title of the first entry",
        "2026-05-19",
      ],
      [
        "https://www.ministry.example/eng/list/202605/t20260518_11912344.html",
        "Second entry",
        "2026-05-18T19:00+08:00",
      ],
      ["https://www.ministry.example/eng/202605/t20260518_11912344.html", "Mirror", "2026-05-18"],
    ]);
  });

  test("without selectors takes the links whose address matches, and no navigation", async () => {
    const reading = await readFeed(fetched(page, { url }), hintsOf({ list: { ...list, item: undefined } }));
    expect(reading.items).toHaveLength(3);
  });

  test("reads the date at the date selector, inside the entry or beside it", async () => {
    const html =
      '<li class="post"><h2><a href="/fact-sheets/slug/">Fact sheet</a></h2><div class="when"><time datetime="2026-05-15T16:53:00-04:00">May 15, 2026</time></div></li>';
    for (const item of ["li.post", "h2 a"]) {
      const reading = await readFeed(
        fetched(html, { url }),
        hintsOf({ list: { kind: "page", url, item, date: "time" } }),
      );
      expect(reading.items[0]?.publishedAt?.value).toBe("2026-05-15T16:53:00-04:00");
    }
  });

  test.each([
    ["a layout that changed", { ...list, item: ".gone a" }, ["layout-changed"]],
    ["a selector that is none", { ...list, item: "a[" }, ["bad-selector", "layout-changed"]],
    ["a pattern that is none", { ...list, articlePath: "(" }, ["bad-pattern"]],
  ])("%s is a problem", async (_, changed, codes) => {
    const reading = await readFeed(fetched(page, { url }), hintsOf({ list: changed }));
    expect(reading.problems.map((problem) => problem.code)).toEqual(codes);
  });
});

describe("a JSON API", () => {
  const list = {
    kind: "json",
    url,
    items: "data.results",
    fields: { key: "number", title: "title", url: "html_url", published: "date", summary: "abstract" },
  };

  test("is read by dotted paths; numbers, HTML titles and null fields are taken as they are", async () => {
    const body = JSON.stringify({
      data: {
        results: [
          { number: 20261, title: "<b>Rule</b> on chips", html_url: "/doc/1", date: "2026-05-19", abstract: null },
          { number: "b", title: "Second", html_url: "https://x.example/2", date: 1779193860, abstract: "Why" },
        ],
      },
    });
    const reading = await readFeed(fetched(body, { url }), hintsOf({ list }));
    expect(reading).toMatchObject({ format: "json", problems: [] });
    expect(reading.items).toMatchObject([
      {
        key: "20261",
        url: "https://www.ministry.example/doc/1",
        title: "Rule on chips",
        publishedAt: { value: "2026-05-19" },
        summary: null,
      },
      { key: "b", publishedAt: { value: "2026-05-19T12:31:00Z" }, summary: "Why" },
    ]);
  });

  test.each([
    ["the whole answer", "$", [{ title: "One", html_url: "/1" }]],
    [
      "a list in a list",
      "groups[].rows[]",
      { groups: [{ rows: [{ title: "One", html_url: "/1" }] }, { rows: [] }, {}] },
    ],
    [
      "an object in each place of a list",
      "groups[].rows[].data",
      { groups: [{ rows: [{ data: { title: "One", html_url: "/1" } }, { other: 1 }] }] },
    ],
  ])("may be %s", async (_, items, answer) => {
    const reading = await readFeed(fetched(JSON.stringify(answer), { url }), hintsOf({ list: { ...list, items } }));
    expect(reading.items).toMatchObject([{ title: "One", url: "https://www.ministry.example/1" }]);
  });

  test("with a list on the way that is none is not the list", async () => {
    const hints = hintsOf({ list: { ...list, items: "groups[].rows" } });
    expect(await readFeed(fetched('{"groups": "none"}', { url }), hints)).toMatchObject({ format: null });
  });

  test.each([['{"data":{}}'], ["[]"], ["<html>"], [""]])("%s is not the list", async (body) => {
    expect(await readFeed(fetched(body, { url }), hintsOf({ list }))).toMatchObject({
      format: null,
      items: [],
      problems: [{ code: "not-a-feed" }],
    });
  });
});

describe("a sitemap", () => {
  test("gives news titles and dates", async () => {
    const xml = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://x.example/a?b=1&amp;c=2</loc><lastmod>2026-05-20</lastmod><news:news><news:publication_date>2026-05-19T10:00:00Z</news:publication_date><news:title>Chips &amp; talks</news:title></news:news></url></urlset>`;
    const reading = await readFeed(fetched(xml, { url }), hintsOf({ list: { kind: "sitemap", url } }));
    expect(reading).toMatchObject({ format: "sitemap", problems: [] });
    expect(reading.items).toMatchObject([
      {
        url: "https://x.example/a?b=1&c=2",
        title: "Chips & talks",
        publishedAt: { value: "2026-05-19T10:00:00Z" },
        updatedAt: { value: "2026-05-20" },
      },
    ]);
  });

  test("that is an index gives the addresses of others, those changed last first", async () => {
    const index = (...sitemaps: string[]) => `<sitemapindex>${sitemaps.join("")}</sitemapindex>`;
    const entry = (name: string, changed = "") =>
      `<sitemap><loc>https://x.example/${name}.xml</loc>${changed && `<lastmod>${changed}</lastmod>`}</sitemap>`;
    const listsOf = async (xml: string) =>
      (await readFeed(fetched(xml, { url }), hintsOf({ list: { kind: "sitemap", url } }))).lists;
    expect(await listsOf(index(entry("a", "2026-05-18"), entry("b", "2026-05-20"), entry("c", "2026-05-19")))).toEqual(
      ["b", "c", "a"].map((name) => `https://x.example/${name}.xml`),
    );
    expect(await listsOf(index(entry("1"), entry("2")))).toEqual([
      "https://x.example/2.xml",
      "https://x.example/1.xml",
    ]);
    expect(await listsOf(index("<sitemap><loc>javascript:alert(1)</loc></sitemap>"))).toEqual([]);
  });

  test("of everything is kept to the pages that articlePath tells", async () => {
    const xml =
      "<urlset><url><loc>https://x.example/about</loc></url><url><loc>https://x.example/news/1</loc></url></urlset>";
    const hints = hintsOf({ list: { kind: "sitemap", url, articlePath: "/news/\\d+$" } });
    expect((await readFeed(fetched(xml, { url }), hints)).items.map((item) => item.url)).toEqual([
      "https://x.example/news/1",
    ]);
  });
});

describe("a WordPress route", () => {
  const post = {
    id: 812,
    date: "2026-05-19T16:31:00",
    date_gmt: "2026-05-19T20:31:00",
    modified_gmt: "2026-05-20T08:00:00",
    link: "https://office.example/2026/05/talks/",
    title: { rendered: "Talks &#8211; day one" },
    excerpt: { rendered: "<p>Short.</p>" },
    content: { rendered: "<p>First.</p><p>Second.</p>" },
  };
  const list = { kind: "wordpress", url: "https://office.example/wp-json/wp/v2/posts" };

  test("gives its posts, their dates in UTC", async () => {
    const reading = await readFeed(fetched(JSON.stringify([post]), { url: list.url }), hintsOf({ list }));
    expect(reading).toMatchObject({ format: "wordpress", problems: [] });
    expect(reading.items).toMatchObject([
      {
        ...{ key: "812", url: post.link, title: "Talks – day one", summary: "Short.", content: "First.\nSecond." },
        ...{ publishedAt: { value: "2026-05-19T20:31:00Z" }, updatedAt: { value: "2026-05-20T08:00:00Z" } },
      },
    ]);
  });

  test("whose date is only local is read by the source's zone", async () => {
    const local = { ...post, date_gmt: "0000-00-00T00:00:00" };
    const hints = hintsOf({ list, timeZone: "America/New_York" });
    const { items } = await readFeed(fetched(JSON.stringify([local]), { url: list.url }), hints);
    expect(items[0]?.publishedAt?.value).toBe("2026-05-19T16:31:00-04:00");
  });

  test.each([
    ["a refusal", '{"code":"rest_no_route","message":"No route was found","data":{"status":404}}'],
    ["a page", "<!doctype html><p>Technical Difficulties</p>"],
    ["a list of something else", '[{"name":"x"}]'],
  ])("that answers with %s is no list", async (_, body) => {
    const reading = await readFeed(fetched(body, { url: list.url }), hintsOf({ list }));
    expect(reading).toMatchObject({ format: null, problems: [{ code: "not-a-feed" }] });
  });
});

describe("the identity of an entry", () => {
  const feed = (guid: string, link = "https://x.example/a?utm_source=rss") =>
    `<rss version="2.0"><channel><title>Invented</title><item><title>A</title><link>${link}</link><guid>${guid}</guid></item></channel></rss>`;
  const keyBy = async (identity: unknown, body: string) => {
    const hints = hintsOf({ list: { kind: "feed", url } });
    const source = { ...hints.source, identity } as typeof hints.source;
    return (await readFeed(fetched(body, { url }), { ...hints, source })).items[0]?.key;
  };

  test("is its own id, unless the source says otherwise", async () => {
    expect(await keyBy(undefined, feed("tag:x,1#0"))).toBe("tag:x,1#0");
    expect(await keyBy({ by: "id", drop: "#\\d+$" }, feed("tag:x,1#0"))).toBe("tag:x,1");
    expect(await keyBy({ by: "id", drop: "#\\d+$" }, feed("tag:x,1#7"))).toBe("tag:x,1");
    expect(await keyBy({ by: "url" }, feed("changes-every-poll"))).toBe("https://x.example/a");
  });

  test("is the address where the rule leaves nothing of the id", async () => {
    expect(await keyBy({ by: "id", drop: "^.*$" }, feed("x", "https://x.example/b"))).toBe("https://x.example/b");
  });
});

describe("older entries", () => {
  test.each([
    ["Atom", '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/></feed>'],
    [
      "RSS",
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://www.ministry.example/</link><atom:link rel="next" href="https://www.ministry.example/eng/list/index.html?page=2"/></channel></rss>',
    ],
    ["JSON Feed", '{"version":"https://jsonfeed.org/version/1.1","title":"T","next_url":"?page=2","items":[]}'],
  ])("stand where %s says", async (_, body) => {
    const reading = await readFeed(fetched(body, { url }), hintsOf({}));
    expect(reading.older).toBe("https://www.ministry.example/eng/list/index.html?page=2");
  });
});
