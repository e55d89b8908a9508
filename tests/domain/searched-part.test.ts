import { expect, test } from "vitest";
import { LONGEST_SEARCHED, MOST_LINES, MOST_QUOTATION_MARKS, searchedLength } from "../../src/domain/searched-part.ts";

test.each([
  ["a text of usual length", "words\n".repeat(100), 600],
  ["one as long as the limit", "a".repeat(LONGEST_SEARCHED), LONGEST_SEARCHED],
  ["a longer one of lines, to the end of a line", `${"a".repeat(99)}\n`.repeat(4_000), LONGEST_SEARCHED - 1],
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
  ["one of as many lines as the limit", "a\n\n".repeat(MOST_LINES), 3 * MOST_LINES],
  ["one of more short lines, to the end of the last within the limit", "a\n".repeat(9_000), 2 * MOST_LINES - 1],
  ["one of more short lines, however they end", "a\r".repeat(9_000), 2 * MOST_LINES],
])("%s is searched so far", (_, text, end) => {
  expect(searchedLength(text)).toBe(end);
});
