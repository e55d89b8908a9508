import type { Language } from "../../domain/article.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import type { Statement } from "../../domain/statement.ts";
import { countedTags, statementKeys, statementTerms } from "../search/statement-index.ts";
import { storable } from "../storable.ts";

/**
 * The statements of one reading as one parameter of the statement that keeps them: this is done for every page that is read, and a
 * parameter for every column of every row takes longer to put together than to store. Plain text, so that it can be made in a
 * reading thread and handed over at no cost.
 */
export type WrittenStatements = { readonly json: string; readonly count: number };

/** Writes statements, with their lasting names and what they are searched by, in the order of the text. */
export function writeStatements(
  documentId: number,
  statements: readonly Statement[],
  lang: Language | null,
): WrittenStatements {
  const all = storable(statements);
  const keys = statementKeys(
    documentId,
    all.map(({ text }) => text),
  );
  const rows = all.map((statement, ordinal) => {
    const saidInstant = statement.saidAt ? earliestInstant(statement.saidAt).toISOString() : null;
    const ownLang = languageOf(statement.text) ?? lang;
    const actorIds = statement.actors.map(({ actorId }) => actorId);
    const topicIds = statement.topics.map(({ id }) => id);
    const tagged = { ...statement, lang: ownLang, saidInstant, actorIds, topicIds };
    return {
      ...statement,
      ordinal,
      words: statement.text,
      said_instant: saidInstant,
      lang: ownLang,
      key: keys[ordinal],
      counted: countedTags(tagged),
      terms: statementTerms(tagged),
    };
  });
  return { json: JSON.stringify(rows), count: rows.length };
}

function languageOf(words: string): Language | null {
  const hanzi = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (hanzi === 0 && letters === 0) return null;
  // A hanzi carries about as much as three letters.
  return hanzi * 3 > letters ? "zh" : "en";
}
