import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { type FilledColumn, filledRow } from "../present/filled-column.ts";
import { EXCEL_MARK, headOfCsv, tableLines } from "../present/table-lines.ts";

/** How rows are shown. */
export type Format = "table" | "json" | "csv";

/** A column: its heading and how a row fills it. */
export type Column<T> = {
  readonly name: string;
  readonly value: (row: T) => string | number | null;
  readonly width?: number;
};

/** Chooses a form where none was asked for: a table on a terminal, JSON lines in a pipe. */
export function chooseFormat(asked: string | undefined): Format {
  if (asked === "table" || asked === "json" || asked === "csv") return asked;
  return process.stdout.isTTY ? "table" : "json";
}

/** Writes rows to standard output as a table, as one JSON object a line, or as CSV that no spreadsheet runs. */
export function printRows<T>(rows: readonly T[], columns: readonly Column<T>[], format: Format): void {
  if (format === "json") for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  else if (format === "csv") process.stdout.write(asCsv(rows, columns));
  else process.stdout.write(`${asTable(rows, columns)}\n`);
}

/** Writes rows to standard output as CSV with the columns of what is taken away. */
export function printTaken<T>(rows: readonly T[], columns: readonly FilledColumn<T>[]): void {
  const lines = rows.map((row) => filledRow(columns, row));
  process.stdout.write(headOfCsv(columns) + tableLines(lines, columns));
}

/** Writes one thing whole to standard output, as JSON that people can read too. */
export function printOne(thing: object): void {
  process.stdout.write(`${JSON.stringify(thing, null, 2)}\n`);
}

function asCsv<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => value(row) ?? ""));
  return EXCEL_MARK + stringify([columns.map(({ name }) => name), ...cells], { escape_formulas: true });
}

/** Narrower words cannot be read: columns that leave them no more are left out, the last first. */
const NARROWEST = 24;

/** Chooses the columns that fit into so many characters; JSON and CSV have all of them. Columns without a width, and the first, always stay. */
export function columnsThatFit<T>(columns: readonly Column<T>[], total: number): readonly Column<T>[] {
  const fixed = columns.reduce((sum, { width }) => sum + (width ?? 0) + 2, 0);
  const flexible = columns.filter(({ width }) => width === undefined).length;
  if (flexible === 0 || total - fixed >= NARROWEST * flexible) return columns;
  const last = columns.findLastIndex(({ width }) => width !== undefined);
  return last < 1 ? columns : columnsThatFit(columns.toSpliced(last, 1), total);
}

function asTable<T>(rows: readonly T[], all: readonly Column<T>[]): string {
  const total = Math.max(60, process.stdout.columns ?? 120);
  const columns = columnsThatFit(all, total);
  const fixed = columns.reduce((sum, { width }) => sum + (width ?? 0) + 2, 0);
  const flexible = columns.filter(({ width }) => width === undefined).length;
  const share = Math.max(16, Math.floor((total - fixed) / Math.max(1, flexible)));
  const table = new Table({
    head: columns.map(({ name }) => name),
    colWidths: columns.map(({ width }) => width ?? share),
    wordWrap: true,
    chars: plainBorders,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  for (const row of rows) table.push(columns.map(({ value }) => String(value(row) ?? "").replace(/\s+/g, " ")));
  return table.toString();
}

const plainBorders = {
  ...{
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
  },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "" },
};

/** Says something to the person, on standard error, so that piped output stays clean. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
