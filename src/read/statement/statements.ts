import type { Article } from "../../domain/article.ts";
import type { Statement } from "../../domain/statement.ts";
import type { ReadHints } from "../hints.ts";
import { proseStatements } from "../prose/prose.ts";
import { transcriptStatements } from "../transcript/statements.ts";
import { readTranscript } from "../transcript/transcript.ts";
import type { Lexicon } from "./lexicon.ts";
import { viewArticle } from "./view.ts";

/**
 * Finds what an article says that somebody said: the turns of a transcript, or the attributions of prose.
 *
 * What an author claims in their own voice is not read: an op-ed gives the words it attributes to others, no more.
 */
export function readStatements(article: Article, hints: ReadHints, lexicon: Lexicon): Statement[] {
  const view = viewArticle(article, hints, lexicon);
  const transcript = readTranscript(view);
  return transcript ? transcriptStatements(view, transcript) : proseStatements(view);
}
