import { describe, expect, test } from "vitest";
import { matches, type QuerySubject } from "../../../src/domain/query/match.ts";
import { parseQuery } from "../../../src/domain/query/parse.ts";

const subject: QuerySubject = {
  text: "Norland and Vestria will hold AI talks.\n双方将举行人工智能对话。",
  ...{ actors: ["norland", "Norland", "诺兰", "norland-ministry"], bodies: ["norland-ministry"], sides: ["third"] },
  ...{ topics: ["safety.testing", "process.channel"], type: "talks.announced", status: "new", severity: 4 },
  ...{ kinds: ["direct"], acts: ["speech"], fidelities: ["verbatim-primary"], confidence: 0.9 },
  ...{ langs: ["en"], sources: ["norland-news"], classes: ["ministry-briefing"] },
  at: new Date("2026-05-19T12:00:00Z"),
};

describe("a development", () => {
  test.each<[string, boolean]>([
    ["", true],
    ["talk", true],
    ["talks Norland", true],
    ["treaty", false],
    ["treaty OR talks", true],
    ["-treaty", true],
    ["-talks", false],
    ['"AI talks"', true],
    ['"AI talk"', false],
    ["人工智能", true],
    ["对话", true],
    ["话对", false],
    ["Norland NEAR/3 Vestria", true],
    ["Norland NEAR/3 talks", false],
    ["actor:NORLAND", true],
    ["actor:诺兰", true],
    ["actor:vestria", false],
    ["actor:vestria,norland", true],
    ["body:norland-ministry", true],
    ["side:third", true],
    ["side:EU", false],
    ["topic:safety", true],
    ["topic:safety.testing", true],
    ["topic:safe", false],
    ["type:talks", true],
    ["type:talks.announced", true],
    ["type:talks.held", false],
    ["status:background", false],
    ["severity:4", true],
    ["severity:5", false],
    ["kind:direct fidelity:verbatim-primary confidence:0.9 act:speech", true],
    ["confidence:0.95", false],
    ["lang:en source:norland-news class:ministry-briefing", true],
    ["first:yes", false],
    ["first:no", true],
    ["since:2026-05-19 until:2026-05-19", true],
    ["since:2026-05-20", false],
    ["until:2026-05-18", false],
    ["(topic:trade OR severity:4) -side:US", true],
  ])("meets %s: %s", (line, met) => {
    const { query, mistakes } = parseQuery(line);
    expect(mistakes).toEqual([]);
    expect(matches(query, subject)).toBe(met);
  });

  test("of a first time is what first:yes asks for", () => {
    const first = { ...subject, type: "statement.first" };
    expect(matches(parseQuery("first:yes").query, first)).toBe(true);
    expect(matches(parseQuery("first:no").query, first)).toBe(false);
  });
});
