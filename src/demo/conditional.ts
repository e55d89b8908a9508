import { createHash } from "node:crypto";

/** Makes a strong entity tag from the bytes of an answer. */
export function entityTag(body: string): string {
  return `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`;
}

/** Writes an ISO 8601 instant as HTTP does (RFC 9110 §5.6.7). */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}

/**
 * Tells whether a visitor already holds an answer (RFC 9110 §13.2.2): tags decide where they are sent,
 * dates only where they are not.
 *
 * @param headers - Of the request, names in lower case.
 * @param modifiedAt - ISO 8601, or null where the answer has no date.
 */
export function holdsAlready(
  headers: { readonly "if-none-match"?: string; readonly "if-modified-since"?: string },
  etag: string,
  modifiedAt: string | null,
): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) {
    return tags.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return modifiedAt !== null && Math.floor(Date.parse(modifiedAt) / 1000) * 1000 <= since;
}
