import type { Source } from "../../catalogue/source.ts";
import type { Problem } from "../../domain/problem.ts";
import { type Dom, type ElementNode, isElement, type MarkupElement } from "../text/dom.ts";
import { type LooseBlock, looseBlocksOf } from "./blocks.ts";
import { generalBody } from "./body-general.ts";
import { namedAt, type PageFacts } from "./facts.ts";

/**
 * Containers that only one family of sites has, so that they may be trusted on any page: the content systems of Chinese
 * ministries (TRS), the State Department and White House, UN press, Xinhua, China Daily.
 */
const KNOWN: readonly string[] = [
  '[class*="TRS_UEDITOR"]',
  "#News_Body_Txt_A",
  ".TRS_Editor",
  ".textlive",
  ".art-con",
  "#News_Body_Txt",
  ".field--name-body",
  "section.body-content",
  "#p-detail",
  ".main-aticle",
  "#detail .article, #detail",
];

/** Containers whose names others use too: taken only where the page shows the site they belong to. */
const KNOWN_WITH: readonly (readonly [string, string])[] = [
  [".content_text", ".news_header_title, .xltime"],
  ["#Content", "#lft-art, .info_l"],
  [".entry-content", ".article-meta__publish-date, .wp-block-whitehouse-topper, .featured-content__headline"],
  [".news_content, .article-content, .main-content", 'meta[name="ArticleTitle" i]'],
];

/** Parts of known layouts that are not the text: the index of a briefing, the editor's note, author boxes, related links. */
const KNOWN_DROP = /(?:^|\s)(?:wp-block-summary-article-index|news-foot|links|related-content|authors)(?:\s|$)/;

/** A known container must hold so much, or it is an empty shell. */
const SHORTEST_BODY = 20;

/**
 * Finds the blocks of a page's body: by the catalogue's selectors, else by the containers of known layouts, else by the
 * general reader. A catalogue selector that matches nothing is the problem `layout-changed`; the general reader then reads.
 */
export function bodyBlocks(
  dom: Dom,
  facts: PageFacts,
  source: Source | null,
  byline: string | null,
  problems: Problem[],
): LooseBlock[] {
  const document = source?.document;
  const dropped: ReadonlySet<unknown> = new Set(
    document?.drop.length ? elementsAt(dom, document.drop.join(", "), problems) : [],
  );
  const isDropped = (element: MarkupElement) =>
    dropped.has(element) || KNOWN_DROP.test(element.attribs.class ?? "") || element.attribs.id === "div_currpage";
  const blocksAt = (selector: string) => {
    const blocks = outermost(elementsAt(dom, selector, problems)).flatMap((element) =>
      looseBlocksOf([element], isDropped),
    );
    return blocks.reduce((sum, block) => sum + block.text.length, 0) >= SHORTEST_BODY ? blocks : [];
  };
  for (const selector of document?.body ?? []) {
    const blocks = blocksAt(selector);
    if (blocks.length > 0) return blocks;
  }
  if (document && document.body.length > 0) {
    problems.push({
      code: "layout-changed",
      message: `None of the body selectors of ${source.id} matches; the general reader was used. Look at the page and mend the source.`,
    });
  }
  const bracketed = betweenMarks(dom);
  if (bracketed.length > 0) return bracketed;
  for (const selector of namedAt(dom, facts, KNOWN.join(", ")).length > 0 ? KNOWN : []) {
    const blocks = blocksAt(selector);
    if (blocks.length > 0) return blocks;
  }
  for (const [selector, sign] of KNOWN_WITH) {
    const blocks = namedAt(dom, facts, selector).length > 0 && dom(sign).length > 0 ? blocksAt(selector) : [];
    if (blocks.length > 0) return blocks;
  }
  return generalBody(dom, facts, byline);
}

function elementsAt(dom: Dom, selector: string, problems: Problem[]): ElementNode[] {
  try {
    return dom(selector).toArray().filter(isElement);
  } catch {
    problems.push({ code: "bad-selector", message: `“${selector}” is no CSS selector; mend it in the source.` });
    return [];
  }
}

/** Leaves out elements that stand inside another of the list, so that no text is read twice. */
function outermost(elements: readonly ElementNode[]): ElementNode[] {
  const all = new Set<unknown>(elements);
  return elements.filter((element) => {
    for (
      let outer: { parent: unknown } | null = element.parent;
      outer;
      outer = outer.parent as { parent: unknown } | null
    )
      if (all.has(outer)) return false;
    return true;
  });
}

/** Old pages of Chinese ministries bracket the body with `<meta name="TRSWCM.ContStart">` and `…ContEnd`. */
function betweenMarks(dom: Dom): LooseBlock[] {
  const start = dom('meta[name="TRSWCM.ContStart"]').first();
  const between = start.nextUntil('meta[name="TRSWCM.ContEnd"]').toArray();
  return start.length > 0 ? between.flatMap((element) => looseBlocksOf([element])) : [];
}
