import type { Hono } from "hono";
import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { everyPage } from "../../db/every-page.ts";
import { documentSearch, documentsOfPage } from "../../db/search/document-search.ts";
import { statementSearch, statementsOfPage } from "../../db/search/statement-search.ts";
import type { Query } from "../../domain/query/query.ts";
import { developmentColumns } from "../../present/development-columns.ts";
import { documentColumns, withExcerpt } from "../../present/document-columns.ts";
import { filledRow } from "../../present/filled-column.ts";
import { statementColumns } from "../../present/statement-columns.ts";
import { headOfCsv, type NamedColumns, type TableRow, tableLines } from "../../present/table-lines.ts";
import { askerOf } from "../http/access.ts";
import { answerParts } from "../http/answer-parts.ts";
import { answerBusy, answerProblem } from "../http/problem.ts";
import { createSlots } from "../http/slots.ts";
import { parametersOf, understandQuestion } from "../search.ts";

/** Most rows of a download: the newest. More than a person reads, and few enough for a spreadsheet. */
export const MOST_DOWNLOADED = 100_000;

/** Downloads that are made at a time, and of these those with the same token; without tokens, all of this machine. */
const MOST_DOWNLOADS = 4;
const MOST_OF_ONE = 3;

/** What downloads need; the numbers are ours unless told otherwise. */
export type DownloadOptions = {
  readonly db: Database;
  /** Says the day that stands in the names of files. */
  readonly now: () => Date;
  readonly report: (error: unknown) => void;
  readonly mostRows?: number;
  /** How long a reader may take nothing, in ms. */
  readonly idleMs?: number;
};

/** Adds the hits of any search as files, newest first: CSV, which spreadsheets open, and NDJSON (ndjson.org). */
export function addDownloads(
  app: Hono,
  { db, now, report, mostRows = MOST_DOWNLOADED, idleMs }: DownloadOptions,
): void {
  const slots = createSlots(MOST_DOWNLOADS, MOST_OF_ONE);
  app.get("/feeds/:name{(?:statements|developments|documents)\\.(?:csv|ndjson)}", async (c) => {
    const { query, mistakes } = await understandQuestion(db, parametersOf(new URL(c.req.url)));
    if (mistakes.length > 0) return answerProblem(c, 400, mistakes.map(({ message }) => message).join(" "), mistakes);
    const [noun, form] = c.req.param("name").split(".") as [Noun, "csv" | "ndjson"];
    const headers = {
      "Content-Type":
        form === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8",
      "Content-Disposition": `attachment; filename="parley-${noun}-${now().toISOString().slice(0, 10)}.${form}"`,
      "Parley-Most-Rows": String(mostRows),
    };
    // Nobody would read what is made.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, headers);
    const over = slots.take(askerOf(c));
    if (!over) return answerBusy(c, "Too many files are being made already.");
    const { columns, pages } = TAKEN[noun];
    const parts = linesOf(pages(db, query), form === "csv" ? columns : null, mostRows);
    return answerParts(c, parts, { headers, over, report, idleMs });
  });
}

type Noun = "statements" | "developments" | "documents";
type Taken = {
  readonly columns: NamedColumns;
  /** Gives the rows some at a time, newest first. */
  readonly pages: (db: Database, query: Query) => AsyncGenerator<readonly TableRow[]>;
};

/** Rows that are brought at a time; with each document comes the beginning of its text. */
const AT_ONCE = 500;
const DOCUMENTS_AT_ONCE = 40;

const TAKEN: Readonly<Record<Noun, Taken>> = {
  statements: {
    columns: statementColumns,
    pages: async function* (db, query) {
      const search = await statementSearch(db, query);
      const pages = everyPage((after) =>
        statementsOfPage(db, search, { limit: AT_ONCE, after, order: "newest" }, null),
      );
      for await (const rows of pages) yield rows.map((row) => filledRow(statementColumns, row));
    },
  },
  developments: {
    columns: developmentColumns,
    pages: async function* (db, query) {
      const pages = everyPage((after) => searchDevelopments(db, query, { limit: AT_ONCE, after }));
      for await (const rows of pages) yield rows.map((row) => filledRow(developmentColumns, row));
    },
  },
  documents: {
    columns: documentColumns,
    pages: async function* (db, query) {
      const search = await documentSearch(db, query);
      const pages = everyPage((after) =>
        documentsOfPage(db, search, { limit: DOCUMENTS_AT_ONCE, after, order: "newest" }, null),
      );
      for await (const rows of pages) yield rows.map((row) => filledRow(documentColumns, withExcerpt(query, row)));
    },
  },
};

/** Writes rows as CSV of these columns, or as JSON lines where there are none; the head comes with the first rows. */
async function* linesOf(
  pages: AsyncIterable<readonly TableRow[]>,
  columns: NamedColumns | null,
  mostRows: number,
): AsyncGenerator<string> {
  let head = columns === null ? "" : headOfCsv(columns);
  let left = mostRows;
  for await (const rows of pages) {
    const lines = head + tableLines(rows.slice(0, left), columns);
    if (lines !== "") yield lines;
    head = "";
    left -= rows.length;
    if (left <= 0) return;
  }
}
