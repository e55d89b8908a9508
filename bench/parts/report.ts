import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";

/** One line of the report. */
export type Row = {
  readonly name: string;
  readonly value: string;
  readonly target: string;
  /** Null where there is no target. */
  readonly met: boolean | null;
  readonly load: number | null;
};

/** Prints rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, target, met, load }) => [
    ...[name, value, target],
    met === null ? "" : met ? "met" : "**missed**",
    load === null ? "" : load.toFixed(1),
  ]);
  const all = [["figure", "measured", "target", "verdict", "load before"], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [head = [], ...rest] = all;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rest.map(line)].join("\n");
}

/** Describes the machine in one line. */
export function machine(postgresVersion: string): string {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  const gb = Math.round(totalmem() / 1024 ** 3);
  return `${availableParallelism()} cores (${model}), ${gb} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, Postgres ${postgresVersion}`;
}

/**
 * Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->` in a file.
 *
 * @throws Error when the file has no such markers.
 */
export async function writeBetweenMarkers(file: URL, name: string, text: string): Promise<void> {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = await readFile(file, "utf8");
  const [start, end] = [page.indexOf(open), page.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`${file.pathname} has no place between ${open} and ${close}.`);
  await writeFile(file, `${page.slice(0, start + open.length)}\n${text}\n${page.slice(end)}`);
}
