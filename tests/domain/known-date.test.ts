import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DatePrecision, dayOf, earliestInstant, type KnownDate } from "../../src/domain/known-date.ts";

function known(value: string, precision: DatePrecision): KnownDate {
  return { value, precision, basis: "meta", raw: value };
}

describe("the day of a date", () => {
  test.each([
    ["a minute has the day that its page wrote", known("2026-05-20T00:30+08:00", "minute"), "2026-05-20"],
    ["a minute without a zone has its written day", known("2026-05-20T00:30", "minute"), "2026-05-20"],
    ["a day is its own", known("2026-05-19", "day"), "2026-05-19"],
    ["a month has none", known("2026-05", "month"), null],
    ["a year has none", known("2026", "year"), null],
    ["an unknown date has none", null, null],
  ])("%s", (_, date, day) => {
    expect(dayOf(date)).toBe(day);
  });
});

describe("the first instant that a date can mean", () => {
  test.each([
    ["2026-05-19T20:31+08:00", "minute", "2026-05-19T12:31:00.000Z"],
    ["2026-05-19T20:31:07+08:00", "minute", "2026-05-19T12:31:07.000Z"],
    ["2026-05-19T20:31Z", "minute", "2026-05-19T20:31:00.000Z"],
    ["2026-05-19T20:31", "minute", "2026-05-19T20:31:00.000Z"],
    ["2026-05-19T23:45-09:30", "minute", "2026-05-20T09:15:00.000Z"],
    ["2026-05-19", "day", "2026-05-19T00:00:00.000Z"],
    ["2026-05", "month", "2026-05-01T00:00:00.000Z"],
    ["2026", "year", "2026-01-01T00:00:00.000Z"],
  ] as const)("of %s (%s) is %s, on every machine", (value, precision, instant) => {
    expect(earliestInstant(known(value, precision)).toISOString()).toBe(instant);
  });

  test("never lies after a more precise date inside it", () => {
    const moments = fc.date({
      min: new Date("1949-01-01T00:00:00Z"),
      max: new Date("2100-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        const text = moment.toISOString();
        const precisions = [
          ["year", 4],
          ["month", 7],
          ["day", 10],
          ["minute", 16],
        ] as const;
        const instants = precisions.map(([precision, length]) =>
          earliestInstant(known(text.slice(0, length), precision)).getTime(),
        );
        expect(instants).toEqual([...instants].sort((a, b) => a - b));
        expect(moment.getTime() - (instants.at(-1) ?? 0)).toBeLessThan(60_000);
      }),
    );
  });
});
