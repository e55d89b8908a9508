import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysToLookBack, halvesOf, type SearchWindow } from "../../../src/db/search/search-windows.ts";

const DAY_MICROS = 86_400_000_000n;

const windows = fc
  .tuple(
    fc.date({ min: new Date("1960-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
    fc.integer({ min: 1, max: 8_000 }),
  )
  .map(([start, days]): SearchWindow => {
    const from = BigInt(start.getTime()) * 1_000n;
    return { from, until: from + BigInt(days) * DAY_MICROS };
  });

describe("the halves of a window", () => {
  test("follow one another back in time and leave nothing out", () => {
    fc.assert(
      fc.property(windows, (window) => {
        const halves = halvesOf(window);
        expect(halves[0]?.until).toBe(window.until);
        expect(halves.at(-1)?.from).toBe(window.from);
        for (const [place, half] of halves.entries()) {
          expect(half.from).toBeLessThan(half.until);
          expect(halves[place + 1]?.until ?? window.from).toBe(half.from);
        }
      }),
    );
  });

  test("meet at the beginning of a month, so that a few tags say where they lie", () => {
    const at = (day: string) => BigInt(Date.parse(day)) * 1_000n;
    const [later] = halvesOf({ from: at("2024-01-01"), until: at("2025-01-01") });
    expect(later?.from).toBe(at("2024-07-01"));
  });

  test("are the window itself where that is short", () => {
    const short = { from: 0n, until: 40n * DAY_MICROS };
    expect(halvesOf(short)).toEqual([short]);
  });
});

describe("how far a look goes back", () => {
  test("follows the last look where that met enough, since the past is seldom as dense as the days just seen", () => {
    const looked = { days: 200, found: 500 };
    const byAll = daysToLookBack(looked, { days: 150, found: 3 }, 100);
    const byLast = daysToLookBack(looked, { days: 150, found: 50 }, 100);
    expect(byLast).toBeGreaterThan(2 * byAll);
  });

  test("goes for somewhat more than is wanted, so that the last few need no look of their own", () => {
    const looked = { days: 100, found: 990 };
    expect(daysToLookBack(looked, looked, 10)).toBeGreaterThanOrEqual(6);
  });

  test("is nowhere more than fifty times as far as all looks before, even where they met nothing", () => {
    expect(daysToLookBack({ days: 3, found: 0 }, { days: 3, found: 0 }, 40)).toBe(150);
  });
});
