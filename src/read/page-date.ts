import type { KnownDate } from "../domain/known-date.ts";
import { dayOf } from "../domain/known-date.ts";
import { type DateContext, dateIn } from "./date-text.ts";
import { type Dom, type ElementNode, isElement } from "./dom.ts";
import { textAt } from "./json-value.ts";
import { namedAt, type PageFacts } from "./page-facts.ts";
import { oneLine } from "./plain-text.ts";
import { dateInAddress } from "./url-date.ts";

const PUBLISHED_META = [
  "article:published_time",
  "og:article:published_time",
  "og:published_time",
  "pubdate",
  "publishdate",
  "publish-date",
  "publish_date",
  "datepublished",
  "date_published",
  "dcterms.issued",
  "dc.date.issued",
  "dcterms.created",
  "dc.date.created",
  "dcterms.date",
  "dc.date",
  "parsely-pub-date",
  "sailthru.date",
  "article.published",
  "published-date",
  "published_time",
  "published",
  "article_date_original",
  "originalpublicationdate",
  "cxenseparse:recs:publishtime",
  "citation_publication_date",
  "citation_date",
  "rnews:datepublished",
  "firstpublished",
  "govuk:first-published-at",
  "ptime",
  "displaydate",
  "pub_date",
  "pdate",
  "date",
  "shareaholic:article_published_time",
  "bt:pubdate",
  "weibo: article:create_at",
  "datecreated",
  "created",
  "publication_date",
  "publication-date",
];
const UPDATED_META = [
  "article:modified_time",
  "og:updated_time",
  "og:article:modified_time",
  "datemodified",
  "dcterms.modified",
  "dc.date.modified",
  "last-modified",
  "lastmod",
  "modified",
  "article:updated_time",
  "sailthru.modified",
  "article.updated",
  "updated_time",
  "revised",
  "govuk:public-updated-at",
];

/** Where pages print their date, most telling first; the text must be little more than the date. */
const PLACES = [
  ".xltime",
  ".news-title .time",
  "#News_Body_Time",
  ".article-meta__publish-date",
  ".wp-block-post-date time",
  ".field--name-field-dated time",
  ".info_l",
  "#pubtime_baidu",
  ".pubtime",
  "#pubtime",
  "time[pubdate]",
  'time[itemprop="datePublished"]',
  '[itemprop="datePublished"]',
  '[property="datePublished"]',
  "abbr.published",
  ".published time",
  "time.published",
  "time.entry-date",
  ".entry-date",
  "article header time[datetime]",
  "header time[datetime]",
  ".post-date",
  ".postdate",
  ".post_date",
  ".article-date",
  ".articleDate",
  ".article__date",
  ".article-time",
  ".pub-date",
  ".pubdate",
  ".publish-date",
  ".publishdate",
  ".publish-time",
  ".published-date",
  ".date-published",
  ".dateline",
  ".timestamp",
  ".byline-date",
  ".news-date",
  ".story-date",
  ".submitted",
  ".meta-date",
  ".date-time",
  ".datetime",
  ".entry-meta",
  ".post-meta",
  ".article-meta",
  ".article-info",
  ".byline",
  ".published",
  ".publish",
  "main time[datetime]",
  "article time[datetime]",
  "time[datetime]",
  ".date",
  ".time",
  '[class*="publish"]',
  '[class*="date"]',
  '[id*="date"]',
  '[class*="time"]',
  '[id*="time"]',
];

/** Elements looked at for one place, and the longest text that still counts as a date line. */
const MOST_ELEMENTS = 8;
const LONGEST_LINE = 160;

/** Days by which the address of a page may differ from its date; beyond, the address is right (publishers' clocks err by centuries). */
const MOST_DAYS_APART = 3;

/** What a page's dates are read with. */
export type PageDateInput = {
  readonly dom: Dom;
  readonly facts: PageFacts;
  readonly url: string;
  readonly title: string | null;
  /** The catalogue's selectors. */
  readonly selectors: readonly string[];
  /** IANA zone of the source. */
  readonly zone: string | null;
  /** The date that the feed or listing gave. */
  readonly hint: KnownDate | null;
};

/**
 * Finds when a page was published and updated, from JSON-LD, `<meta>`, the printed date, the title, the address,
 * and at last the list it came from.
 *
 * They are checked against each other: a date that the address contradicts by more than three days gives way to it,
 * and a date without an hour is replaced by one of the same day that has it. No clock is asked; no date is null.
 */
