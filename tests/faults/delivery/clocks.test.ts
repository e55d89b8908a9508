import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { lastDueDigests } from "../../../src/domain/digest-time.ts";
import { figure } from "./scale.ts";

/** Ten days around each of two changes of clocks. */
const years = [
  ["America/New_York", "2026-03-03", "2026-03-13"],
  ["America/New_York", "2026-10-27", "2026-11-06"],
  ["Europe/Berlin", "2026-03-24", "2026-04-03"],
  ["Europe/Berlin", "2026-10-20", "2026-10-30"],
  ["Australia/Lord_Howe", "2026-04-01", "2026-04-11"],
  ["Australia/Lord_Howe", "2026-09-29", "2026-10-09"],
] as const;

test.each(years)(
  "%s, from %s: one digest a day and one a week over a change of clocks, also when the clock is two hours off",
  (zone, from, to) => {
    for (const skewHours of [0, -2, 2]) {
      for (const sendAt of ["01:30", "02:15", "07:00"]) {
        const wishes = { timeZone: zone, sendAt, daily: true, weeklyOn: 7 };
        const start = DateTime.fromISO(from, { zone });
        const end = DateTime.fromISO(to, { zone });
        const due = new Map<string, number>();
        for (let at = start.toMillis(); at < end.toMillis(); at += 1_800_000) {
          const now = new Date(at + skewHours * 3_600_000);
          for (const { day, period, dueAt } of lastDueDigests(wishes, now)) {
            const key = `${period} ${day}`;
            expect(dueAt.getTime()).toBeLessThanOrEqual(now.getTime());
            expect(due.get(key) ?? dueAt.getTime()).toBe(dueAt.getTime());
            due.set(key, dueAt.getTime());
          }
        }
        const daily = [...due.keys()].filter((key) => key.startsWith("daily"));
        const days = Math.round(end.diff(start, "days").days);
        expect(Math.abs(daily.length - days)).toBeLessThanOrEqual(1);
        const dates = daily.map((key) => key.slice("daily ".length)).toSorted();
        for (const [index, day] of dates.entries())
          expect(day, "no day is left out").toBe(
            DateTime.fromISO(dates[0] ?? "")
              .plus({ days: index })
              .toISODate(),
          );
        const weekly = [...due.keys()].filter((key) => key.startsWith("weekly")).map((key) => key.slice(-10));
        const sundays = dates.filter((day) => DateTime.fromISO(day).weekday === 7);
        expect(weekly.filter((day) => day >= (dates[0] ?? "")).toSorted(), "one on each Sunday").toEqual(sundays);
        const instants = daily.map((key) => due.get(key) ?? 0).toSorted((a, b) => a - b);
        for (const [index, at] of instants.entries()) {
          const before = instants[index - 1];
          if (before !== undefined) expect(at - before).toBeGreaterThan(22.9 * 3_600_000);
          if (before !== undefined) expect(at - before).toBeLessThan(25.1 * 3_600_000);
        }
      }
    }
    figure(
      `digests in ${zone} around the change of clocks after ${from}, clock right and two hours off, three hours of the day`,
      "one per day and week",
    );
  },
);
