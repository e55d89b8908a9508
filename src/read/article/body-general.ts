import { createRequire } from "node:module";
import { childrenOf, type Dom, type ElementNode, isElement, type Node, parseHtml } from "../text/dom.ts";
import { hasMore } from "../text/has-more.ts";
import { textAt } from "../text/json-value.ts";
import { nestingOf } from "../text/nesting.ts";
import { bareLetters } from "../text/plain-text.ts";
import { withoutSurroundings } from "./block-surroundings.ts";
import { type LooseBlock, looseBlocksOf } from "./blocks.ts";
import { isSurrounding, LONGEST_SURROUNDING } from "./boilerplate.ts";
import type { PageFacts } from "./facts.ts";

/** Loaded when the first page needs it: linkedom takes 120 ms to load, and most pages of known sources never do. */
const load = createRequire(import.meta.url);
type Readers = {
  readonly linkedom: typeof import("linkedom");
  readonly readability: typeof import("@mozilla/readability");
};
let readers: Readers | null = null;

/** What Readability may be given: it takes seconds for larger pages, and more than linear time for deep ones. */
const LONGEST = 1_500_000;
const DEEPEST = 100;
const MOST_ELEMENTS = 15_000;
/** Start and end tags; where end tags are left out, elements are as many. */
const MOST_TAGS = 2 * MOST_ELEMENTS;

/** Paragraphs from here on are prose and no menus. */
const LONG_PARAGRAPH = 80;

/** JSON-LD bodies shorter than this are teasers. */
const SHORTEST_TOLD = 300;

/**
 * Finds the body of a page whose layout nobody described.
 *
 * Readability (the reader view of Firefox) finds the region; our own serialiser reads its blocks; elements whose class
 * names them as caption, related links or the like are left out; and where the page gives its `articleBody` in JSON-LD,
 * blocks that do not stand in it are dropped, provided that what is left covers it.
 */
export function generalBody(dom: Dom, facts: PageFacts, byline: string | null): LooseBlock[] {
  const told = toldBody(facts);
  const region = readableRegion(dom);
  const readable = region === null ? [] : articleBlocks(region, byline);
  const whole = plainRegion(dom);
  const read = isShort(readable, dom, told) && whole !== null ? articleBlocks(whole, byline) : readable;
  return trimmedTo(told, lengthOf(read) > 2 * lengthOf(readable) ? read : readable);
}

function articleBlocks(region: Node, byline: string | null): LooseBlock[] {
  const all = looseBlocksOf([region]);
  const chosen = looseBlocksOf([region], (element) => isSurrounding(element) && !isLong(element));
  // Where class names would take nearly all of the text away, they do not mean what they say.
  return withoutSurroundings(lengthOf(chosen) * 10 < lengthOf(all) ? all : chosen, byline);
}

/** Tells whether Readability took a corner of the page: it holds less than half of what the page tells, or a quarter of its long paragraphs (comments are paragraphs too). */
function isShort(blocks: readonly LooseBlock[], dom: Dom, told: string): boolean {
  const found = lengthOf(blocks);
  if (told) return found * 2 < told.length;
  const paragraphs = dom("p")
    .toArray()
    .map((element) => dom(element).text().length);
  return found * 4 < paragraphs.filter((length) => length >= LONG_PARAGRAPH).reduce((sum, length) => sum + length, 0);
}

function lengthOf(blocks: readonly LooseBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

function readableRegion(dom: Dom): Node | null {
  readers ??= { linkedom: load("linkedom"), readability: load("@mozilla/readability") };
  const { linkedom, readability } = readers;
  dom('[hidden][id^="S:"]').removeAttr("hidden");
  dom("script, style, template, noscript, iframe, svg").remove();
  const html = dom.html();
  if (html.length > LONGEST || hasMore("<", html, MOST_TAGS) || nestingOf(html, DEEPEST, "html") > DEEPEST)
    return plainRegion(dom);
  const { document } = linkedom.parseHTML(dom("html").length > 0 ? html : `<html><body>${html}</body></html>`);
  const serializer = (element: unknown) => (element as { innerHTML: string }).innerHTML;
  const options = { keepClasses: true, maxElemsToParse: MOST_ELEMENTS, disableJSONLD: true, serializer };
  const content = attempt(() => new readability.Readability(document, options).parse()?.content);
  return content ? (parseHtml(content).root()[0] ?? null) : null;
}

/** Where Readability finds nothing or too little: the longest element that calls itself the main part, else all. */
function plainRegion(dom: Dom): Node | null {
  const regions = dom("article, main, [role=main], #content, .content").toArray();
  const longest = regions.sort((a, b) => dom(b).text().length - dom(a).text().length)[0];
  return longest ?? dom("body")[0] ?? dom.root()[0] ?? null;
}

/** Readability is made for whole documents of browsers and throws on some remains of one; then it found nothing. */
function attempt<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}

function toldBody(facts: PageFacts): string {
  const bodies = facts.jsonLd.map((thing) => textAt(thing, "articleBody") ?? "");
  const longest = bodies.reduce((a, b) => (b.length > a.length ? b : a), "");
  return longest.length < SHORTEST_TOLD ? "" : bareLetters(longest.replace(/<[^<>]*>/g, " "));
}

/** Drops the blocks that the page's own `articleBody` does not hold, unless that loses a tenth of it. */
function trimmedTo(told: string, blocks: readonly LooseBlock[]): LooseBlock[] {
  if (!told) return [...blocks];
  const kept = blocks.filter((block) => told.includes(bareLetters(block.text)));
  const length = kept.reduce((sum, block) => sum + bareLetters(block.text).length, 0);
  return length >= told.length * 0.9 ? kept : [...blocks];
}

/** Tells whether an element holds more text than anything around an article does. */
function isLong(element: ElementNode): boolean {
  let left = LONGEST_SURROUNDING;
  const count = (node: Node): boolean => {
    if (node.type === "text") left -= node.data.length;
    else if (isElement(node) && node.name === "script") return false;
    return left <= 0 || childrenOf(node).some(count);
  };
  return count(element);
}
