import { type Dom, wordsBelow } from "../text/dom.ts";
import { htmlLine } from "../text/html-text.ts";
import { textAt } from "../text/json-value.ts";
import { bareLetters, bounded, oneLine } from "../text/plain-text.ts";
import { metaOf, namedAt, type PageFacts } from "./facts.ts";

/** Where our sources print the title, before any `<h1>`. */
const KNOWN = [
  ".news_header_title",
  "#News_Body_Title",
  ".featured-content__headline",
  ".news-title h1",
  ".art-title h1",
  "h1.page-header",
];

/** What separates a title from the name of its site. A plain hyphen counts only between spaces. */
const SEPARATOR = /\s*[|_｜»·]\s*|\s+[-–—:]\s+|\s*--+\s*/g;

const LONGEST = 500;

/**
 * Finds the title of a page, without the name of the site.
 *
 * The catalogue's selectors first, then the places of known layouts; then `<h1>` where the head of the page agrees
 * with it, then what the page tells others (Open Graph, JSON-LD), then `<title>` cut at its separators.
 */
export function pageTitle(
  dom: Dom,
  facts: PageFacts,
  selectors: readonly string[],
  publisher: string | null,
): string | null {
  for (const selector of selectors) {
    const title = textOf(dom, selector);
    if (title) return title;
  }
  const known = line(wordsBelow(namedAt(dom, facts, KNOWN.join(", "))[0]));
  if (known) return known;
  const headings = namedAt(dom, facts, "h1")
    .map((element) => line(wordsBelow(element)))
    .filter((text) => text !== null);
  const whole = line(facts.windowTitle);
  const shared = cut(
    line(
      metaOf(facts, [
        "articletitle",
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
      ]),
    ),
    publisher,
  );
  const headline = facts.jsonLd.map((thing) => line(textAt(thing, "headline"))).find((text) => text !== null) ?? null;
  const told = [shared, headline, whole].filter((text) => text !== null).map(bareLetters);
  const agreed = headings.find(
    (heading) => bareLetters(heading).length > 3 && told.some((text) => text === bareLetters(heading)),
  );
  if (agreed) return agreed;
  const begun = headings.find(
    (heading) => heading.length >= 12 && told.some((text) => text.startsWith(bareLetters(heading))),
  );
  return (
    begun ??
    shared ??
    headline ??
    (headings.length === 1 ? headings[0] : undefined) ??
    (whole && (headings.find((heading) => bareLetters(whole).includes(bareLetters(heading))) ?? cut(whole, publisher)))
  );
}

function textOf(dom: Dom, selector: string): string | null {
  try {
    return line(wordsBelow(dom(selector)[0]));
  } catch {
    return null;
  }
}

/** Head texts are escaped twice now and then (`&amp;amp;`). */
function line(text: string | null | undefined): string | null {
  const plain = oneLine(text);
  if (!plain) return null;
  return bounded(
    (/&(?:#\d+|#x[\da-f]+|[a-z]+\d?);/i.test(plain) ? htmlLine(plain.replaceAll("<", "&lt;")) : plain) ?? plain,
    LONGEST,
  );
}

/** Cuts the site's name off the end of a title, where it is named so, or where the rest is plainly the title. */
function cut(title: string | null, publisher: string | null): string | null {
  if (!title) return null;
  const marks = [...title.matchAll(SEPARATOR)];
  const site = bareLetters(publisher ?? "");
  for (const mark of marks) {
    const tail = bareLetters(title.slice(mark.index + mark[0].length));
    if (
      mark.index > 0 &&
      site &&
      (tail === site ||
        (site.includes(tail) && tail.length > 3) ||
        (tail.includes(site) && tail.length < 3 * site.length))
    ) {
      return title.slice(0, mark.index).trim();
    }
  }
  const strong = marks.find((mark) => /[|_｜»]/.test(mark[0]) && mark.index >= 8);
  return strong ? title.slice(0, strong.index).trim() : title;
}
