import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writtenDates } from "../../../src/read/date/dates-in-text.ts";

const read = (text: string, documentDay: string | null = "2026-05-19", future = false) =>
  writtenDates(text, documentDay, future).map(({ date }) => date?.value ?? null);

// 19 May 2026 is a Tuesday.
describe("a date in a sentence, read against a document of 19 May 2026", () => {
  test.each([
    ["on May 14, 2026", "2026-05-14"],
    ["on 14 May 2026", "2026-05-14"],
    ["in May 2024", "2024-05"],
    ["On May 14 they met", "2026-05-14"],
    ["on June 3 they met", "2025-06-03"],
    ["in May", "2026-05"],
    ["in June", "2025-06"],
    ["last November", "2025-11"],
    ["today", "2026-05-19"],
    ["yesterday", "2026-05-18"],
    ["on Monday", "2026-05-18"],
    ["on Tuesday", "2026-05-19"],
    ["on Wednesday", "2026-05-13"],
    ["next Wednesday", "2026-05-20"],
    ["last month", "2026-04"],
    ["last year", "2025"],
    ["in 2024", "2024"],
    ["last week", null],
    ["next week", null],
    ["three years ago", null],
    ["2026年5月14日", "2026-05-14"],
    ["2024年5月", "2024-05"],
    ["5月14日", "2026-05-14"],
    ["去年11月", "2025-11"],
    ["14日在日内瓦", "2026-05-14"],
    ["25日在日内瓦", "2026-04-25"],
    ["昨日", "2026-05-18"],
    ["周一", "2026-05-18"],
    ["下周", null],
  ])("%s is %s", (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  test.each([
    ["on June 3", "2026-06-03"],
    ["on May 5", "2027-05-05"],
    ["on Wednesday", "2026-05-20"],
    ["in June", "2026-06"],
    ["6月3日", "2026-06-03"],
    ["25日", "2026-05-25"],
  ])("%s is %s where the sentence fixes what is to come", (text, expected) => {
    expect(read(text, "2026-05-19", true)).toEqual([expected]);
  });

  test("words that are no dates are none: may, 100 days, a resolution's number", () => {
    expect(read("They may meet in resolution 79/325 for 100 dollars.")).toEqual([]);
  });
});

test("without the document's day only full dates are known", () => {
  expect(read("in May, on Monday, on 14 May 2026", null)).toEqual([null, null, "2026-05-14"]);
});

test("an impossible date is unknown, not another day", () => {
  expect(read("on February 30, 2026")).toEqual([null]);
  expect(read("2026年13月40日")).toEqual([null]);
});

test("any text is read without failing, and every date is as long as its precision", () => {
  const length = { minute: 16, day: 10, month: 7, year: 4 };
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom("5月", "14日", "May 31", " 2026", "31 June "),
      (text, part) => {
        for (const { date } of writtenDates(text + part + text, "2026-05-19", false)) {
          if (date) expect(date.value).toHaveLength(length[date.precision]);
        }
      },
    ),
  );
});
