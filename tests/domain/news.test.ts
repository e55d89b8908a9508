import { expect, test } from "vitest";
import { mayBeNews, mayBeNewsOfRecords } from "../../src/domain/news.ts";

const seen = { cause: "first", detectedBy: null, origin: null } as const;

test.each([
  ["the first reading of a page", {}, true],
  ["a publisher's edit", { cause: "edited" }, true],
  ["a better reading of ours", { cause: "reread" }, false],
  ["a version that a detector has looked at", { detectedBy: 1 }, false],
  ["an imported document", { origin: "a folder" }, false],
] as const)("%s may be news: %#", (_what, says, expected) => {
  expect(mayBeNews({ ...seen, ...says })).toBe(expected);
});

const day = (value: string) => ({ value, precision: "day", basis: "meta", raw: value }) as const;

test.each([
  ["a page of the last days", {}, true],
  ["one that a detector has looked at", { detectedBy: 1 }, true],
  ["a page of 13 days ago", { publishedAt: day("2026-05-07") }, true],
  ["a page of 15 days ago", { publishedAt: day("2026-05-05") }, false],
  ["a page dated next month", { publishedAt: day("2026-06-20") }, false],
  ["an undated page", { publishedAt: null }, false],
  ["a better reading of ours", { cause: "reread" }, false],
  ["an imported document", { origin: "a folder" }, false],
] as const)("what %s adds to the records may be news: %#", (_what, says, expected) => {
  const version = { ...seen, publishedAt: day("2026-05-19"), ...says };
  expect(mayBeNewsOfRecords(version, new Date("2026-05-20T12:00:00Z"))).toBe(expected);
});
