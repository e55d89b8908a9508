import type { KnownDate } from "../../domain/known-date.ts";
import { dayOf } from "../../domain/known-date.ts";
import { dateInAddress } from "../date/url-date.ts";
import { type DateContext, dateIn } from "../date/written-date.ts";
import { type Dom, isElement } from "../text/dom.ts";
import { textAt } from "../text/json-value.ts";
import type { PageFacts } from "./facts.ts";
import { dateAmong, loneDate, printedDate } from "./printed-date.ts";

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
  "uploaddate",
  "created",
  "publication_date",
  "publication-date",
];
/** Names of `<meta>` beyond the list that say the same: `five_hundred_pixels:uploaded`, `my.datePublished`. */
const LIKE_PUBLISHED =
  /(?:^|[:._-])(?:date_?published|published(?:_?(?:at|on|date|time))?|publication_?(?:date|time)|publish_?(?:date|time|at|on)|upload(?:ed)?(?:_?(?:at|on|date|time))?|created_?(?:at|on|date|time)|issued|posted(?:_?(?:at|on|date))?)$/;

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

/** Days by which the address of a page may differ from its date; beyond, the address is right (publishers' clocks err by centuries). */
const MOST_DAYS_APART = 3;

/** What a page's dates are read with. */
export type PageDateInput = {
  /** The page as text: the same instant may stand in a script with the publisher's own offset. */
  readonly html: string;
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
    meta([...facts.meta.keys()].filter((name) => LIKE_PUBLISHED.test(name))),
  ].filter((date) => date !== null);
  const address = dateInAddress(url);
  if (!candidates.some((date) => date.precision === "minute")) {
    const printed = printedDate(input.dom, facts, context("element"));
    if (printed) candidates.push(printed);
  }
  const titled = input.title ? dateIn(input.title, context("title")) : null;
  if (titled?.precision === "day") candidates.push(titled);
  if (address) candidates.push(address);
  if (hint) candidates.push(hint);
  const lone = candidates.length > 0 ? null : loneDate(input.dom, context("text"));
  if (lone) candidates.push(lone);
  const full = candidates.filter((date) => date.precision === "minute" || date.precision === "day");
  const updatedAt = ld("dateModified") ?? meta(UPDATED_META);
  const best = full.find((date) => !contradicts(date, address)) ?? full[0] ?? candidates[0] ?? null;
  const published = withHour(best, full) ?? null;
  return {
    publishedAt: published && asWrittenLocally(published, input.html, address),
    updatedAt: updatedAt && asWrittenLocally(updatedAt, input.html, null),
  };
}

/** Instants with an offset, as scripts and meta data write them. */
const LOCAL_INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?[+-]\d\d:?\d\d(?!\d)/g;

/**
 * Gives an instant that a page writes in UTC with the offset that the page itself writes elsewhere for the same instant, so that
 * the written day is the publisher's day. Without such a place it stays as it is: an offset is never guessed.
 */
function asWrittenLocally(date: KnownDate, html: string, address: KnownDate | null): KnownDate {
  if (date.precision !== "minute" || !/(?:Z|\+00:00)$/.test(date.value)) return date;
  const day = dayOf(date);
  if (address?.precision === "day" && address.value === day) return date;
  const instant = Date.parse(date.value);
  for (const [raw] of html.matchAll(LOCAL_INSTANT)) {
    if (/00:?00$/.test(raw) || Date.parse(raw.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")) !== instant) continue;
    const local = dateIn(raw, { basis: date.basis });
    if (local) return { ...local, raw: date.raw };
  }
  return date;
}

function elementDate(dom: Dom, selector: string, context: DateContext): KnownDate | null {
  try {
    return dateAmong(dom(selector).toArray().filter(isElement), context);
  } catch {
    return null; // no CSS: bodyBlocks reports bad selectors of the catalogue
  }
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
