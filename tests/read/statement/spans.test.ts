import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, wordsAt, wordsAtAll } from "../../../src/domain/span.ts";
import { noHints } from "../../../src/read/hints.ts";
import { foldText } from "../../../src/read/statement/phrases.ts";
import { readStatements } from "../../../src/read/statement/statements.ts";
import { article, lexicon } from "../invented.ts";

const pieces = fc.constantFrom(
  "Ivy Marsh",
  "Lan Qiao",
  "蓝桥",
  "President Birch",
  "he",
  "who",
  "the two leaders",
  "said",
  "said that",
  "told",
  "stressed",
  "called on",
  "according to",
  "declined to comment",
  "did not say",
  "noting",
  "表示",
  "说",
  "据",
  "介绍",
  "：",
  "，",
  "。",
  "“",
  "”",
  '"',
  "「",
  "」",
  "''",
  "(",
  ")",
  "(Laughter.)",
  ",",
  ".",
  "?",
  ":",
  "—",
  "\n",
  "\u00a0",
  "\u3000",
  "😀",
  "𠮷",
  "talks",
  "to",
  "and",
  "that",
  "Q  ",
  "QUESTION:",
  "MS. WILLOW:",
  "路透社记者：",
  "答：",
  "Reuters:",
  "é",
  "İ",
  "U.S.",
  "2026",
);
const texts = fc
  .array(fc.tuple(pieces, fc.constantFrom(" ", "", " ")), { maxLength: 60 })
  .map((all) => all.flat().join(""));
const titles = fc.constantFrom(
  null,
  "外交部发言人蓝桥主持例行记者会",
  "Foreign Ministry Spokesperson Lan Qiao’s Remarks on Talks",
);

test("every statement's spans cut out exactly its words, in order, with its quotations inside", () => {
  fc.assert(
    fc.property(texts, titles, (text, title) => {
      const whole = article([], { text, title, blocks: [] });
      for (const statement of readStatements(whole, noHints, lexicon)) {
        expect(statement.text).toBe(wordsAtAll(text, statement.content));
        expect(statement.content.length).toBeGreaterThan(0);
        let last = 0;
        for (const span of statement.content) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          last = span.end;
        }
        for (const quote of statement.quotes)
          expect(statement.content.some((span) => contains(span, quote))).toBe(true);
        const { speaker, cue } = statement;
        if (speaker?.start != null && speaker.end != null)
          expect(wordsAt(text, { start: speaker.start, end: speaker.end })).toBe(speaker.text);
        if (cue) expect(cue.end).toBeLessThanOrEqual(text.length);
        for (const { evidence } of statement.topics)
          for (const span of evidence) expect(statement.content.some((c) => contains(c, span))).toBe(true);
      }
    }),
    { numRuns: 600, seed: 20260519 },
  );
});

test("folding keeps every offset, whatever the writing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => foldText(text).length === text.length),
    { seed: 20260519 },
  );
});
