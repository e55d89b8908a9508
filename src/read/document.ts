import type { Article } from "../domain/article.ts";
import { searchedLength } from "../domain/searched-part.ts";
import type { Statement } from "../domain/statement.ts";
import { readArticle } from "./article/article.ts";
import type { Opened } from "./container/opened.ts";
import type { ReadHints } from "./hints.ts";
import type { Lexicon } from "./statement/lexicon.ts";
import { readStatements } from "./statement/statements.ts";

/** An article and the statements in it. */
export type DocumentReading = { readonly article: Article; readonly statements: readonly Statement[] };

/**
 * Reads a page, text, PDF or mail whole (the last two opened): the article, and what it says that somebody said.
 *
 * The text is kept to its end, but statements are sought in its first 300,000 characters, 2,000 quotations and 6,000 lines; then
 * the problem `too-long` says so.
 */
export function readDocument(fetched: Opened, hints: ReadHints, lexicon: Lexicon): DocumentReading {
  const article = readArticle(fetched, hints);
  const end = searchedLength(article.text);
  if (end === article.text.length) return { article, statements: readStatements(article, hints, lexicon) };
  const part = {
    ...article,
    text: article.text.slice(0, end),
    blocks: article.blocks
      .filter(({ start }) => start < end)
      .map((block) => (block.end <= end ? block : { ...block, end })),
  };
  const problem = {
    code: "too-long",
    message: `The text has ${article.text.length} characters; statements and developments were sought in the first ${end}.`,
  };
  return {
    article: { ...article, problems: [...article.problems, problem] },
    statements: readStatements(part, hints, lexicon),
  };
}
