import { createRequire } from "node:module";
import { type LooseBlock, looseBlocksOf } from "./blocks.ts";
import { isSurrounding, LONGEST_SURROUNDING } from "./boilerplate.ts";
import { childrenOf, type Dom, type ElementNode, isElement, type Node, parseHtml } from "./dom.ts";
import { textAt } from "./json-value.ts";
import type { PageFacts } from "./page-facts.ts";
import { bareLetters } from "./plain-text.ts";

/** Loaded when the first page needs it: linkedom takes 120 ms to load, and most pages of known sources never do. */
const load = createRequire(import.meta.url);
type Readers = {
  readonly linkedom: typeof import("linkedom");
  readonly readability: typeof import("@mozilla/readability");
};
let readers: Readers | null = null;

/** JSON-LD bodies shorter than this are teasers. */
const SHORTEST_TOLD = 300;

/**
 * Finds the body of a page whose layout nobody described.
 *
 * Readability (the reader view of Firefox) finds the region; our own serialiser reads its blocks; elements whose class
 * names them as caption, related links or the like are left out; and where the page gives its `articleBody` in JSON-LD,
 * blocks that do not stand in it are dropped, provided that what is left covers it.
 */
export function generalBody(dom: Dom, facts: PageFacts): LooseBlock[] {
  const region = readableRegion(dom);
  if (region === null) return [];
  const blocks = looseBlocksOf([region], (element) => isSurrounding(element) && !isLong(element));
  return trimmedTo(toldBody(facts), blocks);
}

function readableRegion(dom: Dom): Node | null {
  readers ??= { linkedom: load("linkedom"), readability: load("@mozilla/readability") };
  dom("script, style, template, noscript, iframe, svg").remove();
  const { document } = readers.linkedom.parseHTML(dom.html());
  const found = new readers.readability.Readability(document, {
    keepClasses: true,
    disableJSONLD: true,
    serializer: (element) => (element as { innerHTML: string }).innerHTML,
  }).parse();
  return found?.content ? (parseHtml(String(found.content)).root()[0] ?? null) : null;
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
