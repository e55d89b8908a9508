import { describe, expect, test } from "vitest";
import { nextAttemptAt, nextTryAt } from "../../src/domain/retry-time.ts";

const now = new Date("2026-05-19T12:00:00Z");
const calm = { retryAfterMs: null, jitter: 0 };

describe("a delivery", () => {
  test("is tried ten times over 75 hours and 35 minutes, then given up", () => {
    const waits: number[] = [];
    for (let attempts = 1; ; attempts += 1) {
      const next = nextAttemptAt(attempts, now, calm);
      if (!next) break;
      waits.push((next.getTime() - now.getTime()) / 1_000);
    }
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(75 * 3_600 + 35 * 60 + 5);
  });

  test("waits as long as the endpoint asks, and never less than the schedule says", () => {
    expect(nextAttemptAt(1, now, { ...calm, retryAfterMs: 90_000 })).toEqual(new Date("2026-05-19T12:01:30Z"));
    expect(nextAttemptAt(2, now, { ...calm, retryAfterMs: 1_000 })).toEqual(new Date("2026-05-19T12:05:00Z"));
  });

  test("comes back up to a tenth later than others that failed with it", () => {
    expect(nextAttemptAt(2, now, { ...calm, jitter: 1 })).toEqual(new Date("2026-05-19T12:05:30Z"));
  });

  test("is given up after its last attempt, whatever the endpoint asks", () => {
    expect(nextAttemptAt(10, now, { ...calm, retryAfterMs: 1_000 })).toBeNull();
  });
});

describe("a stage's failed job", () => {
  test.each([
    [1, 5],
    [2, 20],
    [3, 80],
    [4, 320],
    [5, 1_280],
    [6, 3_600],
    [500, 3_600],
  ])("that failed %i times is tried again after %i seconds", (attempts, seconds) => {
    expect(nextTryAt(attempts, now, null)).toEqual(new Date(now.getTime() + seconds * 1_000));
  });

  test("waits longer where the other side asks for it", () => {
    expect(nextTryAt(1, now, 7_200_000)).toEqual(new Date("2026-05-19T14:00:00Z"));
  });
});
