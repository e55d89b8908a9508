import { documentIdentity } from "./document-identity.ts";
import { parseUrl } from "./parse-url.ts";
import type { SiteTable } from "./site.ts";

/** Fewer letters than this, or neither digit nor hyphen, are no name of one article: `news`, `404`, `error`. */
const LEAST_SLUG = 12;

/**
 * Names the document that a redirect led to, where it is the same publication under its own address: the page kept its name, or
 * another site was only the way there (a shortener, an aggregator). Null where nothing moved, and where the redirect may lead to a page
 * for everything that is gone: taking that for the document would make one of many.
 */
export function publicationMovedTo(asked: string, reached: string, sites: SiteTable): string | null {
  const [from, to] = [parseUrl(asked), parseUrl(reached)];
  if (!from || !to) return null;
  const identity = documentIdentity(reached, sites);
  if (identity === null || identity === documentIdentity(asked, sites)) return null;
  if (!identity.startsWith("https://")) return identity;
  const name = lastName(to);
  if (name !== "" && name === lastName(from)) return identity;
  const isArticle = name.length >= LEAST_SLUG && /[\d-]/.test(name);
  return to.hostname !== from.hostname && isArticle ? identity : null;
}

function lastName({ pathname }: URL): string {
  return (
    pathname
      .split("/")
      .findLast((part) => part !== "")
      ?.replace(/\.\w{2,5}$/, "") ?? ""
  );
}
