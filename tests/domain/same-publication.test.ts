import { describe, expect, test } from "vitest";
import type { KnownDate } from "../../src/domain/known-date.ts";
import { isSamePublication } from "../../src/domain/same-publication.ts";

const day = (value: string): KnownDate => ({ value, precision: "day", basis: "listing", raw: value });
const listed = (title: string | null, value: string | null) => ({
  title,
  publishedAt: value === null ? null : day(value),
});
const remarks = "Spokesperson’s Remarks on the Talks";

describe("two entries of a source and its mirror are one publication", () => {
  test.each([
    ["with other quotation marks and spaces", listed("Spokesperson's  remarks on the talks", "2026-05-19")],
    ["a day later, as mirrors are", listed(remarks, "2026-05-20")],
    [
      "by a time of the day",
      { title: remarks, publishedAt: { ...day("2026-05-19T23:50+08:00"), precision: "minute" } },
    ],
  ] as const)("%s", (_, other) => {
    expect(isSamePublication(listed(remarks, "2026-05-19"), other)).toBe(true);
  });

  test.each([
    ["another title", listed(remarks, "2026-05-19"), listed(`${remarks} II`, "2026-05-19")],
    ["another day", listed(remarks, "2026-05-19"), listed(remarks, "2026-05-22")],
    ["no date", listed(remarks, null), listed(remarks, null)],
    [
      "a month alone",
      listed(remarks, "2026-05-19"),
      { title: remarks, publishedAt: { ...day("2026-05"), precision: "month" as const } },
    ],
    ["no title", listed(null, "2026-05-19"), listed(null, "2026-05-19")],
    ["a title that may stand over many", listed("Remarks", "2026-05-19"), listed("Remarks", "2026-05-19")],
    ["a Chinese one", listed("发言人表态", "2026-05-19"), listed("发言人表态", "2026-05-19")],
  ])("but not with %s", (_, one, other) => {
    expect(isSamePublication(one, other)).toBe(false);
  });
});
