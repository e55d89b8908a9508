import type { Article } from "../../domain/article.ts";
import type { Statement } from "../../domain/statement.ts";
import type { ReadHints } from "../hints.ts";
import { authorClaims } from "../prose/claims.ts";
import { proseStatements } from "../prose/prose.ts";
import { askedSpans } from "../transcript/asked.ts";
import { transcriptStatements } from "../transcript/statements.ts";
import { readTranscript } from "../transcript/transcript.ts";
import type { Lexicon } from "./lexicon.ts";
import { viewArticle } from "./view.ts";

/**
 * Finds what an article says that somebody said: the turns of a transcript, or the attributions of prose.
 * Of op-eds and interviews also what their author or whoever was interviewed claims in their own voice.
 */
export function readStatements(article: Article, hints: ReadHints, lexicon: Lexicon): Statement[] {
  const view = viewArticle(article, hints, lexicon);
  const transcript = readTranscript(view);
  if (transcript) return transcriptStatements(view, transcript);
  const asked = askedSpans(view);
  const said = proseStatements(view, asked);
  return [...said, ...authorClaims(view, said, asked)];
}
