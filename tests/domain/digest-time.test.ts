import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import {
  type DigestWish,
  digestDueOn,
  lastDueDigest,
  lastDueDigests,
  periodBefore,
} from "../../src/domain/digest-time.ts";

const zones = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Cairo"];

/** Finds when the next digest is due: that of the local day after the last one's. */
function nextDigestAt(wish: DigestWish, now: Date): Date {
  const day = DateTime.fromISO(lastDueDigest(wish, now).day).plus({ days: 1 });
  return digestDueOn(wish, day.toFormat("yyyy-MM-dd"));
}

describe("a subscriber's digest", () => {
  const wish = { timeZone: "Asia/Shanghai", sendAt: "07:00" };

  test.each([
    ["a minute before its hour, yesterday's is the last", "2026-05-18T22:59:59Z", "2026-05-18"],
    ["at its hour, today's is", "2026-05-18T23:00:00Z", "2026-05-19"],
    ["at the end of the local day, today's still is", "2026-05-19T15:59:59Z", "2026-05-19"],
  ])("%s", (_, now, day) => {
    expect(lastDueDigest(wish, new Date(now)).day).toBe(day);
  });

  test("is next due at the same local time", () => {
    expect(nextDigestAt(wish, new Date("2026-05-19T00:00:00Z"))).toEqual(new Date("2026-05-19T23:00:00Z"));
  });

  test("begins where the clock showed the same a day before, also over a change of clocks", () => {
    const due = digestDueOn({ timeZone: "America/New_York", sendAt: "07:00" }, "2026-03-08");
    expect(due).toEqual(new Date("2026-03-08T11:00:00Z"));
    expect(periodBefore({ timeZone: "America/New_York", sendAt: "07:00" }, due, "daily")).toEqual(
      new Date("2026-03-07T12:00:00Z"),
    );
  });

  test("of the week is due on its day of the week, also over a change of clocks", () => {
    const wishes = { timeZone: "America/New_York", sendAt: "07:00", daily: false, weeklyOn: 1 };
    const at = (now: string) => lastDueDigests(wishes, new Date(now));
    expect(at("2026-03-09T10:59:00Z")).toMatchObject([{ day: "2026-03-02", period: "weekly" }]);
    expect(at("2026-03-09T11:00:00Z")).toEqual([
      { day: "2026-03-09", period: "weekly", dueAt: new Date("2026-03-09T11:00:00Z") },
    ]);
    expect(at("2026-03-15T23:00:00Z")).toMatchObject([{ day: "2026-03-09" }]);
    expect(periodBefore(wishes, new Date("2026-03-09T11:00:00Z"), "weekly")).toEqual(new Date("2026-03-02T12:00:00Z"));
  });

  test("whose hour the clocks skip is due in the hour after", () => {
    expect(digestDueOn({ timeZone: "America/New_York", sendAt: "02:30" }, "2026-03-08")).toEqual(
      new Date("2026-03-08T07:30:00Z"),
    );
  });

  test("whose hour comes twice is due the first time", () => {
    expect(digestDueOn({ timeZone: "America/New_York", sendAt: "01:30" }, "2026-11-01")).toEqual(
      new Date("2026-11-01T05:30:00Z"),
    );
  });
});

describe.each(zones)("in %s", (timeZone) => {
  test.each(["00:00", "00:30", "01:30", "02:00", "02:30", "07:00", "23:59"])(
    "a digest at %s comes once for each local day of a year with both changes of clocks",
    (sendAt) => {
      const wish = { timeZone, sendAt };
      const days: string[] = [];
      let now = new Date("2026-01-15T12:00:00Z");
      for (let count = 0; count < 365; count += 1) {
        const next = nextDigestAt(wish, now);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        const { day, dueAt } = lastDueDigest(wish, next);
        expect(dueAt).toEqual(next);
        days.push(day);
        now = next;
      }
      const first = DateTime.fromISO(days[0] ?? "", { zone: "utc" });
      expect(days).toEqual(days.map((_, index) => first.plus({ days: index }).toISODate()));
    },
  );
});

test("whenever one looks, the last digest is due by then, the next one after, and both agree on the day", () => {
  const moments = fc.date({
    min: new Date("2025-01-01T00:00:00Z"),
    max: new Date("2028-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
  fc.assert(
    fc.property(fc.constantFrom(...zones), clock, moments, (timeZone, sendAt, now) => {
      const wish = { timeZone, sendAt };
      const { day, dueAt } = lastDueDigest(wish, now);
      expect(dueAt.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(nextDigestAt(wish, now).getTime()).toBeGreaterThan(now.getTime());
      expect(digestDueOn(wish, day)).toEqual(dueAt);
      expect(periodBefore(wish, dueAt, "daily").getTime()).toBeLessThan(dueAt.getTime());
    }),
    { numRuns: 1_000 },
  );
});
