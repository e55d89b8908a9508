import type { Article, Block } from "../../domain/article.ts";
import type { Problem } from "../../domain/problem.ts";
import type { ReadHints } from "../hints.ts";
import { languageOf } from "../text/language.ts";
import { documentKind } from "./kind.ts";
import { pageLanguage } from "./language.ts";

/**
 * Reads a plain text: kept unchanged, one block per line that has words. Nothing in it is taken for metadata;
 * title and date come from the hints.
 */
export function textArticle(text: string, url: string, hints: ReadHints, problems: readonly Problem[]): Article {
  const { title } = hints;
  return {
    url,
    title,
    byline: null,
    publisher: null,
    kind: documentKind({ title, url, facts: null, hints }),
    lang: pageLanguage(hints.lang, null, text),
    publishedAt: hints.published,
    updatedAt: null,
    text,
    blocks: lineBlocks(text),
    problems: text.trim() ? problems : [...problems, { code: "no-text", message: `${url} holds no text.` }],
  };
}

/** Makes a block of every line that has words, without the white space around them. */
function lineBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  for (const match of text.matchAll(/[^\s](?:[^\n\r\u2028\u2029]*[^\s])?/g)) {
    blocks.push({
      start: match.index,
      end: match.index + match[0].length,
      kind: "paragraph",
      lang: languageOf(match[0]),
      bold: [],
    });
  }
  return blocks;
}
