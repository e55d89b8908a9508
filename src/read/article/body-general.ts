import { createRequire } from "node:module";
import {
  childrenOf,
  type Dom,
  type ElementNode,
  isElement,
  isMarkupElement,
  type Markup,
  type MarkupElement,
  type Node,
  WORDLESS,
} from "../text/dom.ts";
import { textAt } from "../text/json-value.ts";
import { bareLetters } from "../text/plain-text.ts";
import { withoutSurroundings } from "./block-surroundings.ts";
import { type LooseBlock, looseBlocksOf } from "./blocks.ts";
import { isSurrounding, LONGEST_SURROUNDING } from "./boilerplate.ts";
import type { PageFacts } from "./facts.ts";
import { readableDocument } from "./readable-document.ts";

/** Loaded when the first page needs it: most pages of known sources never do. */
const load = createRequire(import.meta.url);
let readability: typeof import("@mozilla/readability") | null = null;

/** What Readability may be given: it takes seconds for larger pages, and more than linear time for deep ones. */
const LONGEST_TEXT = 1_000_000;
const DEEPEST = 100;
const MOST_ELEMENTS = 15_000;

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

function articleBlocks(region: Markup, byline: string | null): LooseBlock[] {
  const all = looseBlocksOf([region]);
  const chosen = looseBlocksOf([region], (element) => isSurrounding(element) && !isLong(element));
  // Where class names would take nearly all of the text away, they do not mean what they say.
  return withoutSurroundings(lengthOf(chosen) * 10 < lengthOf(all) ? all : chosen, byline);
}

/** Tells whether Readability took a corner of the page: it holds less than half of what the page tells, or a quarter of its long paragraphs (comments are paragraphs too). */
function isShort(blocks: readonly LooseBlock[], dom: Dom, told: string): boolean {
  const found = lengthOf(blocks);
  if (told) return found * 2 < told.length;
  const paragraphs = elementsIn(dom, ({ name }) => name === "p").map(lengthOfText);
  return found * 4 < paragraphs.filter((length) => length >= LONG_PARAGRAPH).reduce((sum, length) => sum + length, 0);
}

function lengthOf(blocks: readonly LooseBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

function readableRegion(dom: Dom): Markup | null {
  const { document, elements, depth, textLength } = readableDocument(dom.root().toArray());
  if (elements > MOST_ELEMENTS || depth > DEEPEST || textLength > LONGEST_TEXT) return plainRegion(dom);
  readability ??= load("@mozilla/readability") as typeof import("@mozilla/readability");
  const { Readability } = readability;
  const serializer = (region: unknown) => region as Markup;
  return attempt(
    () => new Readability(document, { keepClasses: true, disableJSONLD: true, serializer }).parse()?.content ?? null,
  );
}

/** Where Readability finds nothing or too little: the longest element that calls itself the main part, else all. */
function plainRegion(dom: Dom): Markup | null {
  const regions = elementsIn(dom, isMainPart);
  const longest = regions.sort((a, b) => lengthOfText(b) - lengthOfText(a))[0];
  return longest ?? elementsIn(dom, ({ name }) => name === "body")[0] ?? dom.root()[0] ?? null;
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

/** The longest element that may call itself the main part of its page. */
function isMainPart({ name, attribs }: ElementNode): boolean {
  return (
    name === "article" ||
    name === "main" ||
    attribs.role === "main" ||
    attribs.id === "content" ||
    /(?:^|\s)content(?:\s|$)/.test(attribs.class ?? "")
  );
}

/** Gives the elements of a page that pass a test, in its order; none of what holds no words. */
function elementsIn(dom: Dom, test: (element: ElementNode) => boolean): ElementNode[] {
  const found: ElementNode[] = [];
  const visit = (node: Node) => {
    if (isElement(node)) {
      if (WORDLESS.has(node.name)) return;
      if (test(node)) found.push(node);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const root of dom.root().toArray()) visit(root);
  return found;
}

function lengthOfText(node: Node): number {
  if (node.type === "text") return node.data.length;
  if (isElement(node) && WORDLESS.has(node.name)) return 0;
  return childrenOf(node).reduce((sum, child) => sum + lengthOfText(child), 0);
}

/** Tells whether an element holds more text than anything around an article does. */
function isLong(element: MarkupElement): boolean {
  let left = LONGEST_SURROUNDING;
  const count = (node: Markup): boolean => {
    if (node.type === "text") left -= (node.data ?? "").length;
    else if (isMarkupElement(node) && WORDLESS.has(node.name)) return false;
    return left <= 0 || (node.childNodes ?? []).some(count);
  };
  return count(element);
}
