import type { Article } from "../domain/article.ts";
import type { Fetched } from "../domain/fetched.ts";
import type { Statement } from "../domain/statement.ts";
import { readArticle } from "./article.ts";
import type { ReadHints } from "./hints.ts";
import type { Lexicon } from "./lexicon.ts";
import { readStatements } from "./statements.ts";

/** Reads a page, text or message whole: the article, and what it says that somebody said. */
export function readDocument(
  fetched: Fetched,
  hints: ReadHints,
  lexicon: Lexicon,
): { readonly article: Article; readonly statements: readonly Statement[] } {
  const article = readArticle(fetched, hints);
  return { article, statements: readStatements(article, hints, lexicon) };
}
