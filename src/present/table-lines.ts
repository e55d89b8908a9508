import { stringify } from "csv-stringify/sync";

/** A row by its columns, with values as JSON has them: instants as text, lists as arrays. */
export type TableRow = Readonly<Record<string, unknown>>;

/** The columns of a table, each by its name and whatever else is known of it. */
export type NamedColumns = readonly (readonly [name: string, ...unknown[]])[];

/** The byte order mark by which Excel knows UTF-8; without it, it takes hanzi for letters of Western Europe. */
export const EXCEL_MARK = "\uFEFF";

/** Writes the first line of a CSV, the names of its columns, behind the mark that Excel needs. */
export function headOfCsv(columns: NamedColumns): string {
  return EXCEL_MARK + asCsv([columns.map(([name]) => name)]);
}

/** Writes rows as lines of text: CSV of these columns, or JSON where there are none. Lists in CSV are joined by spaces. */
export function tableLines(rows: readonly TableRow[], columns: NamedColumns | null): string {
  if (columns === null) return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return asCsv(
    rows.map((row) =>
      columns.map(([name]) => {
        const cell = row[name];
        return Array.isArray(cell) ? cell.join(" ") : cell;
      }),
    ),
  );
}

/** Writes rows as CSV. No cell is run as a formula by a spreadsheet: those that would be begin with an apostrophe. */
function asCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], { escape_formulas: true, cast: { boolean: String } });
}
