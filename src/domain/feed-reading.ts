import type { KnownDate } from "./known-date.ts";
import type { Problem } from "./problem.ts";

/** The family of lists that sources publish. */
export type FeedFormat = "rss" | "rdf" | "atom" | "json-feed" | "json" | "wordpress" | "sitemap" | "listing";

/** One entry seen in a feed, listing, JSON API or sitemap. Plain text throughout, never markup. */
export type FeedItem = {
  /** Stable identity inside its source: the feed's own id where there is one, else the link, else a digest of title and date. */
  readonly key: string;
  /** Absolute address, or null where the entry has none. */
  readonly url: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly publishedAt: KnownDate | null;
  readonly updatedAt: KnownDate | null;
  readonly summary: string | null;
  readonly content: string | null;
};

/** What was read from one look at a source. `format` is null where the bytes are no list we know. */
export type FeedReading = {
  readonly format: FeedFormat | null;
  /** Name of the character encoding that the bytes were read in. */
  readonly encoding: string;
  readonly feed: { readonly title: string | null; readonly link: string | null; readonly updatedAt: KnownDate | null };
  readonly items: readonly FeedItem[];
  /** Addresses of the lists that this one only points to, those changed last first: an index of sitemaps has no items of its own. */
  readonly lists: readonly string[];
  /** Where the feed says that its older entries stand (RFC 5005, `next_url` of JSON Feed); null where it does not. */
  readonly older: string | null;
  readonly problems: readonly Problem[];
};
