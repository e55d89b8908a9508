import { type Dom, isElement } from "./dom.ts";
import { parsedJson, valueAt } from "./json-value.ts";
import { oneLine } from "./plain-text.ts";

/** What a page says about itself in its head, for machines. */
export type PageFacts = {
  /** Contents of `<meta>` by lower-case name, property or itemprop, in the order of the page. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** JSON-LD objects that describe the article, most telling first. */
  readonly jsonLd: readonly unknown[];
  /** `lang` of the page, or null. */
  readonly lang: string | null;
};

/** Kinds of schema.org things that are the article itself, and pages that may hold it. */
const ARTICLE =
  /^(?:\w*Article|BlogPosting|Report|PressRelease|LiveBlogPosting|SocialMediaPosting|Review|Interview|SpeechAct|CreativeWork)$/;
const PAGE = /^(?:\w*Page|WebPage|VideoObject|PodcastEpisode|Event)$/;

/** Objects inside one page's JSON-LD that are looked at. */
const MOST_OBJECTS = 500;

/** Reads `<meta>`, JSON-LD and `lang` of a page once, for whoever asks about title, dates, authors and publisher. */
export function pageFactsOf(dom: Dom): PageFacts {
  const meta = new Map<string, string[]>();
  for (const element of dom("meta").toArray()) {
    const { name, property, itemprop, content, "http-equiv": equivalent } = element.attribs;
    const value = oneLine(content);
    if (!value) continue;
    for (const key of new Set([name, property, itemprop, equivalent])) {
      const known = key?.trim().toLowerCase();
      if (known) meta.set(known, [...(meta.get(known) ?? []), value]);
    }
  }
  return { meta, jsonLd: jsonLdOf(dom), lang: oneLine(dom("html").attr("lang") ?? dom("html").attr("xml:lang")) };
}

/** Gives the first of the named `<meta>` contents. */
export function metaOf(facts: PageFacts, names: readonly string[]): string | null {
  for (const name of names) {
    const value = facts.meta.get(name)?.[0];
    if (value) return value;
  }
  return null;
}

function jsonLdOf(dom: Dom): unknown[] {
  const articles: unknown[] = [];
  const pages: unknown[] = [];
  for (const script of dom('script[type*="ld+json"]').toArray()) {
    const queue: unknown[] = [lenientJson(script.children.map((node) => ("data" in node ? node.data : "")).join(""))];
    for (let at = 0; at < queue.length && at < MOST_OBJECTS; at++) {
      const value = queue[at];
      if (Array.isArray(value)) queue.push(...value);
      else if (typeof value === "object" && value !== null) {
        const types = [valueAt(value, "@type")].flat().filter((type) => typeof type === "string");
        const names = types.map((type) => type.replace(/^.*[/:]/, ""));
        if (names.some((name) => ARTICLE.test(name))) articles.push(value);
        else if (names.some((name) => PAGE.test(name))) pages.push(value);
        for (const key of ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]) {
          const inner = valueAt(value, key);
          if (typeof inner === "object") queue.push(inner);
        }
      }
    }
  }
  return [...articles, ...pages];
}

/** JSON as publishers write it: with line breaks inside strings, HTML comments around, semicolons after. */
function lenientJson(text: string): unknown {
  const bare = text.replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)|(?:-->|\/\*\]\]>\*\/|\]\]>|;)\s*$/g, "");
  return (
    parsedJson(bare) ??
    parsedJson(bare.replace(/\p{Cc}/gu, " ")) ??
    parsedJson(bare.replace(/\p{Cc}/gu, " ").replace(/,\s*([}\]])/g, "$1"))
  );
}

/** Tells whether a node stands inside an element that `wanted` accepts. */
export function isInside(node: Parameters<typeof isElement>[0], wanted: (name: string) => boolean): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (isElement(outer) && wanted(outer.name)) return true;
  return false;
}
