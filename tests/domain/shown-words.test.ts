import { expect, test } from "vitest";
import { firstPiece, showingGaps } from "../../src/domain/span.ts";

const at = (start: number, words: string) => ({ start, end: start + words.length });
const [BEFORE, AFTER] = ["A hotline is not a sign of trust,", "It is what you build without it."];

test("words that the text interrupts are shown with … between them", () => {
  const content = [at(10, BEFORE), at(60, AFTER)];
  expect(showingGaps(`${BEFORE} ${AFTER}`, content)).toBe(`${BEFORE} … ${AFTER}`);
  expect(firstPiece({ words: `${BEFORE} ${AFTER}`, content })).toBe(BEFORE);
});

test("paragraphs with nothing but a line break between them are not interrupted", () => {
  const content = [at(10, BEFORE), at(10 + BEFORE.length + 2, AFTER)];
  expect(showingGaps(`${BEFORE} ${AFTER}`, content)).toBe(`${BEFORE} ${AFTER}`);
});

test("words of one piece are shown as they are", () => {
  expect(showingGaps(BEFORE, [at(0, BEFORE)])).toBe(BEFORE);
});
