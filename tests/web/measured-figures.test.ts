import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shipped } from "../../src/paths.ts";
import { measuredFigures, readingFigures } from "../../src/web/measured-figures.ts";

test("the figures of reading are those of docs/benchmarks.md, line by line", () => {
  const page = readFileSync(shipped("docs/benchmarks.md"), "utf8");
  const { heading, figures } = measuredFigures() ?? { heading: "", figures: [] };
  expect(page).toContain(heading);
  expect(heading).toMatch(/^Measured \d{4}-\d\d-\d\d/);
  expect(figures.length).toBeGreaterThan(30);
  for (const { name, measured } of figures)
    expect(page).toMatch(new RegExp(`\\| ${escaped(name)} +\\| ${escaped(measured)} +\\|`));
});

test("a page without them gives none", () => {
  expect(readingFigures("# Benchmarks\n")).toBeNull();
  expect(readingFigures("<!-- bench:reading -->\n<!-- /bench:reading -->")).toBeNull();
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
