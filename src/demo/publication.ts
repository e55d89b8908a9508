/** One state of a page: what a visitor gets, and when the publisher last touched it. */
export type PageState = {
  readonly html: string;
  /** ISO 8601 with offset. */
  readonly modifiedAt: string;
};

/** One page that the demonstration server publishes. */
export type Publication = {
  /** Id of its source in demo/catalogue/sources/demo.yaml. */
  readonly sourceId: string;
  /** Its path on the demonstration server. */
  readonly path: string;
  readonly title: string;
  /** ISO 8601 with the page's own offset. */
  readonly publishedAt: string;
  /** What the feed says about it. */
  readonly summary: string;
  /** The body as HTML where the feed carries it whole. */
  readonly feedContent: string | null;
  readonly page: PageState;
  /** What silently takes the place of `page` later; null for all pages but one. */
  readonly revised: PageState | null;
};

/** Orders publications by the instant they came out, oldest first, and by path where that is the same. */
export function byPublication(a: Publication, b: Publication): number {
  return Date.parse(a.publishedAt) - Date.parse(b.publishedAt) || (a.path < b.path ? -1 : 1);
}
