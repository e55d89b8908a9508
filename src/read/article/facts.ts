import { childrenOf, type Dom, type ElementNode, isElement, type Node } from "../text/dom.ts";
import { parsedJson, valueAt } from "../text/json-value.ts";
import { oneLine } from "../text/plain-text.ts";
import { type Callings, callingsOf, mayMatch } from "./may-match.ts";

/** What a page says about itself in its head, for machines. */
export type PageFacts = {
  /** Contents of `<meta>` by lower-case name, property or itemprop, in the order of the page; the first 200 of a name. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** JSON-LD objects that describe the article, most telling first. */
  readonly jsonLd: readonly unknown[];
  /** What `<title>` says, uncut. */
  readonly windowTitle: string | null;
  /** `lang` of the page, or null. */
  readonly lang: string | null;
  /**
   * Elements that a class, id or the like names, in the order of the page: where titles, dates and authors are looked for.
   * Dozens of selectors run over these few instead of over the whole page.
   */
  readonly named: readonly ElementNode[];
  /** What they are called. */
  readonly callings: Callings;
};

/** Kinds of schema.org things that are the article itself, and pages that may hold it. */
const ARTICLE =
  /^(?:\w*Article|BlogPosting|Report|PressRelease|LiveBlogPosting|SocialMediaPosting|Review|Interview|SpeechAct|CreativeWork)$/;
const PAGE = /^(?:\w*Page|WebPage|VideoObject|PodcastEpisode|Event)$/;

/** Objects inside one page's JSON-LD that are looked at. */
const MOST_OBJECTS = 500;

/** Named elements that are kept: the head of a page and its article lie among the first; selecting among them takes the square of their number. */
const MOST_NAMED = 2000;

/** Contents of `<meta>` that are kept of one name: a paper names each of its authors so, and few have a hundred. */
const MOST_CONTENTS = 200;

/** Attributes that name what an element is for. */
const NAMING = ["class", "id", "itemprop", "property", "rel", "datetime", "pubdate"] as const;

/** Walks a page once and keeps what is asked for again and again: `<meta>`, JSON-LD, `lang` and the named elements. */
export function pageFactsOf(dom: Dom): PageFacts {
  const meta = new Map<string, string[]>();
  const scripts: ElementNode[] = [];
  const named: ElementNode[] = [];
  let windowTitle: string | null = null;
  const visit = (node: Node) => {
    if (isElement(node)) {
      if (node.name === "svg") return;
      if (node.name === "title") windowTitle ??= oneLine(dom(node).text());
      if (node.name === "meta") addMeta(node, meta);
      else if (node.type === "script") {
        if (node.attribs.type?.toLowerCase().includes("ld+json")) scripts.push(node);
        return;
      } else if (
        named.length < MOST_NAMED &&
        (node.name === "h1" || node.name === "time" || NAMING.some((name) => name in node.attribs))
      ) {
        named.push(node);
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const root of dom.root().toArray()) visit(root);
  const html = dom.root().children("html");
  return {
    meta,
    windowTitle,
    jsonLd: jsonLdOf(scripts),
    lang: oneLine(html.attr("lang") ?? html.attr("xml:lang")),
    named,
    callings: callingsOf(named),
  };
}

function addMeta(element: ElementNode, meta: Map<string, string[]>): void {
  const { name, property, itemprop, content, "http-equiv": equivalent } = element.attribs;
  const value = oneLine(content);
  if (!value) return;
  for (const key of new Set([name, property, itemprop, equivalent])) {
    const known = key?.trim().toLowerCase();
    if (!known) continue;
    const contents = meta.get(known);
    if (!contents) meta.set(known, [value]);
    else if (contents.length < MOST_CONTENTS) contents.push(value);
  }
}

/** Gives the named elements that a selector of ours matches. */
export function namedAt(dom: Dom, facts: PageFacts, selector: string): ElementNode[] {
  if (!mayMatch(selector, facts.callings)) return [];
  return dom([...facts.named])
    .filter(selector)
    .toArray()
    .filter(isElement);
}

/** Gives the first of the named `<meta>` contents. */
export function metaOf(facts: PageFacts, names: readonly string[]): string | null {
  for (const name of names) {
    const value = facts.meta.get(name)?.[0];
    if (value) return value;
  }
  return null;
}

function jsonLdOf(scripts: readonly ElementNode[]): unknown[] {
  const articles: unknown[] = [];
  const pages: unknown[] = [];
  for (const script of scripts) {
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