export function pageDates(input: PageDateInput): {
  readonly publishedAt: KnownDate | null;
  readonly updatedAt: KnownDate | null;
} {
  const { facts, zone, url, hint } = input;
  const order = dateOrder(facts.lang, zone, url);
  const context = (basis: string): DateContext => ({ basis, zone, order });
  const ld = (path: string) =>
    facts.jsonLd.map((thing) => dateIn(textAt(thing, path), context("jsonld"))).find((date) => date !== null) ?? null;
  const meta = (names: readonly string[]) =>
    names.map((name) => dateIn(facts.meta.get(name)?.[0], context("meta"))).find((date) => date !== null) ?? null;
  const candidates = [
    ...input.selectors.map((selector) => elementDate(input.dom, selector, context("element"))),
    ld("datePublished"),
    meta(PUBLISHED_META),
    ld("dateCreated"),
  ].filter((date) => date !== null);
  const address = dateInAddress(url);
  if (!candidates.some((date) => date.precision === "minute"))
    candidates.push(...printedDates(input.dom, facts, context("element")));
  const titled = input.title ? dateIn(input.title, context("title")) : null;
  if (titled?.precision === "day") candidates.push(titled);
  if (address) candidates.push(address);
  if (hint) candidates.push(hint);
  const full = candidates.filter((date) => date.precision === "minute" || date.precision === "day");
  const updatedAt = ld("dateModified") ?? meta(UPDATED_META);
  const best = full.find((date) => !contradicts(date, address)) ?? full[0] ?? candidates[0] ?? null;
  return { publishedAt: withHour(best, full) ?? null, updatedAt };
}

/** The dates printed on a page, at the first place that holds one. */
function printedDates(dom: Dom, facts: PageFacts, context: DateContext): KnownDate[] {
  for (const place of PLACES) {
    const date = dateAmong(dom, namedAt(dom, facts, place), context);
    if (date) return [date];
  }
  return dateBelowTitle(dom, facts, context);
}

/** Many pages print the date in a line without a telling name, soon after the title. */
function dateBelowTitle(dom: Dom, facts: PageFacts, context: DateContext): KnownDate[] {
  const title = dom(namedAt(dom, facts, "h1").at(-1));
  for (const start of [title, title.parent()]) {
    const date = dateAmong(dom, start.nextAll().slice(0, 4).toArray().filter(isElement), context);
    if (date) return [date];
  }
  return [];
}

function elementDate(dom: Dom, selector: string, context: DateContext): KnownDate | null {
  try {
    return dateAmong(dom, dom(selector).toArray().filter(isElement), context);
  } catch {
    return null; // no CSS: bodyBlocks reports bad selectors of the catalogue
  }
}

function dateAmong(dom: Dom, elements: readonly ElementNode[], context: DateContext): KnownDate | null {
  for (const element of elements.slice(0, MOST_ELEMENTS)) {
    const { datetime, content, title } = element.attribs;
    const machine = datetime ?? content ?? (element.name === "abbr" ? title : undefined);
    const text = oneLine(dom(element).text());
    const printed = text && text.length <= LONGEST_LINE ? dateIn(text, context) : null;
    const date = dateIn(machine, context) ?? printed;
    if (date && date.precision !== "year") return date;
  }
  return null;
}

/** An address that holds the month alone contradicts only another month. */
function contradicts(date: KnownDate, address: KnownDate | null): boolean {
  if (!address) return false;
  if (address.precision === "month") return dayDistance(`${address.value}-15`, dayOf(date)) > 15 + MOST_DAYS_APART + 2;
  return dayDistance(dayOf(address), dayOf(date)) > MOST_DAYS_APART;
}

function dayDistance(a: string | null, b: string | null): number {
  return a && b ? Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000 : 0;
}

function withHour(best: KnownDate | null, others: readonly KnownDate[]): KnownDate | null {
  if (best?.precision !== "day") return best;
  return others.find((date) => date.precision === "minute" && dayOf(date) === best.value) ?? best;
}

/** Which number comes first in `03/04/2026`: by the page's language, else by the source's zone or the address's country; else unknown. */
function dateOrder(lang: string | null, zone: string | null, url: string): DateContext["order"] {
  if (/^en[-_]us/i.test(lang ?? "")) return "month-day";
  if (lang && !/^(?:en|zh|ja|ko)$/i.test(lang)) return "day-month";
  if (zone) return zone.startsWith("America/") ? "month-day" : "day-month";
  if (/^https?:\/\/[^/]+\.(?:gov|mil|us)(?:[:/]|$)/i.test(url)) return "month-day";
  return /^https?:\/\/[^/]+\.(?:uk|au|nz|in|ie|sg|hk|de|fr|eu|int)(?:[:/]|$)/i.test(url) ? "day-month" : null;
}
