const LONGEST = 300;

/** Prints an address for messages and logs: without user name, password and fragment, and cut where it is very long. */
export function safeUrl(url: URL | string): string {
  const text = typeof url === "string" ? url : url.href;
  if (!URL.canParse(text)) return shorten(text.replace(/\/\/[^/]*@/, "//"));
  const copy = new URL(text);
  copy.username = "";
  copy.password = "";
  copy.hash = "";
  return shorten(copy.href);
}

/** Prints only who an address belongs to: the path and query of a webhook address are often a secret. */
export function safeOrigin(url: URL | string): string {
  if (!URL.canParse(String(url))) return "the webhook address";
  const { protocol, host } = new URL(String(url));
  return `${protocol}//${host}`;
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
