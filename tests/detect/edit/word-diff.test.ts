import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordDiff } from "../../../src/detect/edit/word-diff.ts";

const shown = (before: string, after: string) =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `[+${text}]` : `[-${text}]`))
    .join("");

describe("a changed text", () => {
  test.each([
    ["words", "They agreed to meet.", "They will meet.", "They [-agreed to ][+will ]meet."],
    ["single hanzi", "双方同意开启对话。", "双方将开启对话。", "双方[-同意][+将]开启对话。"],
    ["punctuation apart from words", "safe, reliable", "safe; reliable", "safe[-,][+;] reliable"],
    ["an apostrophe inside a word", "don’t go", "do go", "[-don’t][+do] go"],
    ["a lost paragraph", "One.\nTwo.\nThree.", "One.\nThree.", "One.\n[-Two.\n]Three."],
    ["nothing", "Same.", "Same.", "Same."],
    ["everything", "", "New.", "[+New.]"],
  ])("shows %s", (_, before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });
});

const words = fc.array(
  fc.constantFrom("talks", "on", "AI", "对话", "人工智能", ".", ",", "。", "\n", " ", "😀", "don’t", "é"),
  { maxLength: 60 },
);
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  words.map((parts) => parts.join(" ")),
  words.map((parts) => parts.join("")),
);

test("the pieces give back both texts exactly, whatever they hold", () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const found = wordDiff(before, after);
      const join = (left: string) =>
        found
          .filter(({ kind }) => kind !== left)
          .map(({ text }) => text)
          .join("");
      expect(join("added")).toBe(before);
      expect(join("removed")).toBe(after);
      expect(found.every(({ text }) => text !== "")).toBe(true);
    }),
  );
});

test("two long texts that share little are compared all the same, and exactly", () => {
  const long = (seed: number) => Array.from({ length: 15_000 }, (_, i) => `w${(i * seed) % 997}`).join(" ");
  const [before, after] = [long(7), long(11)];
  const found = wordDiff(before, after);
  expect(
    found
      .filter(({ kind }) => kind !== "added")
      .map(({ text }) => text)
      .join(""),
  ).toBe(before);
  expect(
    found
      .filter(({ kind }) => kind !== "removed")
      .map(({ text }) => text)
      .join(""),
  ).toBe(after);
});
