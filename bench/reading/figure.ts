/** One measured figure, with what others reached on the same or like input. */
export type Figure = {
  readonly measure: string;
  readonly value: string;
  /** What it was counted over. */
  readonly count: number;
  readonly reference: string;
  /** Target and whether it is met; null where there is none. */
  readonly target: { readonly text: string; readonly met: boolean } | null;
};

/** Makes a figure; `reach` is its target in the same unit, met from there up (or down, for what should be small). */
export function figure(
  measure: string,
  value: string,
  count: number,
  more: {
    readonly reference?: string;
    readonly reach?: number;
    readonly most?: number;
    readonly measured?: number;
  } = {},
): Figure {
  const measured = more.measured ?? Number.parseFloat(value);
  const target =
    more.reach !== undefined
      ? { text: `≥ ${more.reach}`, met: measured >= more.reach }
      : more.most !== undefined
        ? { text: `≤ ${more.most}`, met: measured <= more.most }
        : null;
  return { measure, value, count, reference: more.reference ?? "", target };
}

/** Prints figures as a Markdown table. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ measure, value, count, reference, target }) => [
    ...[measure, value, String(count), reference],
    target ? target.text : "",
    target ? (target.met ? "met" : "**missed**") : "",
  ]);
  const all = [["measure", "measured", "of", "others and the prototype", "target", "verdict"], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [head = [], ...rest] = all;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rest.map(line)].join("\n");
}
