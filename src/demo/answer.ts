import type { Source } from "../catalogue/source.ts";
import { feedXml } from "./feed-xml.ts";
import { indexHtml } from "./index-html.ts";
import { listingHtml } from "./listing-html.ts";
import { releasedOf, type Site, type SiteState } from "./site.ts";

/** What a path answers, before conditions and headers of the connection. */
export type Answer = {
  readonly status: 200 | 404 | 503;
  readonly type: string;
  readonly body: string;
  /** ISO 8601; null where the answer has no date of its own. */
  readonly modifiedAt: string | null;
};

const FEED_ITEMS = 10; // WordPress' own default

/** Gives what the site answers at a path in a state. */
export function answerTo(site: Site, state: SiteState, path: string): Answer {
  if (path === "/") return ok("text/html; charset=utf-8", indexHtml(site, state));
  if (path === "/robots.txt") return ok("text/plain; charset=utf-8", "User-agent: *\nAllow: /\n");

  const list = site.sources.find((source) => source.list && new URL(source.list.url).pathname === path);
  if (list) return list.id === state.down ? unavailable() : listOf(site, state, list, path);

  const page = releasedOf(site, state).find((publication) => publication.path === path);
  if (!page) return { status: 404, type: "text/plain; charset=utf-8", body: "Not found\n", modifiedAt: null };
  if (page.sourceId === state.down) return unavailable();

  const { html, modifiedAt } = (state.edited && page.revised) || page.page;
  return ok("text/html; charset=utf-8", html, modifiedAt);
}

function listOf(site: Site, state: SiteState, source: Source, path: string): Answer {
  const newestFirst = releasedOf(site, state)
    .filter(({ sourceId }) => sourceId === source.id)
    .reverse();
  if (source.list?.kind === "feed") {
    const xml = feedXml(site.origin, source.title, path, newestFirst.slice(0, FEED_ITEMS));
    return ok("application/rss+xml; charset=utf-8", xml);
  }
  const lang = source.languages.includes("zh") ? "zh" : "en";
  return ok("text/html; charset=utf-8", listingHtml(lang, source.titleZh ?? source.title, path, newestFirst));
}

function ok(type: string, body: string, modifiedAt: string | null = null): Answer {
  return { status: 200, type, body, modifiedAt };
}

function unavailable(): Answer {
  return { status: 503, type: "text/plain; charset=utf-8", body: "Service unavailable\n", modifiedAt: null };
}
