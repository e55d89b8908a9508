import type { SchemaElement } from "hyparquet";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import type { TableRow } from "../present/table-lines.ts";
import type { TableColumn, TableFile } from "./table-file.ts";

/** How a type of Postgres stands in Parquet, and how its values are written. `real` is a double, so that 0.9 stays 0.9. */
const PLAIN: Readonly<
  Record<string, { readonly element: Partial<SchemaElement>; readonly value: (json: unknown) => unknown }>
> = {
  bigint: { element: { type: "INT64" }, value: (json) => BigInt(json as number) },
  integer: { element: { type: "INT32" }, value: (json) => json },
  real: { element: { type: "DOUBLE" }, value: (json) => json },
  boolean: { element: { type: "BOOLEAN" }, value: (json) => json },
  text: { element: { type: "BYTE_ARRAY", converted_type: "UTF8" }, value: (json) => json },
  "timestamp with time zone": {
    element: { type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } },
    value: (json) => microsOf(json as string),
  },
};

/** Rows of one row group. */
const GROUP = 50_000;

/**
 * Opens a Parquet file (parquet.apache.org) with one column for each given, Snappy-compressed. Values of every column may be null;
 * `text[]` is a list of texts.
 *
 * @throws {Error} On a type that is none of ours: a mistake of the program.
 */
export async function openParquetFile(path: string, columns: readonly TableColumn[]): Promise<TableFile> {
  const file = fileWriter(path);
  const schema: SchemaElement[] = [{ name: "root", num_children: columns.length }, ...columns.flatMap(elementsOf)];
  const writer = new ParquetWriter({ writer: file, schema, createdBy: "Parley" });
  let waiting: TableRow[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    const columnData = columns.map(([name, type]) => ({
      name,
      data: rows.map((row) => parquetValue(type, row[name] ?? null)),
    }));
    await writer.write({ columnData, rowGroupSize: GROUP });
  };
  return {
    write: async (rows) => {
      waiting.push(...rows);
      if (waiting.length >= GROUP) await flush();
    },
    close: async () => {
      await flush();
      await writer.finish();
    },
  };
}

function elementsOf([name, type]: TableColumn): SchemaElement[] {
  const list = type.endsWith("[]");
  const plain = PLAIN[list ? type.slice(0, -2) : type];
  if (!plain) throw new Error(`no Parquet type for ${type}`);
  const leaf = { ...plain.element, repetition_type: "OPTIONAL" as const };
  if (!list) return [{ name, ...leaf }];
  return [
    { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST", logical_type: { type: "LIST" } },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...leaf },
  ];
}

function parquetValue(type: string, json: unknown): unknown {
  if (json === null) return null;
  if (type.endsWith("[]")) return (json as readonly unknown[]).map((one) => parquetValue(type.slice(0, -2), one));
  return PLAIN[type]?.value(json);
}

/** Reads an instant as Postgres writes it in JSON, to the microsecond; `Date` knows milliseconds only. */
function microsOf(text: string): bigint {
  const digits = /\.(\d+)/.exec(text)?.[1] ?? "";
  return BigInt(Date.parse(text.replace(/\.\d+/, ""))) * 1_000n + BigInt(digits.padEnd(6, "0").slice(0, 6));
}
