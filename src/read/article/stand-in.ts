import type { Fetched } from "../../domain/fetched.ts";
import type { ReadHints } from "../hints.ts";
import { bareWords } from "../text/bare-words.ts";
import { decode } from "../text/decode.ts";
import { isBlockPage } from "./block-page.ts";

/** What a server may answer with status 200 in place of the document: a page that says it is gone, or one that keeps programs out. */
export type StandIn = "gone" | "blocked";

/** Notices are short pages: of one with more bytes only the title is looked at, for this is asked of every page that is fetched. */
const LONGEST_NOTICE_BYTES = 24 * 1024;
/** Longer than any notice, with all the script a bot check brings along. */
const LONGEST_BYTES = 256 * 1024;
/** A page's title stands within its first bytes. */
const HEAD_BYTES = 16 * 1024;

/** Where a redirect ends that means "not any more" or "not for you". */
const GONE_PLACE = /\/(?:404|410|error|not-?found|page-?not-?found)(?:\.\w+)?\/?$|\/web\/system\/.*index_17321/i;
const LOGIN_PLACE =
  /\/(?:log-?in|sign-?in|sso|account\/login|users\/sign_in|captcha|challenge|subscribe)(?:\.\w+)?\/?$/i;

/** Notices that say that there is nothing there; every other notice keeps us out. */
const GONE_WORDS =
  /\b(?:404|410)\b|not (?:be )?found|no longer (?:available|exists?)|does(?:n[’']t| not) exist|has been (?:removed|deleted)|页面(?:不存在|没有找到|未找到)|(?:文章|内容)(?:不存在|已(?:被)?删除)/i;

/**
 * Finds what an answer with status 200 is instead of the document that was asked for: by where redirects led, by its title,
 * and, where it is short, by its words. Only pages of HTML are judged, and an article about such pages is none.
 *
 * @returns null for a document, which is what nearly all answers are.
 */
export function standInFor(askedUrl: string, fetched: Fetched, hints?: Pick<ReadHints, "source">): StandIn | null {
  const place = standInPlace(askedUrl, fetched.url);
  if (place) return place;
  const type = fetched.headers["content-type"] ?? "";
  if (type !== "" && !/html/i.test(type)) return null;
  const { bytes } = fetched;
  if (bytes.byteLength > LONGEST_BYTES) return null;
  const whole = bytes.byteLength <= LONGEST_NOTICE_BYTES;
  const head = decode(whole ? fetched : { ...fetched, bytes: bytes.subarray(0, HEAD_BYTES) }, hints).text;
  const titles = [titleOf(head, "title"), titleOf(head, "h1")];
  // The cheap question first: with no text at all it is the titles alone that decide.
  if (!whole && !isBlockPage({ titles, text: "", url: "" })) return null;
  const text = bareWords(whole ? head : decode(fetched, hints).text);
  if (!isBlockPage({ titles, text, url: "" })) return null;
  return GONE_WORDS.test(`${titles.join(" ")} ${text}`) ? "gone" : "blocked";
}

function standInPlace(askedUrl: string, finalUrl: string): StandIn | null {
  if (askedUrl === finalUrl || !URL.canParse(askedUrl) || !URL.canParse(finalUrl)) return null;
  const [asked, final] = [new URL(askedUrl), new URL(finalUrl)];
  if (asked.pathname === final.pathname) return null;
  if (GONE_PLACE.test(final.pathname)) return "gone";
  if (LOGIN_PLACE.test(final.pathname)) return "blocked";
  // An article that leads to the front page is not there any more.
  const depth = asked.pathname.split("/").filter(Boolean).length;
  return depth >= 2 && /^\/(?:index\.\w+)?$/.test(final.pathname) && final.search === "" ? "gone" : null;
}

function titleOf(html: string, name: "title" | "h1"): string | null {
  const start = html.search(name === "title" ? /<title[\s>]/i : /<h1[\s>]/i);
  if (start < 0) return null;
  const [, inner = ""] = /^<[^>]*>([\s\S]{0,300}?)<\//.exec(html.slice(start, start + 1_000)) ?? [];
  const words = inner
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words === "" ? null : words;
}
