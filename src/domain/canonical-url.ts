import { parseUrl } from "./parse-url.ts";
import { isTracking } from "./tracking.ts";

/**
 * Brings the spellings of one address to one form that can be asked: no fragment, no tracking parameters or session ids, host in
 * lower case, no default port, no trailing dots of the host. Any other parameter stays, in its order: it may be the document's
 * identity. What tells documents apart is `documentIdentity`.
 *
 * @returns null when the text is no http or https address.
 */
export function canonicalUrl(text: string): string | null {
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  // A "hash bang" names the page on sites that are one script.
  if (!url.hash.startsWith("#!")) url.hash = "";
  url.username = "";
  url.password = "";
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/, "");
  url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/gi, "");
  const all = [...url.searchParams];
  const kept = all.filter(([name]) => !isTracking(name));
  // Rewriting an untouched query could respell it, so it is only done when something was dropped.
  if (kept.length < all.length) url.search = new URLSearchParams(kept).toString();
  // Takes away a question mark that nothing follows.
  if (url.search === "") url.search = "";
  return url.href;
}
