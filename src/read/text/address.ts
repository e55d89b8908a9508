import { parseUrl } from "../../domain/parse-url.ts";

/** Schemes that an entry's address may have; `javascript:` and `data:` never become a link. */
const LINK_SCHEME = /^https?:$/;

/** Longer than any address that a browser or server would take. */
const LONGEST = 8_000;

/**
 * Makes an address absolute; null for what is no web address, or one longer than any in use.
 *
 * @param bases - Tried from the innermost outward, as `xml:base` nests.
 */
export function absoluteAddress(
  address: string | null | undefined,
  ...bases: readonly (string | null)[]
): string | null {
  const text = address?.trim();
  if (!text) return null;
  let base: string | undefined;
  for (const outer of [...bases].reverse()) base = resolve(outer, base)?.href ?? base;
  const url = resolve(text, base);
  return url && LINK_SCHEME.test(url.protocol) && url.href.length <= LONGEST ? url.href : null;
}

/** Combines an outer and an inner base address (RFC 3986 §5, XML Base). */
export function nestedBase(outer: string | null, inner: string | undefined): string | null {
  return inner ? (resolve(inner, outer ?? undefined)?.href ?? outer) : outer;
}

function resolve(address: string | null, base: string | undefined): URL | null {
  return address ? parseUrl(address, base) : null;
}
