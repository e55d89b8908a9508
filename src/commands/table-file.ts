import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { headOfCsv, type TableRow, tableLines } from "../present/table-lines.ts";

/** In which form rows are taken away. */
export const tableFormats = ["ndjson", "csv", "parquet"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** A column and its type, as Postgres names it. */
export type TableColumn = readonly [name: string, type: string];

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
    write: (rows) => put(tableLines(rows, format === "csv" ? columns : null)),
    close: async () => {
      file.end();
      await finished(file);
    },
  };
}
