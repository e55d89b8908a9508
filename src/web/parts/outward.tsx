import type { Child } from "hono/jsx";

/** Links to a page elsewhere; an address that is not http or https is shown as text, for it may be a script. */
export function Outward({ href, children }: { href: string; children: Child }) {
  return isWebAddress(href) ? (
    <a href={href} rel="noreferrer noopener external">
      {children}
    </a>
  ) : (
    <span class="missing">{href}</span>
  );
}

/** Tells whether an address is one that a browser fetches and does not run. */
function isWebAddress(address: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}
