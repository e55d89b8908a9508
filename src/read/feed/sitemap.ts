import { absoluteAddress } from "../text/address.ts";
import { childrenOf, type ElementNode, isElement, parseXml } from "../text/dom.ts";
import type { FeedEntry } from "./entry.ts";
import { decodedXml } from "./xml.ts";

/** What a sitemap holds: pages, or, where it is an index, the addresses of other sitemaps. */
type Sitemap = { readonly entries: readonly FeedEntry[]; readonly lists: readonly string[] };

/** Most sitemaps that are taken from an index. */
const MOST_LISTS = 100;

/**
 * Reads a sitemap, news sitemap or index of sitemaps (sitemaps.org, Google News sitemap 0.9). Null where the text is none.
 * The sitemaps of an index come with those changed last in front; where no change is dated, the last ones, because most grow at their end.
 */
export function readSitemap(xml: string): Sitemap | null {
  const dom = parseXml(xml);
  const root = dom
    .root()
    .children()
    .toArray()
    .find((element) => /(?:^|:)(?:urlset|sitemapindex)$/i.test(element.name));
  if (!root) return null;
  const inner = (name: RegExp) =>
    childrenOf(root)
      .filter(isElement)
      .filter((element) => name.test(element.name));
  if (!/sitemapindex$/i.test(root.name))
    return { entries: inner(/(?:^|:)url$/i).map((url) => entryOf(dom, url)), lists: [] };
  const sitemaps = inner(/(?:^|:)sitemap$/i).map((element, place) => ({
    url: absoluteAddress(textOf(dom, element, "loc")),
    changed: textOf(dom, element, "lastmod") ?? "",
    place,
  }));
  sitemaps.sort((a, b) => (a.changed < b.changed ? 1 : a.changed > b.changed ? -1 : b.place - a.place));
  return { entries: [], lists: sitemaps.flatMap(({ url }) => url ?? []).slice(0, MOST_LISTS) };
}

function entryOf(dom: ReturnType<typeof parseXml>, url: ElementNode): FeedEntry {
  const at = (name: string) => textOf(dom, url, name);
  const title = at("title");
  return {
    id: null,
    link: at("loc"),
    base: null,
    title: title === null ? null : { value: title, as: "html" },
    author: null,
    published: at("publication_date"),
    updated: at("lastmod"),
    summary: null,
    content: null,
  };
}

function textOf(dom: ReturnType<typeof parseXml>, element: ElementNode, name: string): string | null {
  const wanted = new RegExp(`(?:^|:)${name}$`, "i");
  const found = dom(element)
    .find("*")
    .toArray()
    .find((inner) => wanted.test(inner.name));
  return found ? decodedXml(dom(found).text()) : null;
}
