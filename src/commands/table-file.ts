import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";

/** In which form rows are taken away. */
export const tableFormats = ["ndjson", "csv", "parquet"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** A column and its type, as Postgres names it. */
export type TableColumn = readonly [name: string, type: string];

/** A row by its columns, with values as JSON has them: instants as text, lists as arrays. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Something that takes rows. */
export type TableFile = {
  readonly write: (rows: readonly TableRow[]) => Promise<void>;
  /** Writes what is left; the file is whole then. */
  readonly close: () => Promise<void>;
};

/** Opens a file for rows. What stands there is written over. */
export async function openTableFile(
  path: string,
  format: TableFormat,
  columns: readonly TableColumn[],
): Promise<TableFile> {
  if (format === "parquet") return (await import("./parquet-file.ts")).openParquetFile(path, columns);
  const file = createWriteStream(path);
  const put = async (text: string) => {
    if (!file.write(text)) await once(file, "drain");
  };
  if (format === "csv") await put(headOfCsv(columns));
  return {
    write: (rows) => put(rows.map((row) => tableLine(row, format === "csv" ? columns : null)).join("")),
    close: async () => {
      file.end();
      await finished(file);
    },
  };
}

/** The byte order mark by which Excel knows UTF-8; without it, it takes hanzi for letters of Western Europe. */
export const EXCEL_MARK = "\uFEFF";

/** Writes the first line of a CSV, the names of its columns, behind the mark that Excel needs. */
export function headOfCsv(columns: readonly (readonly [name: string, ...unknown[]])[]): string {
  return EXCEL_MARK + asCsv([columns.map(([name]) => name)]);
}

/** Writes a row as a line of text: CSV of these columns, or JSON where there are none. Lists in CSV are joined by spaces. */
export function tableLine(row: TableRow, columns: readonly (readonly [name: string, ...unknown[]])[] | null): string {
  if (columns === null) return `${JSON.stringify(row)}\n`;
  return asCsv([columns.map(([name]) => (Array.isArray(row[name]) ? row[name].join(" ") : row[name]))]);
}

/** Writes rows as CSV. No cell is run as a formula by a spreadsheet: those that would be begin with an apostrophe. */
export function asCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], { escape_formulas: true, cast: { boolean: String } });
}
