import fc from "fast-check";
import { expect, test } from "vitest";
import { splitSentences } from "../../../src/detect/words/sentences.ts";
import { summarise } from "../../../src/detect/words/summary.ts";

const cut = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["abbreviations do not end a sentence", "Mr. Vale met Dr. Roe of the U.S. delegation. They left.", 2],
  ["an initial does not end a sentence", "President Avery M. Holt, Jr. spoke first.", 1],
  ["a closing quotation mark belongs to its sentence", "He said: “Stop now.” They left.", 2],
  ["Chinese sentences need no blank", "双方举行会谈。会谈结束。", 2],
  ["a line break ends a heading", "The talks\nThey met today.", 2],
])("%s", (_, text, count) => {
  expect(cut(text)).toHaveLength(count);
});

test("a journalist's turn is a question to its end, and the answer is none", () => {
  const text =
    "Q    You met. What came of it?\nAnd what next.\nMR. VALE:  We agreed.\n《海港报》记者：有报道。\n发言人：没有。";
  expect(splitSentences(text).map(({ question }) => question)).toEqual([true, true, true, false, true, false]);
});

test("sentences stand in order, apart, inside the text, without blanks around them", () => {
  const part = fc.constantFrom(
    "Mr.",
    "They met",
    ". ",
    "。",
    "\n",
    "\n\n",
    "Q  ",
    "?",
    "”",
    "U.S. ",
    "对话",
    "😀",
    " ",
  );
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join("")),
      (text) => {
        let last = 0;
        for (const { start, end } of splitSentences(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

test("a summary is one line of at most 240 characters, cut at a word or between hanzi", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => {
      const summary = summarise(text);
      expect(summary.length).toBeLessThanOrEqual(240);
      expect(summary).not.toMatch(/[\n\t]/);
    }),
  );
  expect(summarise("对话".repeat(200))).toBe(`${"对话".repeat(119)}对…`);
});
