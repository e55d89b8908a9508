import { readFileSync } from "node:fs";
import { shipped } from "../paths.ts";

/** One line of a table of figures in docs/benchmarks.md. */
export type MeasuredFigure = {
  readonly name: string;
  readonly measured: string;
  /** How many cases it stands on; empty where that says nothing. */
  readonly of: string;
  /** What other programs reach. */
  readonly others: string;
  readonly target: string;
};

/** Figures with the line above them, which says when and on what machine they were measured. */
export type MeasuredFigures = { readonly heading: string; readonly figures: readonly MeasuredFigure[] };

/** Reads the figures of reading out of docs/benchmarks.md; null where they were never measured. */
export function readingFigures(page: string): MeasuredFigures | null {
  const block = /<!-- bench:reading -->\n([\s\S]*?)<!-- \/bench:reading -->/.exec(page)?.[1] ?? "";
  const [heading = "", ...lines] = block.split("\n").filter((line) => line.trim() !== "");
  // After the heads of the columns and the rule below them.
  const figures = lines.slice(2).map((line) => {
    const [name = "", measured = "", of = "", others = "", target = ""] = line.split("|").slice(1, -1).map(trimmed);
    return { name, measured, of, others, target };
  });
  return figures.length > 0 ? { heading, figures } : null;
}

function trimmed(cell: string): string {
  return cell.trim();
}

let shippedFigures: MeasuredFigures | null | undefined;

/** Gives the figures that this Parley was shipped with; null where its docs were left behind. */
export function measuredFigures(): MeasuredFigures | null {
  if (shippedFigures === undefined) shippedFigures = readingFigures(shippedPage());
  return shippedFigures;
}

function shippedPage(): string {
  try {
    return readFileSync(shipped("docs/benchmarks.md"), "utf8");
  } catch {
    return "";
  }
}
