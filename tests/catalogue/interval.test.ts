import fc from "fast-check";
import { expect, test } from "vitest";
import { intervalMs, parseInterval, parseWindow } from "../../src/catalogue/interval.ts";

test("an interval is its number times its unit", () => {
  const units = fc.constantFrom(
    ["s", 1_000] as const,
    ["m", 60_000] as const,
    ["h", 3_600_000] as const,
    ["d", 86_400_000] as const,
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), units, (amount, [unit, ms]) => {
      expect(intervalMs(`${amount}${unit}`)).toBe(amount * ms);
    }),
  );
});

test("any text is either a positive interval of at most 60 days or none", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,9}[smhd]$/)), (text) => {
      const ms = parseInterval(text);
      expect(ms === null || (ms >= 1_000 && ms <= 60 * 86_400_000)).toBe(true);
    }),
  );
});

test.each(["0m", "10", "m", "10 m", "1.5h", "-5m", "10M", "61d", ""])("%j is no interval", (text) => {
  expect(parseInterval(text)).toBeNull();
  expect(() => intervalMs(text)).toThrow(RangeError);
});

test.each([
  ["16:30-24:00 Asia/Shanghai Mon-Fri", { from: 990, to: 1440, zone: "Asia/Shanghai", weekdays: [1, 2, 3, 4, 5] }],
  [
    "08:00-24:00 America/Argentina/Buenos_Aires",
    { from: 480, to: 1440, zone: "America/Argentina/Buenos_Aires", weekdays: [] },
  ],
  ["22:00-02:00 UTC Sat-Mon", { from: 1320, to: 120, zone: "UTC", weekdays: [6, 7, 1] }],
])("%s is read in minutes and weekdays", (text, window) => expect(parseWindow(text)).toEqual(window));

test.each([
  "16:30-16:30 Asia/Shanghai",
  "16:30-25:00 Asia/Shanghai",
  "24:00-01:00 Asia/Shanghai",
  "16:60-17:00 Asia/Shanghai",
  "16:30-17:00",
  "16:30-17:00 Asia/Shangai",
  "16:30-17:00 Asia/Shanghai Mon-Xyz",
])("%s is no window", (text) => expect(parseWindow(text)).toBeNull());
