import type { TableRow } from "./table-lines.ts";

/** A column of a table that people and programs take away: its name, how a row fills it, and its Postgres type where it is no text. */
export type FilledColumn<Row> = readonly [name: string, value: (row: Row) => Cell, type?: string];

type Cell = string | number | boolean | null | readonly string[];

/** Gives a row the shape in which it is taken away. */
export function filledRow<Row>(columns: readonly FilledColumn<Row>[], row: Row): TableRow {
  return Object.fromEntries(columns.map(([name, value]) => [name, value(row)]));
}
