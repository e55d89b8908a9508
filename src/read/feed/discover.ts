import { parseUrl } from "../../domain/parse-url.ts";
import { absoluteAddress } from "../text/address.ts";
import { parseHtml } from "../text/dom.ts";
import { nestingOf } from "../text/nesting.ts";
import { oneLine } from "../text/plain-text.ts";

/** An address where a site may list what it publishes. */
export type Candidate = {
  readonly url: string;
  readonly kind: "feed" | "wordpress" | "sitemap";
  /** What the page calls it. */
  readonly title: string | null;
  /** `declared` by the page, a `link` on it, or a `usual` place that is only tried. */
  readonly found: "declared" | "link" | "usual";
};

/** Elements inside elements of a page that is looked through. */
const DEEPEST = 256;

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|(?:x-)?rss)\b/i;

/** A link that is called so, or whose address ends so, leads to a feed more often than not. */
const FEED_WORD = /\b(?:rss|atom|feed)\b/i;
const FEED_ADDRESS = /(?:\/(?:feed|rss|atom)\/?|\.(?:rss|atom|rdf)|(?:rss|feed|atom)\.(?:xml|json))(?:\?[^#]*)?$/i;

/** Where sites that say nothing have their feeds; tried in this order. */
const USUAL = ["feed/", "rss.xml", "feed.xml", "rss", "atom.xml", "index.xml", "feed.json"];

/**
 * Lists the addresses at which the site of a page may list what it publishes, the likeliest first: feeds that the page declares
 * (`<link rel="alternate">`), links that look like feeds, the WordPress REST API, usual places, news sitemaps.
 * Comment feeds are left out. Nothing is asked: whoever calls looks at them.
 */
export function discoverLists(html: string, address: string): readonly Candidate[] {
  if (nestingOf(html, DEEPEST, "html") > DEEPEST) return usualPlaces(address);
  const dom = parseHtml(html);
  const base = absoluteAddress(dom("base[href]").attr("href"), address) ?? address;
  const found: Candidate[] = [];
  const add = (href: string | undefined, candidate: Omit<Candidate, "url">) => {
    const url = absoluteAddress(href, base);
    const isComments = /comments?\b/i.test(`${url} ${candidate.title}`);
    if (url && !isComments) found.push({ ...candidate, url });
  };
  for (const link of dom("link[href]").toArray()) {
    const { rel = "", type = "", href, title } = link.attribs;
    if (/\balternate\b/i.test(rel) && FEED_TYPE.test(type))
      add(href, { kind: "feed", title: oneLine(title), found: "declared" });
    // developer.wordpress.org/rest-api/using-the-rest-api/discovery
    if (rel.includes("https://api.w.org/") && href)
      add(`${href.replace(/\/?$/, "/")}wp/v2/posts?per_page=20`, { kind: "wordpress", title: null, found: "declared" });
  }
  for (const link of dom("a[href]").toArray()) {
    const text = oneLine(dom(link).text()) ?? oneLine(link.attribs.title);
    const { href = "" } = link.attribs;
    if (FEED_ADDRESS.test(href) || (text !== null && text.length < 40 && FEED_WORD.test(text)))
      add(href, { kind: "feed", title: text, found: "link" });
  }
  return unique([...found, ...usualPlaces(address)]);
}

/** The usual places below the page's own folder, then those of the whole site. */
function usualPlaces(address: string): readonly Candidate[] {
  const folder = address.replace(/[?#].*$/, "").replace(/[^/]*$/, "");
  const at = (path: string, kind: Candidate["kind"], base: string) => {
    const url = parseUrl(path, base);
    return url ? [{ url: url.href, kind, title: null, found: "usual" as const }] : [];
  };
  return unique([
    ...USUAL.slice(0, 2).flatMap((path) => at(path, "feed", folder)),
    ...USUAL.flatMap((path) => at(`/${path}`, "feed", address)),
    ...at("/wp-json/wp/v2/posts?per_page=20", "wordpress", address),
    ...["/news-sitemap.xml", "/sitemap-news.xml"].flatMap((path) => at(path, "sitemap", address)),
  ]);
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  const byUrl = new Map<string, Candidate>();
  for (const candidate of candidates) if (!byUrl.has(candidate.url)) byUrl.set(candidate.url, candidate);
  return [...byUrl.values()];
}
