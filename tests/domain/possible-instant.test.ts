import { expect, test } from "vitest";
import { isPossible, liesAhead } from "../../src/domain/possible-instant.ts";

const now = new Date("2026-05-20T12:00:00Z");

test.each([
  ["today", "2026-05-20T08:00:00Z", true],
  ["tomorrow, as it is in another zone", "2026-05-21T20:00:00Z", true],
  ["two days ahead", "2026-05-22T12:00:00Z", false],
  ["the first day of 1990", "1990-01-01T00:00:00Z", true],
  ["the last day of 1989", "1989-12-31T00:00:00Z", false],
  ["no instant at all", "the day before", false],
])("that a page was published on %s is possible: %#", (_what, instant, expected) => {
  expect(isPossible(new Date(instant), now)).toBe(expected);
});

test("only what zones and clocks do not explain lies ahead", () => {
  expect(liesAhead(new Date("2026-05-21T23:00:00Z"), now)).toBe(false);
  expect(liesAhead(new Date("2026-05-22T01:00:00Z"), now)).toBe(true);
});
