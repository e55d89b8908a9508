import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import { type DateContext, dateIn } from "../date/written-date.ts";
import { childrenOf, type Dom, type ElementNode, isElement, type Node, wordsBelow } from "../text/dom.ts";
import { oneLine } from "../text/plain-text.ts";
import { isSurrounding } from "./boilerplate.ts";
import { namedAt, type PageFacts } from "./facts.ts";

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

/** Finds the date that a page prints for its readers: at a place with a telling name, else just below the title. */
export function printedDate(dom: Dom, facts: PageFacts, context: DateContext): KnownDate | null {
  for (const place of PLACES) {
    const date = dateAmong(namedAt(dom, facts, place), context);
    if (date) return date;
  }
  return dateBelowTitle(dom, facts, context);
}

/** Many pages print the date in a line without a telling name, soon after the title. */
function dateBelowTitle(dom: Dom, facts: PageFacts, context: DateContext): KnownDate | null {
  const title = dom(namedAt(dom, facts, "h1").at(-1));
  for (const start of [title, title.parent()]) {
    const date = dateAmong(start.nextAll().slice(0, 4).toArray().filter(isElement), context);
    if (date) return date;
  }
  return null;
}

/** Gives the first date among some elements: what they tell machines (`datetime`), else their words where these are one line. */
export function dateAmong(elements: readonly ElementNode[], context: DateContext): KnownDate | null {
  for (const element of elements.slice(0, MOST_ELEMENTS)) {
    if (isInComments(element)) continue;
    const { datetime, content, title } = element.attribs;
    const machine = datetime ?? content ?? (element.name === "abbr" ? title : undefined);
    const date = dateIn(machine, context) ?? dateInWords(wordsBelow(element), element, context);
    if (date && date.precision !== "year") return date;
  }
  return null;
}

/** Reads the words of an element; where its parts run into each other (`Mai<b>06</b>2018`), with spaces between them. */
function dateInWords(glued: string, element: ElementNode, context: DateContext): KnownDate | null {
  const text = oneLine(glued);
  if (!text || text.length > LONGEST_LINE || isSentence(text) || LAST_CHANGE.test(text) || followsLastChange(element))
    return null;
  return dateIn(text, context) ?? dateIn(spacedText(element), context);
}

/** A date line is no sentence; what a sentence dates is what it tells of. */
function isSentence(text: string): boolean {
  const shortest = /\p{Script=Han}/u.test(text) ? 25 : 60;
  return text.length > shortest && /[\p{L}\p{N}”"’)][.!?。！？]$/u.test(text);
}

/** Tells whether the words just before an element (`last edited: <span>17 Jun 2018</span>`) say that it tells of a change. */
function followsLastChange(element: ElementNode): boolean {
  const before = element.prev;
  return before?.type === "text" && LAST_CHANGE.test(before.data.slice(-60));
}

function spacedText(node: Node): string {
  return node.type === "text" ? node.data : childrenOf(node).map(spacedText).join(" ");
}

/** Words that make a line tell of a change and not of the publication; "Updated:" alone is what many papers print over both. */
const LAST_CHANGE =
  /\b(?:last|page)[\s-]+(?:edited|modified|changed|revised|reviewed|updated?)\b|\bwas (?:last )?(?:edited|modified)|zuletzt|bearbeitet|letzte (?:änderung|aktualisierung)|dernière (?:modification|mise)|última (?:modificación|actualización)|ultima modifica|最后(?:修改|更新|编辑)|最終更新/iu;

/** Parts of a class or id that name what readers wrote below. */
const COMMENTS = /(?:^|[\s_-])(?:comments?|comment-?\w+|respond|replies|disqus\w*|feedback)(?:$|[\s_-])/i;

/** Elements that are looked through upward; comment lists are not deeper than that. */
const MOST_ABOVE = 8;

/** Tells whether an element stands among the comments of readers, whose dates are theirs. */
function isInComments(element: ElementNode): boolean {
  let above: Node | null = element;
  for (let step = 0; above && step < MOST_ABOVE; step++, above = above.parent) {
    if (!isElement(above) || above.name === "body" || above.name === "html") continue;
    const { class: names = "", id = "", href = "" } = above.attribs;
    if (/#comment-?\d/.test(href) || ((COMMENTS.test(names) || COMMENTS.test(id)) && step > 0)) return true;
  }
  return false;
}

/** A line that is a date is hardly longer than one. */
const LONGEST_LONE = 45;

/** Words before a date that say what it is the date of. */
const LABEL =
  /(?:published|posted|publication date|date of publication|released|issued|veröffentlicht|erstellt|artikel wurde|publié|publicado|pubblicato|发布(?:时间|日期)?|发表(?:时间|日期)?|日期|时间)[^.!?。]{0,20}$/iu;

/** A paragraph that opens with its date: `27.1.2022 – In the city …`. */
const OPENING = /^\(?([^\s(][^–—|]{5,28}?)\)?\s*[–—|-]{1,2}\s/;

const SILENT = /^(?:script|style|noscript|template|head|option)$/;
const AROUND = /^(?:nav|aside|footer|form)$/;

/**
 * Finds the first line of a page that is a date and little else, or that says "published …", wherever it stands.
 * The last resort for pages that name nothing. Lines without a label count outside of navigation and the like alone,
 * and not where a page shows several: one of them is today, or somebody else's.
 */
export function loneDate(dom: Dom, context: DateContext): KnownDate | null {
  const lone: KnownDate[] = [];
  const labelled: KnownDate[] = [];
  const visit = (node: Node, around: boolean) => {
    if (node.type === "text") {
      const text = lineWithDate(node.data);
      const date = text && text.length <= LONGEST_LINE ? dateIn(text, context) : null;
      if (!text || !date || dayOf(date) === null || LAST_CHANGE.test(text)) return;
      if (LABEL.test(text.slice(0, text.search(/\d/)))) labelled.push(date);
      else if (!around && text.length <= LONGEST_LONE && !isSentence(text)) lone.push(date);
    } else if (!isElement(node) || !SILENT.test(node.name)) {
      if (isElement(node) && (COMMENTS.test(node.attribs.class ?? "") || COMMENTS.test(node.attribs.id ?? ""))) return;
      const inside = around || (isElement(node) && (AROUND.test(node.name) || isSurrounding(node)));
      for (const child of childrenOf(node)) visit(child, inside);
    }
  };
  for (const root of dom.root().toArray()) visit(root, false);
  const days = new Set(lone.map(dayOf));
  return labelled[0] ?? (days.size === 1 ? (lone[0] ?? null) : null);
}

/** Gives a text node's words where they may hold a date: a line of its own, or the opening of a paragraph. */
function lineWithDate(data: string): string | null {
  if (!/\d/.test(data.slice(0, 400))) return null;
  const line = oneLine(data.slice(0, 400));
  const opening = line && OPENING.exec(line)?.[1];
  return opening && /\d{4}/.test(opening) ? opening : data.length < 400 ? line : null;
}
