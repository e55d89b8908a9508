import { describe, expect, test } from "vitest";
import { firstTimeNews } from "../../../src/detect/record/record-news.ts";
import { buildDay } from "../../support/readings.ts";

const first = {
  ...({ kind: "topic", actorId: "norland", subject: "process.channel", span: { start: 0, end: 9 } } as const),
  words: "Norland wants a channel on AI.",
  ...{ searched: 10_000, searchedDays: 400 },
};
const news = { isNews: true, eventDate: buildDay("2026-05-19") };

test.each([
  ["topic", "norland", "process.channel", "new"],
  ["venue", null, "harbour", "background"],
  ["body", null, "norland-ministry", "background"],
] as const)(
  "the first mention of a %s is told as it deserves: beside what happened, a name is no headline",
  (kind, actorId, subject, status) => {
    const told = firstTimeNews({ ...first, kind, actorId, subject }, true, news);
    expect(told).toMatchObject({ type: "statement.first", status });
  },
);

describe("somebody's first words on a topic", () => {
  test.each([
    ["are news of severity 4 from an official who was followed for long", {}, true, "new", 4],
    ["weigh less from anybody else", {}, false, "new", 2],
    ["stay quiet where few earlier words were searched", { searched: 49 }, true, "background", 2],
    ["stay quiet in the first month of following somebody", { searchedDays: 29 }, true, "background", 2],
    ["stay quiet where they do not name AI", { words: "Norland wants a channel on fish." }, true, "background", 2],
  ] as const)("%s", (_, more, isOfficial, status, severity) => {
    expect(firstTimeNews({ ...first, ...more }, isOfficial, news)).toMatchObject({ status, severity });
  });
});
