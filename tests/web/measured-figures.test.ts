import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { shipped } from "../../src/paths.ts";
import { dictionaries } from "../../src/web/dictionary/words.ts";
import { measuredFigures, readingFigures } from "../../src/web/measured-figures.ts";
import { PLAIN_FIGURES, plainFigures } from "../../src/web/plain-figures.ts";

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

describe("figures in plain words", () => {
  const figures = measuredFigures()?.figures ?? [];

  test("are all in the table, each in one line, with its number and the cases it stands on", () => {
    const plain = plainFigures(figures);
    expect(plain).toHaveLength(PLAIN_FIGURES);
    expect(new Set(plain.map(({ phrase }) => phrase)).size).toBe(PLAIN_FIGURES);
    for (const { number, of } of plain) {
      expect(Number(number)).toBeLessThanOrEqual(100);
      expect(Number(of)).toBeGreaterThan(10);
    }
  });

  test("are the numbers that their words mean", () => {
    const line = (name: string, measured: string) => ({ name, measured, of: "12", others: "", target: "" });
    const told = plainFigures([
      line("news indirect with speaker: F1 (P R); without", "56.4 (79.6 43.0); 59.0 (83.7 45.5)"),
      line("article body F1 (P R), naive cheerio", "0.830 (0.790 0.874)"),
      line("article body F1 (P R)", "0.974 (0.965 0.984)"),
      line("talks, topics of matched statements: P / R", ""),
    ]);
    expect(told).toEqual([
      { phrase: "plainReportedFound", number: "43", of: "12" },
      { phrase: "plainBody", number: "98.4", of: "12" },
    ]);
  });

  test.each(["en", "zh"] as const)("say one number each in %s", (lang) => {
    for (const { phrase } of plainFigures(figures))
      expect(dictionaries[lang][phrase].match(/\{\w+\}/g)).toEqual(["{n}"]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
