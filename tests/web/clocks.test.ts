import { describe, expect, test } from "vitest";
import { agoText, bothClocks, knownDateText } from "../../src/web/clocks.ts";

const known = (value: string, precision: "minute" | "day" | "month" | "year") => ({
  value,
  precision,
  basis: "meta",
  raw: "as written",
});

describe("both clocks", () => {
  test.each([
    ["2026-05-19T12:31:00Z", "en", "19 May 2026, 20:31 Beijing · 08:31 Washington"],
    ["2026-05-19T12:31:00Z", "zh", "2026年5月19日 北京 20:31 · 华盛顿 08:31"],
    ["2026-01-01T02:00:00Z", "en", "1 January 2026, 10:00 Beijing · 31 December, 21:00 Washington"],
    ["2026-05-18T16:00:00Z", "en", "19 May 2026, 00:00 Beijing · 18 May, 12:00 Washington"],
  ] as const)("%s in %s reads %s", (instant, lang, text) => {
    expect(bothClocks(new Date(instant), lang)).toBe(text);
  });
});

describe("a date of a source", () => {
  test.each([
    [known("2026-05-19T20:31+08:00", "minute"), "19 May 2026, 20:31 Beijing · 08:31 Washington"],
    [known("2026-05-19T20:31", "minute"), "19 May 2026, 20:31 (time zone not given)"],
    [known("2026-05-19", "day"), "19 May 2026"],
    [known("2026-05", "month"), "May 2026"],
    [known("2026", "year"), "2026"],
    [known("not a date", "day"), "as written"],
  ])("is never shown more precisely than it was given", (date, text) => {
    expect(knownDateText(date, "en")).toBe(text);
  });
});

test.each([
  ["2026-05-19T11:59:30Z", "30 seconds ago"],
  ["2026-05-19T11:15:00Z", "45 minutes ago"],
  ["2026-05-19T02:00:00Z", "10 hours ago"],
  ["2026-05-14T12:00:00Z", "5 days ago"],
])("%s was %s", (instant, text) => {
  expect(agoText(new Date(instant), new Date("2026-05-19T12:00:00Z"), "en")).toBe(text);
});
