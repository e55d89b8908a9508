import { type Dom, wordsBelow } from "../text/dom.ts";
import { htmlLine } from "../text/html-text.ts";
import { textAt, valueAt } from "../text/json-value.ts";
import { bareLetters, oneLine } from "../text/plain-text.ts";
import { metaOf, namedAt, type PageFacts } from "./facts.ts";

/** Where pages print who wrote them, most telling first. */
const PLACES = [
  ".article-meta__author-bureau",
  ".wp-block-post-author-name",
  '[itemprop="author"] [itemprop="name"]',
  '[itemprop="author"]',
  '[rel="author"]',
  ".byline__name",
  ".byline-name",
  ".author-name",
  ".authors-name",
  ".contributors",
  ".byline",
  ".by-line",
  ".author",
  ".info_l",
  '[class*="byline"]',
];

/** A byline is short; longer text is a biography. */
const LONGEST = 150;

/** Finds who wrote a page, as its own names, joined with ", "; null where it does not say. */
export function pageByline(dom: Dom, facts: PageFacts): string | null {
  for (const thing of facts.jsonLd) {
    const names = [valueAt(thing, "author")]
      .flat()
      .map(personName)
      .filter((name) => name !== null);
    if (names.length > 0) return [...new Set(names)].join(", ");
  }
  const told = [
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "cxenseparse:author",
  ]
    .map(
      (name) =>
        facts.meta
          .get(name)
          ?.map(cleaned)
          .filter((text) => text !== null) ?? [],
    )
    .find((names) => names.length > 0);
  if (told) return [...new Set(told)].join(", ");
  for (const place of namedAt(dom, facts, PLACES.join(", ")).length > 0 ? PLACES : []) {
    const names = namedAt(dom, facts, place)
      .slice(0, 6)
      .map((element) => cleaned(wordsBelow(element)))
      .filter((text) => text !== null);
    if (names.length > 0) return [...new Set(names)].slice(0, 4).join(", ");
  }
  return null;
}

/** Finds the name of the house that publishes the page. */
export function pagePublisher(facts: PageFacts): string | null {
  const told = metaOf(facts, [
    "og:site_name",
    "application-name",
    "source",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "sitename",
    "contentsource",
  ]);
  if (told && !/^https?:/i.test(told)) return told;
  for (const thing of facts.jsonLd) {
    const name = oneLine(textAt(thing, "publisher.name"));
    if (name) return name;
  }
  return null;
}

function personName(author: unknown): string | null {
  const name = typeof author === "string" ? author : textAt(author, "name");
  return name ? cleaned(name) : null;
}

function cleaned(text: string): string | null {
  const line = htmlLine(text)
    ?.replace(/^(?:(?:written |reported |posted |commentary |story )?by|von|par|por|作者|记者|文)[:：\s]\s*/i, "")
    .replace(/\s*[|｜].*$/, "")
    .replace(/\s+in\s+\p{Lu}[\p{L} .]+$/u, "")
    .replace(/^[\s,;:·•-]+|[\s,;:·•-]+$/g, "");
  if (!line || line.length > LONGEST || /^(?:https?:|www\.|@)|^\d+$/i.test(line) || bareLetters(line).length < 2)
    return null;
  return line;
}
