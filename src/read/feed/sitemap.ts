import type { Problem } from "../../domain/problem.ts";
import { childrenOf, type ElementNode, isElement, parseXml } from "../text/dom.ts";
import type { FeedEntry } from "./entry.ts";
import { decodedXml } from "./xml.ts";

/**
 * Reads a sitemap or news sitemap (sitemaps.org, Google News sitemap 0.9). Null where the text is none.
 * An index of sitemaps has no entries of its own; a problem names the first sitemap in it.
 */
export function readSitemap(xml: string, problems: Problem[]): FeedEntry[] | null {
  const dom = parseXml(xml);
  const root = dom
    .root()
    .children()
    .toArray()
    .find((element) => /(?:^|:)(?:urlset|sitemapindex)$/i.test(element.name));
  if (!root) return null;
  if (/sitemapindex$/i.test(root.name)) {
    const first = textOf(dom, root, "loc");
    problems.push({
      code: "sitemap-index",
      message: `This is an index of sitemaps and lists no pages itself; watch one of its sitemaps, e.g. ${first ?? "(none given)"}.`,
    });
    return [];
  }
  return childrenOf(root)
    .filter(isElement)
    .filter((element) => /(?:^|:)url$/i.test(element.name))
    .map((url) => entryOf(dom, url));
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
