import type { Article } from "../domain/article.ts";
import type { Statement } from "../domain/statement.ts";
import { readArticle } from "./article/article.ts";
import type { Opened } from "./container/opened.ts";
import type { ReadHints } from "./hints.ts";
import type { Lexicon } from "./statement/lexicon.ts";
import { readStatements } from "./statement/statements.ts";

/** An article and the statements in it. */
export type DocumentReading = { readonly article: Article; readonly statements: readonly Statement[] };

/** Reads a page, text, PDF or mail whole (the last two opened): the article, and what it says that somebody said. */
export function readDocument(fetched: Opened, hints: ReadHints, lexicon: Lexicon): DocumentReading {
  const article = readArticle(fetched, hints);
  return { article, statements: readStatements(article, hints, lexicon) };
}
