import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerpt, highlightsOf } from "../../../src/domain/query/highlight.ts";
import { parseQuery } from "../../../src/domain/query/parse.ts";

const marked = (question: string, text: string) =>
  highlightsOf(parseQuery(question).query, text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["talk", "Talks began; they talked.", ["Talks", "talked"]],
  ["channel talks", "The talks opened a channel.", ["talks", "channel"]],
  ['"opened a channel"', "The talks opened a channel.", ["opened a channel"]],
  ['"opened the channel"', "The talks opened a channel.", []],
  ["talks -channel", "The talks opened a channel.", ["talks"]],
  ["talks OR channel", "The talks opened a channel.", ["talks", "channel"]],
  ["safety NEAR/3 model", "Safety of each model. A model.", ["Safety", "model"]],
  ["actor:norland", "Norland said so.", []],
  ["人工智能", "中方重视人工智能安全。", ["人工智能"]],
  ["安全 对话", "安全对话与安全", ["安全对话", "安全"]],
  ["对", "中美对话", ["对"]],
  ["café", "The cafe\u0301 opened.", ["cafe\u0301"]],
  ["", "Anything.", []],
])("%s marks in %s", (question, text, expected) => {
  expect(marked(question, text)).toEqual(expected);
});

describe("an excerpt", () => {
  const shown = (text: string, places: readonly { start: number; end: number }[], most: number) =>
    excerpt(text, places, most)
      .map(({ text: run, marked: is }) => (is ? `[${run}]` : run))
      .join("");

  test("of a short text is the whole of it", () => {
    expect(shown("The talks go on.", [{ start: 4, end: 9 }], 100)).toBe("The [talks] go on.");
  });

  test("of a long text ends between two words", () => {
    expect(shown("one two three four five", [], 12)).toBe("one two …");
  });

  test("shows what was found, however far on it stands", () => {
    const text = `${"word ".repeat(200)}hotline ${"word ".repeat(200)}`;
    const cut = shown(text, [{ start: 1_000, end: 1_007 }], 100);
    expect(cut).toMatch(/^… (word )+\[hotline\] word.* …$/);
    expect(cut.length).toBeLessThan(150);
  });

  test("never cuts a character in two, and marks only what stands in the text", () => {
    const place = fc.tuple(fc.nat(80), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme-composite", maxLength: 80 }),
        place,
        fc.integer({ min: 5, max: 60 }),
        (text, at, most) => {
          const clipped = { start: Math.min(at.start, text.length), end: Math.min(at.end, text.length) };
          fc.pre(text.slice(0, clipped.start).isWellFormed() && text.slice(0, clipped.end).isWellFormed());
          const runs = excerpt(text, clipped.start < clipped.end ? [clipped] : [], most);
          for (const run of runs) {
            expect(run.text.isWellFormed()).toBe(true);
            if (run.marked) expect(text.slice(clipped.start, clipped.end)).toContain(run.text);
          }
          expect(text).toContain(
            runs
              .map((run) => run.text)
              .join("")
              .replace(/^… /, "")
              .replace(/ …$/, ""),
          );
        },
      ),
    );
  });
});
