import { parsedJson, textAt } from "../text/json-value.ts";
import type { FeedEntry } from "./entry.ts";

/**
 * Reads the posts of a route of the WordPress REST API (developer.wordpress.org/rest-api/reference/posts). Null for anything else,
 * such as its answer to a mistake, which is an object with `code` and `message`.
 *
 * @param address - Where it came from.
 */
export function readWordpress(text: string, address: string): FeedEntry[] | null {
  const posts = parsedJson(text);
  if (!Array.isArray(posts) || posts.some((post) => textAt(post, "id") === null)) return null;
  return posts.map((post: unknown) => {
    const rendered = (name: string) => {
      const value = textAt(post, `${name}.rendered`) ?? textAt(post, name);
      return value === null ? null : { value, as: "html" as const };
    };
    // `date` is local to the site and has no offset; `date_gmt` is UTC, which it does not say.
    const date = (name: string) => {
      const gmt = textAt(post, `${name}_gmt`);
      return gmt && !gmt.startsWith("0000") ? `${gmt.replace(/Z$/, "")}Z` : textAt(post, name);
    };
    return {
      id: textAt(post, "id"),
      link: textAt(post, "link"),
      base: address,
      title: rendered("title"),
      author: textAt(post, "_embedded.author.0.name"),
      published: date("date"),
      updated: date("modified"),
      summary: rendered("excerpt"),
      content: rendered("content"),
    };
  });
}
