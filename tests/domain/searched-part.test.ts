import { expect, test } from "vitest";
import { LONGEST_SEARCHED, MOST_QUOTATION_MARKS, searchedLength } from "../../src/domain/searched-part.ts";

test.each([
  ["a text of usual length", "words\n".repeat(100), 600],
  ["one as long as the limit", "a".repeat(LONGEST_SEARCHED), LONGEST_SEARCHED],
  ["a longer one of lines, to the end of a line", "words\n".repeat(60_000), LONGEST_SEARCHED - 1],
  ["a longer one of one line, in the line", "a".repeat(LONGEST_SEARCHED + 10), LONGEST_SEARCHED],
  ["a longer one with a line at its head", `Title\n${"a".repeat(LONGEST_SEARCHED)}`, LONGEST_SEARCHED],
  [
    "one with as many quotations as the limit",
    "“Yes.” ".repeat(MOST_QUOTATION_MARKS / 2),
    7 * (MOST_QUOTATION_MARKS / 2),
  ],
  ["one with more quotations, up to the first beyond", "“Yes.” ".repeat(3_000), 7 * (MOST_QUOTATION_MARKS / 2)],
  [
    "one of lines with more quotations, to the end of a line",
    "“Yes.”\n".repeat(3_000),
    7 * (MOST_QUOTATION_MARKS / 2) - 1,
  ],
])("%s is searched so far", (_, text, end) => {
  expect(searchedLength(text)).toBe(end);
});
