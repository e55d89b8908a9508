/** A signed word of a subscriber's link, after the name of the page that it opens; see `signLink`. */
const SIGNED_WORD = /\/(confirm|subscription|unsubscribe)\/[cmu][0-9]+\.[0-9a-z]+\.[\w-]+/g;

/**
 * Takes the signed words out of the links of a mail, so that others may read it: whoever has such a link is its subscriber.
 *
 * @param text - A mail's plain text or HTML.
 *
 * @example
 * withoutLinkKeys("https://parley.example/unsubscribe/u7.t0.Zm9v"); // "https://parley.example/unsubscribe/…"
 */
export function withoutLinkKeys(text: string): string {
  return text.replace(SIGNED_WORD, "/$1/…");
}
