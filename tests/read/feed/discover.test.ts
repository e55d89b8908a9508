import { describe, expect, test } from "vitest";
import { discoverLists } from "../../../src/read/feed/discover.ts";
import { suggestArticlePath } from "../../../src/read/feed/suggest-listing.ts";

const address = "https://office.example/news/index.html";
const told = (html: string) => discoverLists(html, address).filter(({ found }) => found !== "usual");

describe("where a site may list what it publishes", () => {
  test.each([
    [
      "feeds that the page declares",
      '<link rel="alternate" type="application/rss+xml" title="News" href="/rss">',
      ["https://office.example/rss"],
    ],
    [
      "relative to the page's base",
      '<base href="https://cdn.example/x/"><link rel=alternate type="application/atom+xml" href="a.atom">',
      ["https://cdn.example/x/a.atom"],
    ],
    [
      "JSON Feed",
      '<link rel="alternate" type="application/feed+json" href="/f.json">',
      ["https://office.example/f.json"],
    ],
    [
      "links that are called so",
      '<a href="/subscribe/all">RSS</a><a href="/about">About RSS and how we use feeds on this large site</a>',
      ["https://office.example/subscribe/all"],
    ],
    ["links that look so", '<a href="/releases/feed/">Subscribe</a>', ["https://office.example/releases/feed/"]],
    [
      "the WordPress API",
      '<link rel="https://api.w.org/" href="https://office.example/wp-json/">',
      ["https://office.example/wp-json/wp/v2/posts?per_page=20"],
    ],
    [
      "no comments",
      '<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">',
      [],
    ],
    ["no other language of the page", '<link rel="alternate" hreflang="zh" href="/zh/">', []],
    ["no script", '<a href="javascript:feed()">RSS</a>', []],
  ])("%s", (_, html, urls) => {
    expect(told(html).map(({ url }) => url)).toEqual(urls);
  });

  test("is at the usual places where the page says nothing", () => {
    const urls = discoverLists("<p>Hello</p>", address).map(({ url }) => url);
    expect(urls.slice(0, 3)).toEqual([
      "https://office.example/news/feed/",
      "https://office.example/news/rss.xml",
      "https://office.example/feed/",
    ]);
    expect(urls).toContain("https://office.example/news-sitemap.xml");
    expect(discoverLists("<div>".repeat(50_000), address).map(({ url }) => url)).toEqual(urls);
  });
});

describe("a listing page without any feed", () => {
  const links = (paths: readonly string[]) =>
    paths.map((path, at) => `<li><a href="${path}">Entry number ${at} with a long title</a></li>`).join("");
  const numbers = [1, 2, 3, 4, 5, 6];
  test.each([
    [
      "numbers and dates",
      numbers.map((n) => `./202605/t2026051${n}_1191234${n}.html`),
      "/news/\\d{6}/t\\d{8}_\\d+\\.html$",
    ],
    ["names of articles", numbers.map((n) => `/briefings/the-talks-of-day-${n}/`), "/briefings/[^/]+/$"],
    [
      "hexadecimal names",
      numbers.map((n) => `/art/2026/art_${`${n}a`.repeat(16)}.html`),
      "/art/\\d{4}/art_[0-9a-f]{32}\\.html$",
    ],
  ])("is told by the shape of its links: %s", (_, paths, pattern) => {
    const html = `<nav>${links(["/about-us-and-more", "/contact-our-office"])}</nav><ul>${links(paths)}</ul>`;
    expect(suggestArticlePath(html, address)).toBe(pattern);
  });

  test.each([
    ["too few links", links(["/a/1", "/a/2"])],
    ["links elsewhere", links(numbers.map((n) => `https://other.example/a/${n}`))],
    ["short titles", numbers.map((n) => `<a href="/a/${n}">Page ${n}</a>`).join("")],
  ])("is not told by %s", (_, html) => {
    expect(suggestArticlePath(html, address)).toBeNull();
  });
});
