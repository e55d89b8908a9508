import type { Article } from "../domain/article.ts";
import type { Statement } from "../domain/statement.ts";
import { readArticle } from "./article/article.ts";
import type { Opened } from "./container/opened.ts";
import type { ReadHints } from "./hints.ts";
import type { Lexicon } from "./statement/lexicon.ts";
import { readStatements } from "./statement/statements.ts";

/** An article and the statements in it. */
export type DocumentReading = { readonly article: Article; readonly statements: readonly Statement[] };

/**
 * Statements are looked for in so many UTF-16 units: a report of 120 pages. The text of a longer document is kept whole; more of
 * it would cost seconds, and what attacks a reader is long.
 */
const LONGEST_SEARCHED = 300_000;

/** Reads a page, text, PDF or mail whole (the last two opened): the article, and what it says that somebody said. */
export function readDocument(fetched: Opened, hints: ReadHints, lexicon: Lexicon): DocumentReading {
  const article = readArticle(fetched, hints);
  const { text, blocks, problems } = article;
  if (text.length <= LONGEST_SEARCHED) return { article, statements: readStatements(article, hints, lexicon) };
  // A paragraph that the limit cuts is left out; a text without paragraphs is cut.
  const inside = blocks.filter(({ end }) => end <= LONGEST_SEARCHED);
  const searched = { ...article, text: text.slice(0, inside.at(-1)?.end ?? LONGEST_SEARCHED), blocks: inside };
  const message = `The text has ${text.length} characters; statements were read in the first ${searched.text.length}.`;
  return {
    article: { ...article, problems: [...problems, { code: "too-long", message }] },
    statements: readStatements(searched, hints, lexicon),
  };
}
