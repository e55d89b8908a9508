import type { SourceList } from "../../catalogue/source.ts";
import type { Problem } from "../../domain/problem.ts";
import { dateInAddress } from "../date/url-date.ts";
import { dateIn } from "../date/written-date.ts";
import { absoluteAddress } from "../text/address.ts";
import { type Dom, type ElementNode, isElement, parseHtml } from "../text/dom.ts";
import { oneLine } from "../text/plain-text.ts";
import type { FeedEntry } from "./entry.ts";

type PageList = Extract<SourceList, { kind: "page" }>;

/** An entry's date stands in its row; rows longer than this are not rows. */
const ROW_LENGTH = 600;

/**
 * Reads the entries of an HTML listing: the catalogue's `item` selector finds them, or, without one, every link
 * whose address matches `articlePath`. One entry per address, in the order of the page.
 *
 * The date is the one at the `date` selector, else the only date in the entry's row, else the one in its address.
 * A selector or pattern that matches nothing is the problem `layout-changed`.
 */
export function readPageList(html: string, list: PageList, address: string, problems: Problem[]): FeedEntry[] {
  const dom = parseHtml(html);
  const base = absoluteAddress(dom("base[href]").attr("href"), address) ?? address;
  const wanted = list.articlePath === undefined ? null : patternOf(list.articlePath, problems);
  const entries = new Map<string, FeedEntry>();
  for (const element of itemsOf(dom, list, problems)) {
    const link = element.name === "a" ? dom(element) : dom(element).find("a[href]").first();
    const url = absoluteAddress(link.attr("href"), base);
    if (!url || (wanted && !wanted.test(url))) continue;
    const title = titleOf(link.text(), link.attr("title"));
    const known = entries.get(url);
    if (known?.title && (!title || known.title.value.length >= title.length)) continue;
    const published = rowDate(dom, element, list.date) ?? known?.published ?? dateInAddress(url)?.value ?? null;
    const marked = title === null ? null : { value: title, as: "text" as const };
    entries.set(url, {
      id: null,
      link: url,
      base,
      title: marked,
      author: null,
      published,
      updated: null,
      summary: null,
      content: null,
    });
  }
  if (entries.size === 0) {
    problems.push({
      code: "layout-changed",
      message: `No entry found with ${list.item ? `item “${list.item}”` : "links"}${list.articlePath ? ` and articlePath “${list.articlePath}”` : ""}; look at the page and mend the source.`,
    });
  }
  return [...entries.values()];
}

function itemsOf(dom: Dom, list: PageList, problems: Problem[]): ElementNode[] {
  if (!list.item) return dom("a[href]").toArray();
  try {
    return dom(list.item).toArray().filter(isElement);
  } catch {
    problems.push({ code: "bad-selector", message: `“${list.item}” is no CSS selector; mend item in the source.` });
    return [];
  }
}

function patternOf(text: string, problems: Problem[]): RegExp | null {
  try {
    return new RegExp(text);
  } catch {
    problems.push({
      code: "bad-pattern",
      message: `“${text}” is no regular expression; mend articlePath in the source.`,
    });
    return null;
  }
}

/** Listings cut long titles (“…”) and keep the whole one in the `title` attribute. */
function titleOf(text: string, attribute: string | undefined): string | null {
  const shown = oneLine(text);
  const whole = oneLine(attribute);
  return whole && (!shown || /(?:\.\.\.|…)$/.test(shown)) ? whole : shown;
}

/** The date of an entry: at the selector or the only one printed, in the widest row that holds no other entry's link. */
function rowDate(dom: Dom, element: ElementNode, selector: string | undefined): string | null {
  const own = element.name === "a" ? element.attribs.href : dom(element).find("a[href]").first().attr("href");
  const links = (row: ReturnType<Dom>) => row.find("a[href]").toArray();
  for (let up = 0, row = dom(element); up < 4 && row.length > 0; up++, row = row.parent()) {
    if (links(row).some((link) => isElement(link) && link.attribs.href !== own)) return null;
    const date = selector
      ? textAt(row, selector)
      : printedDate(row, dom(element).find("a").addBack("a").first().text());
    if (date) return date;
  }
  return null;
}

function textAt(row: ReturnType<Dom>, selector: string): string | null {
  const found = safely(() => row.find(selector).first());
  return oneLine(found?.attr("datetime")) ?? oneLine(found?.text());
}

function printedDate(row: ReturnType<Dom>, linkText: string): string | null {
  const machine = oneLine(row.find("time[datetime]").first().attr("datetime"));
  const text = row.text();
  if (machine || text.length > ROW_LENGTH) return machine;
  const date = dateIn(text.replace(linkText, " "), { basis: "listing" });
  return date && date.precision !== "year" ? date.value : null;
}

function safely<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}
