import type { Fetched } from "../../domain/fetched.ts";

/** What sort of file some bytes are, as far as the readers differ. */
export type Medium = "html" | "text" | "markdown" | "mail" | "pdf" | "other";

const BY_EXTENSION: Readonly<Record<string, Medium>> = {
  txt: "text",
  text: "text",
  md: "markdown",
  markdown: "markdown",
  eml: "mail",
  pdf: "pdf",
  html: "html",
  htm: "html",
  shtml: "html",
};
const BY_TYPE: readonly (readonly [RegExp, Medium])[] = [
  [/html/, "html"],
  [/^text\/markdown/, "markdown"],
  [/^message\/rfc822/, "mail"],
  [/^application\/pdf/, "pdf"],
  [/^(?:image|audio|video|font)\/|^application\/(?!.*(?:xml|json)|octet-stream)/, "other"],
];

/** First bytes of files that hold no text we read: PDF, ZIP (docx), old Office, JPEG, PNG, GIF. */
const BINARY = ["%PDF-", "PK\u0003\u0004", "\u00d0\u00cf\u0011\u00e0", "\u00ff\u00d8\u00ff", "\u0089PNG", "GIF8"];

/** Tells what sort of file some bytes are. The first bytes decide over the file's name, the name over the server's word, for servers call everything text/html. */
export function mediumOf({ bytes, url, headers }: Fetched): Medium {
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (BINARY.some((mark) => start.startsWith(mark))) return start.startsWith("%PDF") ? "pdf" : "other";
  const type = headers["content-type"]?.trim().toLowerCase() ?? "";
  const extension = /\.([a-z]{1,8})$/i.exec(url.replace(/[?#].*$/, ""))?.[1]?.toLowerCase() ?? "";
  const byExtension = BY_EXTENSION[extension];
  const byType =
    BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? (type.startsWith("text/plain") ? "text" : undefined);
  if (byType === "text" && byExtension === "markdown") return "markdown";
  if (byType && byType !== "other") return byType;
  return byExtension ?? byType ?? "html";
}
