import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { earliestInstant } from "../../../src/domain/known-date.ts";
import { dateIn } from "../../../src/read/date/written-date.ts";

const read = (text: string, zone: string | null = null, order: "day-month" | "month-day" | null = null) =>
  dateIn(text, { basis: "test", zone, order })?.value ?? null;

describe("a date is read as it is written", () => {
  test.each([
    ["Tue, 19 May 2026 20:31:07 +0800", "2026-05-19T20:31:07+08:00"],
    ["19 May 2026 20:31 GMT", "2026-05-19T20:31Z"],
    ["Tue, 19 May 26 20:31:00 EDT", "2026-05-19T20:31:00-04:00"],
    ["2026-05-19T20:31:07.250Z", "2026-05-19T20:31:07Z"],
    ["2026-05-19T20:31:07+0530", "2026-05-19T20:31:07+05:30"],
    ["2026/5/19 8:31", "2026-05-19T08:31"],
    ["May 19, 2026, 8:31 p.m. EDT", "2026-05-19T20:31-04:00"],
    ["Sept. 3, 2026", "2026-09-03"],
    ["July 1st, 2026", "2026-07-01"],
    ["Updated: May 19, 2026 20:31", "2026-05-19T20:31"],
    ["Tue May 19 20:31:00 2026", "2026-05-19T20:31:00"],
    ["20260519", "2026-05-19"],
    ["2026年5月19日", "2026-05-19"],
    ["2026年5月", "2026-05"],
    ["May 2026", "2026-05"],
    ["2026", "2026"],
    ["19. Mai 2026, 20:31 Uhr", "2026-05-19T20:31"],
    ["19 de mayo de 2026", "2026-05-19"],
    ["19.05.2026", "2026-05-19"],
    ["05/19/2026", "2026-05-19"],
  ])("%s", (text, value) => expect(read(text)).toBe(value));

  test.each([
    ["2026-05-19 18:52", "Asia/Shanghai", "2026-05-19T18:52+08:00"],
    ["2026年5月19日 18:52", "Asia/Shanghai", "2026-05-19T18:52+08:00"],
    ["May 19, 2026 14:12", "America/New_York", "2026-05-19T14:12-04:00"],
    ["January 19, 2026 14:12", "America/New_York", "2026-01-19T14:12-05:00"],
    ["Tue, 19 May 2026 20:31:00 CST", "Asia/Shanghai", "2026-05-19T20:31:00+08:00"],
    ["Tue, 19 May 2026 20:31:00 CST", "America/Chicago", "2026-05-19T20:31:00-06:00"],
    ["2026-05-19T20:31:00Z", "Asia/Shanghai", "2026-05-19T20:31:00Z"],
  ])("%s in %s", (text, zone, value) => expect(read(text, zone)).toBe(value));
});

describe("what cannot be known stays unknown", () => {
  test.each([
    ["2569-05-17"],
    ["0001-01-01T00:00:00Z"],
    ["9999-12-31"],
    ["31 February 2026"],
    ["2026-13-01"],
    ["25:61"],
    ["soon"],
    [""],
    ["yesterday at 5"],
    ["chapter 12 of 2026 pages"],
  ])("%s", (text) => expect(read(text)).toBeNull());

  test("a date whose order nobody knows is none, and is read once the order is known", () => {
    expect(read("03/04/2026")).toBeNull();
    expect(read("03/04/2026", null, "day-month")).toBe("2026-04-03");
    expect(read("03/04/2026", null, "month-day")).toBe("2026-03-04");
    expect(read("04/04/2026")).toBe("2026-04-04");
  });
});

test("every instant survives being written as RFC 822 or ISO 8601", () => {
  const dates = fc.date({
    min: new Date("1990-01-01T00:00:00Z"),
    max: new Date("2099-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const seconds = Math.floor(date.getTime() / 1000);
      for (const text of [date.toUTCString(), date.toISOString()]) {
        const known = dateIn(text, { basis: "test" });
        expect(known && earliestInstant(known).getTime() / 1000).toBe(seconds);
      }
    }),
  );
});

test("no text makes it throw, and what it reads is a date", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d年月日:/. T+-]{0,30}$/)), (text) => {
      const date = dateIn(text, { basis: "test" });
      if (date) expect(Number.isNaN(earliestInstant(date).getTime())).toBe(false);
    }),
  );
});
