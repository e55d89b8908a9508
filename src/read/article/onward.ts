import type { Fetched } from "../../domain/fetched.ts";
import { bareHost } from "../../domain/site.ts";
import type { ReadHints } from "../hints.ts";
import { absoluteAddress } from "../text/address.ts";
import { bareWords } from "../text/bare-words.ts";
import { decode } from "../text/decode.ts";
import { parseHtml } from "../text/dom.ts";
import { nestingOf } from "../text/nesting.ts";

/** A page that only sends on has hardly more than its script; one with a frame is an ordinary page around it. */
const LONGEST_SCRIPT_BYTES = 16 * 1024;
const LONGEST_PAGE_BYTES = 256 * 1024;
/** More words than a notice ("please wait, you are sent on") has: then the page says something itself. */
const MOST_WORDS = 200;
const DEEPEST = 256;

// Bounded everywhere: a tag that never closes must not be looked through again from each place in it.
const REFRESH =
  /<meta\s[^>]{0,100}?http-equiv\s{0,9}=\s{0,9}["']?refresh["']?[^>]{0,100}?content\s{0,9}=\s{0,9}["']\s{0,9}\d{1,5}\s{0,9};\s{0,9}url\s{0,9}=\s{0,9}'?([^"'>]{1,2000})/i;
const SCRIPTED =
  /\blocation(?:\.href)?\s{0,9}=\s{0,9}["']([^"']{1,2000})["']|\blocation\.(?:replace|assign)\(\s{0,9}["']([^"']{1,2000})["']/;
const FRAME = /<iframe\s[^>]{0,300}?\bsrc\s{0,9}=\s{0,9}["']?([^"'\s>]{1,2000})/gi;
/** Of so many frames one may be the body; a page with more is made of frames, or to hurt. */
const MOST_FRAMES = 20;

/**
 * Finds where the text stands that a page does not hold itself: the page only sends on, by script or `refresh`, or its body is a frame.
 * Only what is on the same host counts, and never the page itself.
 *
 * @returns null for a page with words of its own, which is what nearly all pages are.
 */
export function onwardAddress(fetched: Fetched, hints: Pick<ReadHints, "source">): string | null {
  const { bytes, url, headers } = fetched;
  const type = headers["content-type"] ?? "";
  if ((type !== "" && !/html/i.test(type)) || bytes.byteLength > LONGEST_PAGE_BYTES) return null;
  const ascii = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const hasFrame = framesOf(ascii).some((source) => onSameHost(source, url) !== null);
  const isShort = bytes.byteLength <= LONGEST_SCRIPT_BYTES;
  // Cheap questions first: this is asked of every page that is fetched.
  const sentOn = isShort ? (REFRESH.exec(ascii) ?? SCRIPTED.exec(ascii)) : null;
  if (!hasFrame && !sentOn) return null;
  const html = decode(fetched, hints).text;
  const next =
    sentOn && bareWords(html, MOST_WORDS).length <= MOST_WORDS ? onSameHost(sentOn[1] ?? sentOn[2], url) : null;
  return next ?? (hasFrame ? framedBody(html, url, hints) : null);
}

function framesOf(html: string): readonly string[] {
  const found: string[] = [];
  for (const [, source] of html.matchAll(FRAME)) {
    if (found.length === MOST_FRAMES) return [];
    if (source) found.push(source);
  }
  return found;
}

/** The frame that is all of the body: by the source's own selectors, else of a page with no words around it. */
function framedBody(html: string, url: string, { source }: Pick<ReadHints, "source">): string | null {
  if (nestingOf(html, DEEPEST, "html") > DEEPEST) return null;
  const dom = parseHtml(html);
  for (const selector of [...(source?.document.body ?? []), "article", "main", "body"]) {
    const body = dom(selector).first();
    const frames = body.find("iframe[src]");
    if (frames.length !== 1) continue;
    body.find("script, style, noscript").remove();
    if (body.text().replace(/\s+/g, " ").length > MOST_WORDS) continue;
    const framed = onSameHost(frames.attr("src"), url);
    if (framed) return framed;
  }
  return null;
}

function onSameHost(address: string | undefined, from: string): string | null {
  const target = absoluteAddress(address?.replaceAll("&amp;", "&"), from);
  if (!target || !URL.canParse(from)) return null;
  const [next, here] = [new URL(target), new URL(from)];
  next.hash = "";
  here.hash = "";
  return bareHost(next.host) === bareHost(here.host) && next.href !== here.href ? next.href : null;
}
