import { canonicalUrl } from "./canonical-url.ts";
import { parseUrl } from "./parse-url.ts";
import { bareHost, type Site, type SiteTable } from "./site.ts";
import { isTracking } from "./tracking.ts";

/** Where Google serves pages of others from: `www-talks-example.cdn.ampproject.org/c/s/www.talks.example/a`. */
const AMP_CACHE = /^https?:\/\/[^/]+\.cdn\.ampproject\.org\/[a-z]\/(?:s\/)?(.+)$/i;

/** Parameters that ask for the AMP form of a page. */
const AMP_PARAMETER = /^(?:amp|outputtype)$/i;

/**
 * Names the document that stands at an address, so that one document is told by all the spellings of its address: http or https,
 * `www.` or `m.` or nothing in front, host names that the catalogue says are one site, AMP forms, tracking parameters, the order of
 * parameters, a slash or `index.html` at the end, percent-encoding. Where the catalogue says what in the addresses of a site names
 * a document, that alone counts. No other parameter is dropped: it may be the identity.
 *
 * @returns null when the text is no http or https address.
 */
export function documentIdentity(text: string, sites: SiteTable): string | null {
  const cached = AMP_CACHE.exec(text)?.[1];
  const url = parseUrl(cached ? `https://${cached}` : text);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const site = sites(url.hostname);
  const host = site ? bareHost(site.id) : bareHost(url.hostname);
  const clean = parseUrl(canonicalUrl(url.href) ?? "");
  if (!clean) return null;
  const page = `${pathOf(clean)}${queryOf(url, site)}`;
  const named = site && documentNamed(site, page);
  if (named) return `${host} ${named}`;
  const port = url.port && url.port !== "80" && url.port !== "443" ? `:${url.port}` : "";
  return `https://${host}${port}${page}${clean.hash}`;
}

function documentNamed({ document }: Site, page: string): string | null {
  const found = document === undefined ? null : new RegExp(document, "u").exec(page);
  if (!found) return null;
  const groups = found.slice(1).filter((group) => group !== undefined);
  return (groups.length > 0 ? groups : [found[0]]).join(" ");
}

/** No ending is longer, in UTF-16 units. */
const LONGEST_ENDING = 32;

/** Endings that name no other page: AMP forms by path, index pages. */
const IDLE_ENDING = /\/(?:amp\/?|(?:index|default)\.(?:s?html?|php|aspx?|jsp))$/i;

/** The AMP form by ending: `a.amp.html` is `a.html`. */
const AMP_ENDING = /\.amp(\.[a-z]{1,10})?$/i;

/**
 * One ending may stand behind another, so they are taken off until nothing is left to take. Only the end of the path is looked at each
 * time: an address of a megabyte of endings, made to keep us busy, takes no longer than its length asks for.
 */
function pathOf({ pathname }: URL): string {
  const path = unescaped(pathname);
  let end = path.length;
  let extension = "";
  for (;;) {
    const from = Math.max(0, end - LONGEST_ENDING);
    const tail = path.slice(from, end) + extension;
    const shorter = withoutSlashes(tail.replace(IDLE_ENDING, ""));
    const amp = AMP_ENDING.exec(tail);
    if (shorter.length < tail.length) [end, extension] = [from + shorter.length, ""];
    else if (amp) [end, extension] = [from + amp.index, amp[1] ?? ""];
    else return path.slice(0, end) + extension || "/";
  }
}

/** An expression would look through a long row of slashes again from each of them. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

/** The parameters that may be identity, in the order of their names. */
function queryOf({ searchParams }: URL, site: Site | null): string {
  const kept = [...searchParams].filter(
    ([name]) => site?.keep.includes(name) || (!isTracking(name) && !AMP_PARAMETER.test(name)),
  );
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = new URLSearchParams(kept).toString();
  return query && `?${query}`;
}

/** Decodes what needs no percent-encoding and writes the rest in capitals (RFC 3986 §6.2.2). */
function unescaped(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : whole.toUpperCase();
  });
}
