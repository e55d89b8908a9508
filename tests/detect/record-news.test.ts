import { expect, test } from "vitest";
import { firstTimeNews } from "../../src/detect/record-news.ts";
import { buildDay } from "../support/readings.ts";

test.each([
  ["topic", "norland", "process.channel", "new"],
  ["venue", null, "harbour", "background"],
  ["body", null, "norland-ministry", "background"],
] as const)(
  "the first mention of a %s is told as it deserves: beside what happened, a name is no headline",
  (kind, actorId, subject, status) => {
    const first = { kind, actorId, subject, span: { start: 0, end: 9 }, words: "In Harbour.", searched: 10_000 };
    const told = firstTimeNews(first, true, { isNews: true, eventDate: buildDay("2026-05-19") });
    expect(told).toMatchObject({ type: "statement.first", status });
  },
);
