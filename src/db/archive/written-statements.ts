import type { Language } from "../../domain/article.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import type { Statement } from "../../domain/statement.ts";
import { countedTags, statementKeys, statementTerms } from "../search/statement-index.ts";
import { isStorableJson, storable } from "../storable.ts";

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
  const written = write(documentId, statements, lang);
  return isStorableJson(written.json) ? written : write(documentId, storable(statements), lang);
}

function write(documentId: number, statements: readonly Statement[], lang: Language | null): WrittenStatements {
  const keys = statementKeys(
    documentId,
    statements.map(({ text }) => text),
  );
  const rows = statements.map((statement, ordinal) => {
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
  const hanzi = countOf(HANZI, words);
  const letters = countOf(LATIN, words);
  if (hanzi === 0 && letters === 0) return null;
  // A hanzi carries about as much as three letters.
  return hanzi * 3 > letters ? "zh" : "en";
}

const HANZI = /\p{Script=Han}+/gu;
const LATIN = /\p{Script=Latin}+/gu;

/** Counts the characters in runs of a kind: far fewer matches than one a character. */
function countOf(runs: RegExp, words: string): number {
  return words.match(runs)?.reduce((sum, { length }) => sum + length, 0) ?? 0;
}
