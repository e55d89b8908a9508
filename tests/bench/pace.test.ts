import { expect, test } from "vitest";
import { drawnPause, TPC_W } from "../../bench/archive/pace.ts";
import { chanceFrom } from "../../bench/site/chance.ts";

const drawn = (pace: Parameters<typeof drawnPause>[0]) => {
  const chance = chanceFrom(1);
  return Array.from({ length: 20_000 }, () => drawnPause(pace, chance));
};
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

test("readers of TPC-W look at a page for seven seconds in the mean, at most for seventy, half of them for less than five", () => {
  const pauses = drawn(TPC_W).toSorted((a, b) => a - b);
  expect(Math.abs(mean(pauses) - 7_000)).toBeLessThan(200);
  expect(Math.abs((pauses[10_000] ?? 0) - 7_000 * Math.LN2)).toBeLessThan(200);
  expect(pauses.at(-1)).toBeLessThanOrEqual(70_000);
  expect(drawnPause(TPC_W, () => 1)).toBe(70_000);
});

test("readers of an even pace look at a page for any time between two", () => {
  const pauses = drawn({ spread: "even", leastMs: 2_000, mostMs: 5_000 });
  expect(Math.abs(mean(pauses) - 3_500)).toBeLessThan(50);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000);
  expect(Math.max(...pauses)).toBeLessThan(5_000);
});
