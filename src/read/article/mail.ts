import type { Article } from "../../domain/article.ts";
import { dateIn } from "../date/written-date.ts";
import type { ReadHints } from "../hints.ts";
import { decode } from "../text/decode.ts";
import { oneLine } from "../text/plain-text.ts";
import { htmlArticle } from "./html.ts";
import { textArticle } from "./text.ts";

/**
 * Reads a mail of one part, plain text or HTML (RFC 5322, RFC 2045 transfer encodings, RFC 2047 words in the subject).
 * A mail of several parts is the problem `unsupported-media`: its subject and date are read, its text is not.
 */
export function mailArticle(bytes: Uint8Array, url: string, hints: ReadHints): Article {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const gap = /\r?\n\r?\n/.exec(raw);
  const headers = headersOf(gap ? raw.slice(0, gap.index) : raw);
  const body = gap ? raw.slice(gap.index + gap[0].length) : "";
  const type = headers.get("content-type") ?? "text/plain";
  const title = subjectOf(headers.get("subject")) ?? hints.title;
  const zone = hints.source?.timeZone ?? null;
  const published = dateIn(headers.get("date"), { basis: "header", zone }) ?? hints.published;
  const from = subjectOf(headers.get("from"));
  const own: ReadHints = { ...hints, title, published };
  const byline = from?.replace(/\s*<[^<>]*>\s*$/, "").replace(/^"(.*)"$/, "$1") || null;
  if (!/^text\//i.test(type.trim())) {
    const message = `${url} is a mail of several parts (${type.split(";")[0]}), whose text Parley does not read yet; save its text part as .txt or .html.`;
    return { ...textArticle("", url, own, []), byline, problems: [{ code: "unsupported-media", message }] };
  }
  const part = {
    bytes: transferDecoded(body, headers.get("content-transfer-encoding")),
    url,
    headers: { "content-type": type },
  };
  const { text, problems } = decode(part, hints);
  const article = /^text\/html/i.test(type.trim())
    ? htmlArticle(text, url, own, problems)
    : textArticle(text, url, own, problems);
  return {
    ...article,
    title: title ?? article.title,
    byline: byline ?? article.byline,
    publishedAt: published ?? article.publishedAt,
  };
}

/** Unfolds header lines; of a repeated header the first counts. */
function headersOf(head: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** Decodes `=?UTF-8?B?…?=` and raw bytes of a header (RFC 2047, RFC 6532). */
function subjectOf(raw: string | undefined): string | null {
  if (!raw) return null;
  const joined = raw.replace(/(\?=)\s+(=\?)/g, "$1$2");
  const words = joined.replace(
    /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=/gi,
    (_, charset: string, coding: string, data: string) => {
      const bytes = /b/i.test(coding) ? Buffer.from(data, "base64") : quotedPrintable(data.replaceAll("_", " "));
      const text = decode({ bytes, url: "", headers: { "content-type": `text/plain; charset=${charset}` } }).text;
      return Buffer.from(text, "utf8").toString("latin1");
    },
  );
  return oneLine(decode({ bytes: Buffer.from(words, "latin1"), url: "", headers: {} }).text);
}

function transferDecoded(body: string, coding: string | undefined): Buffer {
  if (/^\s*base64/i.test(coding ?? "")) return Buffer.from(body, "base64");
  return /^\s*quoted-printable/i.test(coding ?? "") ? quotedPrintable(body) : Buffer.from(body, "latin1");
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=[ \t]*\r?\n/g, "");
  return Buffer.from(
    joined.replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}
