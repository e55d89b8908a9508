import { parseUrl } from "../../domain/parse-url.ts";
import { absoluteAddress } from "../text/address.ts";
import { parseHtml } from "../text/dom.ts";
import { nestingOf } from "../text/nesting.ts";
import { oneLine } from "../text/plain-text.ts";

/** Fewer links of one shape are no listing; shorter texts are navigation. */
const LEAST_LINKS = 5;
const LEAST_TITLE = 15;
const DEEPEST = 256;

/**
 * Suggests an `articlePath` for a page that lists articles: the shape that most of its long-titled links to its own site share.
 * Null where no shape has at least five. A suggestion only: whoever takes it looks at what it yields.
 *
 * @example
 * // links such as /eng/202605/t20260519_11912345.html give
 * "/eng/\\d{6}/t\\d{8}_\\d+\\.html$"
 */
export function suggestArticlePath(html: string, address: string): string | null {
  const host = parseUrl(address)?.hostname;
  if (!host || nestingOf(html, DEEPEST, "html") > DEEPEST) return null;
  const dom = parseHtml(html);
  const base = absoluteAddress(dom("base[href]").attr("href"), address) ?? address;
  const shapes = new Map<string, Set<string>>();
  for (const link of dom("a[href]").toArray()) {
    const url = parseUrl(absoluteAddress(link.attribs.href, base) ?? "");
    const title = oneLine(dom(link).text()) ?? oneLine(link.attribs.title) ?? "";
    // Chinese titles say in eight signs what English says in thirty letters.
    const length = /\p{Script=Han}/u.test(title) ? title.length * 2 : title.length;
    if (url?.hostname !== host || url.pathname === "/" || length < LEAST_TITLE) continue;
    const shape = shapeOf(url.pathname);
    shapes.set(shape, (shapes.get(shape) ?? new Set()).add(url.pathname));
  }
  const [best] = [...shapes].sort(([, a], [, b]) => b.size - a.size);
  return best && best[1].size >= LEAST_LINKS ? best[0] : null;
}

/** Writes a path as a pattern: digits and hexadecimal names by their length, the last name by what it ends in, the rest as it is. */
function shapeOf(path: string): string {
  const parts = path.split("/");
  const last = parts.findLastIndex((part) => part !== "");
  return `${parts.map((part, at) => (at === last ? lastShape(part) : nameShape(part))).join("/")}$`;
}

function lastShape(name: string): string {
  const [, stem = "", ending = ""] = /^(.*?)(\.[a-z]{2,5})?$/i.exec(name) ?? [];
  const shape = /\d{4,}|[0-9a-f]{16,}/i.test(stem) ? nameShape(stem) : "[^/]+";
  return `${shape}${escaped(ending)}`;
}

/** A year, month, day, or a date of them. */
const A_DATE = /^(?:\d\d|(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?)$/;

/** Dates are counted by their digits, other numbers only as numbers: they grow. */
function nameShape(name: string): string {
  return name
    .split(/([0-9a-f]{16,}|\d+)/i)
    .map((piece, at) => {
      if (at % 2 === 0) return escaped(piece);
      if (/\D/.test(piece)) return `[0-9a-f]{${piece.length}}`;
      return A_DATE.test(piece) ? `\\d{${piece.length}}` : "\\d+";
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
