import type { StatementRow } from "../db/archive/statement-rows.ts";
import type { Database } from "../db/client.ts";
import { searchDocuments } from "../db/search/document-search.ts";
import { filtersInstead } from "../db/search/filters-instead.ts";
import { unknownNames } from "../db/search/query-names.ts";
import { spellingInstead } from "../db/search/spelling-instead.ts";
import { searchStatements } from "../db/search/statement-search.ts";
import { documentName } from "../domain/document-name.ts";
import { Failure } from "../domain/failure.ts";
import { type QuestionMistake, type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import { pointAt } from "../domain/query/mistake.ts";
import type { Query } from "../domain/query/query.ts";
import { showingGaps } from "../domain/span.ts";
import { documentColumns, withExcerpt } from "../present/document-columns.ts";
import { turnedAside } from "../present/turned.ts";
import { withArchive } from "./context.ts";
import { columnsOfFound, foundDocument } from "./found-document.ts";
import { chooseFormat, type Format, printRows, printTaken, say } from "./output.ts";

type SearchOptions = Omit<QuestionParameters, "q"> & {
  readonly documents?: boolean;
  readonly order?: string;
  readonly limit: string;
  readonly format?: string;
};

/** Prints the statements, or the documents, that meet a question, the latest first. */
export async function searchCommand(
  words: readonly string[],
  { limit, format, order, documents = false, ...filters }: SearchOptions,
): Promise<void> {
  const line = lineOf(words);
  const question = readQuestion({ q: line, ...filters });
  refuse(line, question.mistakes);
  rowLimit(limit);
  await withArchive(async ({ db }) => {
    refuse(line, await unknownNames(db, question.mentions));
    const wanted = {
      ...{ limit: rowLimit(limit), after: null },
      order: order === "relevance" ? ("relevance" as const) : ("newest" as const),
    };
    const print = documents ? printDocuments : printStatements;
    const { count, next } = await print(db, question.query, wanted, chooseFormat(format));
    const noun = documents ? "document" : "statement";
    if (count === 0) say(`No ${noun} meets this. parley sources and the page /sources say what is watched.`);
    if (count === 0 && !documents) await sayWhatWasMeant(db, { q: line, ...filters });
    if (next) say(`There are more; --limit ${rowLimit(limit) * 2} shows them.`);
  });
}

async function sayWhatWasMeant(db: Database, asked: QuestionParameters): Promise<void> {
  const spelt = await spellingInstead(db, asked);
  if (spelt) say(meantBy(`“${spelt.words}”`, spelt));
  for (const { field, label, ...one } of await filtersInstead(db, asked))
    say(meantBy(field === "topic" ? `the topic “${label}”` : label, one));
}

type Meant = { readonly q: string; readonly statements: number; readonly isMore?: boolean };

function meantBy(meant: string, { q, statements, isMore = false }: Meant): string {
  const found = statements === 1 ? "1 statement" : `${isMore ? "more than " : ""}${statements} statements`;
  return `Did you mean ${meant}? With the question '${q.replaceAll("'", "'\\''")}' this finds ${found}.`;
}

/** What is asked for: the first page, in either order. */
type Wanted = Parameters<typeof searchStatements>[2];

async function printStatements(db: Database, query: Query, wanted: Wanted, format: Format) {
  const { rows, next } = await searchStatements(db, query, wanted);
  if (format === "json") printRows(rows.map(asJson), [], format);
  else printRows(rows, format === "csv" ? csvColumns : columns, format);
  return { count: rows.length, next };
}

async function printDocuments(db: Database, query: Query, wanted: Wanted, format: Format) {
  const { rows, next } = await searchDocuments(db, query, wanted);
  if (format === "csv")
    printTaken(
      rows.map((row) => withExcerpt(query, row)),
      documentColumns,
    );
  else
    printRows(
      rows.map((row) => foundDocument(query, row)),
      columnsOfFound,
      format,
    );
  return { count: rows.length, next };
}

/**
 * Ends a command whose question cannot be understood, with each mistake under its place in the line.
 *
 * @throws {Failure} `bad-input` when there are mistakes.
 */
export function refuse(line: string, mistakes: readonly QuestionMistake[]): void {
  if (mistakes.length === 0) return;
  const says = mistakes.map((mistake) => {
    if (mistake.parameter === "q") return pointAt(line, mistake);
    const { parameter, message } = mistake;
    return message.startsWith(`${parameter} is`) ? `--${message}` : `--${parameter}: ${message}`;
  });
  throw new Failure("bad-input", says.join("\n"));
}

/** Reads `--limit`. */
export function rowLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new Failure("bad-input", `--limit ${text}: expected 1 to 10000.`);
  return limit;
}

/**
 * Gives the question that stands on a command line: one argument is the question itself; among several, one with spaces is a phrase
 * that the shell has unwrapped from its quotation marks. A space before an argument says nothing; see negated-terms.ts.
 */
export function lineOf(words: readonly string[]): string {
  const [first = "", ...others] = words.map((word) => word.trimStart());
  if (others.length === 0) return first;
  return [first, ...others].map(asPhrase).join(" ");
}

function asPhrase(word: string): string {
  return /\s/.test(word) && !/["“”「」:()]/.test(word) ? word.replace(/^(-?)(.*)$/s, '$1"$2"') : word;
}

const columns = [
  { name: "said", value: ({ saidAt }: StatementRow) => saidAt?.value.slice(0, 10) ?? "", width: 12 },
  { name: "speaker", value: (row: StatementRow) => row.actors[0]?.name ?? row.speaker?.text ?? "unknown", width: 26 },
  { name: "words", value: (row: StatementRow) => `${shownWords(row)}${turnedAside(row.polarity)}` },
  { name: "topics", value: ({ topics }: StatementRow) => topics.map(({ id }) => id).join(" "), width: 30 },
  { name: "document", value: ({ document }: StatementRow) => documentName(document), width: 36 },
];

function shownWords({ words, content }: StatementRow): string {
  return showingGaps(words, content);
}

/** A program reads whether the words were said in a column of its own. */
const csvColumns = [
  ...columns.map((column) => (column.name === "words" ? { ...column, value: shownWords } : column)),
  { name: "act", value: ({ act }: StatementRow) => act },
  { name: "polarity", value: ({ polarity }: StatementRow) => polarity },
];

function asJson({
  id,
  words,
  content,
  kind,
  act,
  polarity,
  speaker,
  actors,
  topics,
  saidAt,
  confidence,
  fidelity,
  lang,
  document,
}: StatementRow) {
  return {
    ...{ id, words: showingGaps(words, content), kind, act, polarity, saidAt, confidence, fidelity, lang },
    speaker: speaker?.text ?? null,
    actorIds: actors.map((actor) => actor.id),
    topics: topics.map((topic) => topic.id),
    document: {
      ...{ id: document.id, title: document.title, url: document.url, origin: document.origin },
      publishedAt: document.publishedAt,
    },
  };
}
