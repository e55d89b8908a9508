import type { Article } from "../../domain/article.ts";
import type { Fetched } from "../../domain/fetched.ts";
import type { Problem } from "../../domain/problem.ts";
import type { ReadHints } from "../hints.ts";
import { decode, decodeAsIs } from "../text/decode.ts";
import { htmlArticle } from "./html.ts";
import { mailArticle } from "./mail.ts";
import { markdownArticle } from "./markdown.ts";
import { textArticle } from "./text.ts";

type Medium = "html" | "text" | "markdown" | "mail" | "pdf" | "other";

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

/**
 * Reads the text of one publication and the facts its page gives: HTML, plain text, Markdown or a simple mail.
 *
 * Never throws for what the bytes hold. What cannot be read has text "" and a problem that says why:
 * `unsupported-media` (PDF, images, Office files), `too-deep`, `too-large`, `no-text`, `block-page`.
 */
export function readArticle(fetched: Fetched, hints: ReadHints): Article {
  const medium = mediumOf(fetched);
  if (medium === "pdf" || medium === "other") {
    const what = medium === "pdf" ? "a PDF file" : "no text";
    const message = `${fetched.url} is ${what}, which Parley does not read; use its web page or a text copy instead.`;
    return textless(fetched, hints, { code: "unsupported-media", message });
  }
  const { text, problems } = medium === "text" ? decodeAsIs(fetched, hints) : decode(fetched, hints);
  try {
    switch (medium) {
      case "text":
        return textArticle(text, fetched.url, hints, problems);
      case "markdown":
        return markdownArticle(text, fetched.url, hints, problems);
      case "mail":
        return mailArticle(fetched.bytes, fetched.url, hints);
      case "html":
        return htmlArticle(text, fetched.url, hints, problems);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${fetched.url} is built too deep for our parsers (${error.message}); it was not read.`;
    return textless(fetched, hints, { code: "too-deep", message });
  }
}

/** The first bytes decide over the file's name, the name over the server's word, for servers call everything text/html. */
function mediumOf({ bytes, url, headers }: Fetched): Medium {
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

function textless({ url }: Fetched, hints: ReadHints, problem: Problem): Article {
  return { ...textArticle("", url, hints, []), problems: [problem] };
}
