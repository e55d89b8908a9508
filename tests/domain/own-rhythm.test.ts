import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownIntervalMs } from "../../src/domain/own-rhythm.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A Tuesday, 20:00 in Beijing. */
const now = new Date("2026-05-19T12:00:00Z");

/** Something new at these hours (UTC) on each working day of the four weeks before. */
function weekdaysAt(...hours: readonly number[]): Date[] {
  const days = Array.from({ length: 28 }, (_, ago) => new Date(now.getTime() - (28 - ago) * DAY));
  const working = days.filter((day) => day.getUTCDay() % 6 !== 0);
  return working.flatMap((day) => hours.map((hour) => new Date(`${day.toISOString().slice(0, 10)}T${hour}:30:00Z`)));
}

describe("a source's own rhythm", () => {
  test("is not known before it was watched for a week", () => {
    expect(ownIntervalMs([], "UTC", now)).toBeNull();
    expect(ownIntervalMs([new Date(now.getTime() - 6 * DAY)], "UTC", now)).toBeNull();
  });

  test("is quick in the hours in which it publishes, and slow in the others", () => {
    const news = weekdaysAt(11, 12, 13);
    const busy = ownIntervalMs(news, "Asia/Shanghai", now) ?? 0;
    const night = ownIntervalMs(news, "Asia/Shanghai", new Date("2026-05-18T23:00:00Z")) ?? 0;
    const weekend = ownIntervalMs(news, "Asia/Shanghai", new Date("2026-05-17T12:00:00Z")) ?? 0;
    expect(busy).toBeLessThan(20 * MINUTE);
    expect(night).toBeGreaterThan(5 * 60 * MINUTE);
    expect(weekend).toBeGreaterThan(5 * 60 * MINUTE);
  });

  test("keeps the source's hours over a change of the clock", () => {
    const springForward = new Date("2026-03-10T16:30:00Z");
    const news = Array.from({ length: 20 }, (_, week) => new Date(Date.UTC(2026, 1, 10 + week, 17, 30)));
    const inHours = ownIntervalMs(news, "America/New_York", springForward) ?? 0;
    expect(inHours).toBeLessThan(ownIntervalMs(news, "America/New_York", new Date("2026-03-10T22:30:00Z")) ?? 0);
  });

  test("of a source that fell silent for four weeks is as slow as may be", () => {
    const old = new Date(now.getTime() - 60 * DAY);
    expect(ownIntervalMs([old], "UTC", now)).toBe(Number.POSITIVE_INFINITY);
  });

  test("is a positive time for any past", () => {
    const moment = fc.date({ min: new Date("2026-01-01"), max: now, noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 64 }), (news) => {
        const sorted = news.sort((a, b) => a.getTime() - b.getTime());
        const interval = ownIntervalMs(sorted, "Europe/Paris", now);
        expect(interval === null || interval > 0).toBe(true);
      }),
    );
  });
});
