import { parseUrl } from "./parse-url.ts";

/** Query parameters that say how a reader came, never what the page is. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi|spm|cmpid|ocid|ref_src)$/i;

/**
 * Brings the spellings of one address to one form, so that a document is told by it: no fragment, no tracking parameters,
 * parameters in their order, host in lower case, no default port, no trailing dots of the host.
 * Any other parameter stays: it may be the document's identity.
 *
 * @returns null when the text is no http or https address.
 */
export function canonicalUrl(text: string): string | null {
  const url = parseUrl(text);
  if (!url) return null;
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/, "");
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  // Rewriting an untouched query could respell it, so it is only done when something was dropped.
  if (kept.length < [...url.searchParams].length) url.search = new URLSearchParams(kept).toString();
  // Takes away a question mark that nothing follows.
  if (url.search === "") url.search = "";
  return url.href;
}
