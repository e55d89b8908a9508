import { createHash } from "node:crypto";
import type { Source } from "../../catalogue/source.ts";
import { canonicalUrl } from "../../domain/canonical-url.ts";
import type { FeedItem } from "../../domain/feed-reading.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Problem } from "../../domain/problem.ts";
import { dateIn } from "../date/written-date.ts";
import { absoluteAddress } from "../text/address.ts";
import { htmlLine, htmlText } from "../text/html-text.ts";
import { bounded, oneLine } from "../text/plain-text.ts";

/** A text of a list with what it is: `html` holds markup, `text` is what it says. */
export type MarkedText = { readonly value: string; readonly as: "text" | "html" };

/** One entry as a list gives it, before dates, addresses and texts are read. */
export type FeedEntry = {
  readonly id: string | null;
  readonly link: string | null;
  /** Address that relative links of this entry start from. */
  readonly base: string | null;
  readonly title: MarkedText | null;
  readonly author: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly summary: MarkedText | null;
  readonly content: MarkedText | null;
};

/** What the entries of one list share. */
export type ItemContext = {
  /** IANA zone of the source, for dates without one. */
  readonly zone: string | null;
  /** The feed's own page, where relative links start if nobody knows the address of the feed. */
  readonly home: string | null;
  /** What tells the entries of this source apart; undefined for their own ids. */
  readonly identity?: Source["identity"];
  /** What an entry's address must match; undefined where every entry counts. */
  readonly articlePath?: string | undefined;
  readonly problems: Problem[];
};

/** Longest summary and content that are kept, in UTF-16 units; a longer one is cut. */
const SUMMARY_LENGTH = 20_000;
const CONTENT_LENGTH = 500_000;
const LINE_LENGTH = 2_000;

/** Most entries of one list: as many as a sitemap may have. */
const MOST_ENTRIES = 50_000;

/**
 * Makes feed items of a list's entries. What is wrong with one entry (a bad date, a repeated id) is a
 * problem beside it and costs no other entry.
 */
export function itemsOf(entries: readonly FeedEntry[], context: ItemContext): FeedItem[] {
  const seen = new Map<string, string>();
  const items: FeedItem[] = [];
  const wanted = context.articlePath === undefined ? null : new RegExp(context.articlePath);
  if (entries.length > MOST_ENTRIES) {
    context.problems.push({
      code: "too-many-entries",
      message: `The list has ${entries.length} entries; the first ${MOST_ENTRIES} were read. Give the source a list of what is new.`,
    });
  }
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    const item = itemOf(entry, context);
    if (wanted && !(item.url && wanted.test(item.url))) continue;
    const known = seen.get(item.key);
    const words = JSON.stringify([item.title, item.url, item.summary]);
    if (known === undefined) {
      seen.set(item.key, words);
      items.push(item);
    } else if (known !== words) {
      const key = `${item.key}#${digest(item.title, item.url)}`;
      context.problems.push({
        code: "repeated-id",
        message: `Two different entries share the id ${oneLine(bounded(item.key, 200))}; the later one is told apart by its title and address.`,
      });
      if (!seen.has(key)) items.push({ ...item, key });
      seen.set(key, words);
    }
  }
  return items;
}

function itemOf(entry: FeedEntry, context: ItemContext): FeedItem {
  const url =
    absoluteAddress(entry.link, entry.base) ?? absoluteAddress(entry.link, context.home) ?? addressIn(entry.id);
  const title = lineOf(entry.title);
  const date = (text: string | null) => feedDate(text, context);
  const publishedAt = date(entry.published);
  return {
    key:
      idOf(entry, url, context.identity) ??
      url ??
      digest(title, entry.published, ...(title && entry.published ? [] : [entry.summary?.value ?? null, entry.author])),
    url,
    title,
    author: authorOf(entry.author),
    publishedAt,
    updatedAt: date(entry.updated),
    summary: textOf(entry.summary, SUMMARY_LENGTH),
    content: textOf(entry.content, CONTENT_LENGTH),
  };
}

/** The id that tells an entry apart by the rule of its source; null where that is its address or nothing. */
function idOf({ id }: FeedEntry, url: string | null, identity: Source["identity"]): string | null {
  const own = oneLine(identity?.by === "url" ? url && canonicalUrl(url) : id);
  if (!own || identity?.drop === undefined) return own;
  return oneLine(own.replace(new RegExp(identity.drop), ""));
}

/** Reads a date of a list; one that cannot be read is null and a problem. */
export function feedDate(text: string | null, context: Pick<ItemContext, "zone" | "problems">): KnownDate | null {
  if (!oneLine(text)) return null;
  const date = dateIn(text, { basis: "feed", zone: context.zone });
  if (!date) {
    const shown = oneLine(bounded(text ?? "", 100));
    context.problems.push({
      code: "bad-date",
      message: `Cannot read the date “${shown}”; the entry is kept without it.`,
    });
  }
  return date;
}

/** Gives the plain text of a marked text on one line. */
export function lineOf(marked: MarkedText | null): string | null {
  if (!marked) return null;
  const line = marked.as === "html" ? htmlLine(marked.value) : oneLine(marked.value);
  return line && bounded(line, LINE_LENGTH);
}

function textOf(marked: MarkedText | null, length: number): string | null {
  if (!marked) return null;
  const text = marked.as === "html" ? htmlText(bounded(marked.value, 4 * length)) : oneLine(marked.value);
  return text && bounded(text, length);
}

/** RSS writes `name@example.org (Name)`: the name is the author. */
function authorOf(text: string | null): string | null {
  const shown = text ? htmlLine(text) : null;
  // Some feeds escape the markup of a name twice.
  const line = shown && /<\/?[a-z]+>/i.test(shown) ? htmlLine(shown) : shown;
  const named = line && /^\S+@\S+\s+\((.+)\)$/.exec(line)?.[1];
  return named || line || null;
}

/** Some feeds give the address as the id and no link. */
function addressIn(id: string | null): string | null {
  return id && /^\s*https?:\/\//i.test(id) ? absoluteAddress(id) : null;
}

function digest(...parts: readonly (string | null)[]): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}
