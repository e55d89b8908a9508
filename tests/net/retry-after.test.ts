import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHttpDate, readRetryAfter } from "../../src/net/retry-after.ts";

const now = new Date("2026-03-03T12:00:00Z");
const WEEK_MS = 7 * 86_400_000;

test.each([
  [undefined, null],
  ["", null],
  ["0", 0],
  ["120", 120_000],
  [" 120 ", 120_000],
  ["604801", WEEK_MS],
  ["9".repeat(400), WEEK_MS],
  ["-1", null],
  ["1.5", null],
  ["1e3", null],
  ["0x10", null],
  ["soon", null],
  ["120, 240", null],
  ["Tue, 03 Mar 2026 12:01:00 GMT", 60_000],
  ["Tuesday, 03-Mar-26 12:01:00 GMT", 60_000],
  ["Tue Mar  3 12:01:00 2026", 60_000],
  ["Tue, 03 Mar 2026 11:59:00 GMT", 0],
  ["Fri, 01 Jan 1999 00:00:00 GMT", 0],
  ["Sun, 03 May 2026 12:00:00 GMT", WEEK_MS],
  ["Tue, 03 Mar 2026 12:01:00 +0800", null],
  ["Tue, 31 Feb 2026 12:01:00 GMT", null],
  ["Tue, 03 Foo 2026 12:01:00 GMT", null],
  ["Tue, 03 Mar 2026 25:01:00 GMT", null],
  ["2026-03-03T12:01:00Z", null],
])("Retry-After: %s means %s ms", (header, expected) => {
  expect(readRetryAfter(header, now)).toBe(expected);
});

describe("a date in a header", () => {
  test("with a two-digit year more than 50 years ahead lies in the past century", () => {
    expect(readHttpDate("Sunday, 06-Nov-94 08:49:37 GMT", now)?.toISOString()).toBe("1994-11-06T08:49:37.000Z");
    expect(readHttpDate("Tuesday, 03-Mar-76 00:00:00 GMT", now)?.getUTCFullYear()).toBe(2076);
  });

  test("comes back as the instant it was written from", () => {
    const dates = fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(readHttpDate(date.toUTCString(), now)?.getTime()).toBe(Math.floor(date.getTime() / 1_000) * 1_000);
      }),
    );
  });
});

test("any text gives null or a wait of 0 to 7 days", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const waitMs = readRetryAfter(text, now);
      return waitMs === null || (waitMs >= 0 && waitMs <= WEEK_MS);
    }),
  );
});
