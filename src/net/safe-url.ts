import { parseUrl } from "../domain/parse-url.ts";

const LONGEST = 300;

/** Prints an address for messages and logs: without user name, password and fragment, and cut where it is very long. */
export function safeUrl(url: URL | string): string {
  const text = typeof url === "string" ? url : url.href;
  const copy = parseUrl(text);
  if (!copy) return shorten(text.replace(/\/\/[^/]*@/, "//"));
  copy.username = "";
  copy.password = "";
  copy.hash = "";
  return shorten(copy.href);
}

/** Prints only who an address belongs to: the path and query of a webhook address are often a secret. */
export function safeOrigin(url: URL | string): string {
  const parsed = parseUrl(String(url));
  return parsed ? `${parsed.protocol}//${parsed.host}` : "the webhook address";
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
