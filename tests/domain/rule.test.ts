import { describe, expect, test } from "vitest";
import { type QuerySubject, readySubject } from "../../src/domain/query/match.ts";
import { compileRule, explainMistakes, mistakesInRule } from "../../src/domain/rule.ts";
import { noon } from "../support/moments.ts";

const called = (id: string) => ({ id, names: [] });
const names = {
  actors: [{ id: "norland", names: ["Norland"] }],
  sides: [{ id: "North", names: [] }],
  topics: [{ id: "process", names: ["Process"] }, called("process.channel")],
  types: [called("talks"), called("talks.announced")],
  sources: [called("norland-briefings")],
  classes: [called("ministry-briefing")],
};

function subject(says: Partial<QuerySubject> = {}): QuerySubject {
  return {
    text: "Norland and Vestria will talk about safety.",
    ...{ actors: ["norland", "Norland"], bodies: ["norland"], sides: ["North"], topics: ["process.channel"] },
    ...{ type: "talks.announced", status: "new", severity: 4, kinds: ["direct"], acts: ["speech"] },
    ...{ fidelities: ["verbatim-primary"], confidence: 0.9, langs: ["en"], sources: ["norland-briefings"] },
    ...{ classes: ["ministry-briefing"], at: noon },
    ...says,
  };
}

const meets = (question: string, says: Partial<QuerySubject> = {}) =>
  compileRule(question)(readySubject(subject(says)));

describe("a rule", () => {
  test.each([
    ["", true],
    ["actor:norland", true],
    ["actor:vestria", false],
    ["side:North topic:process", true],
    ["type:talks severity:4", true],
    ["severity:5", false],
    ["severity:5 OR safety", true],
    ["safety NOT actor:norland", false],
    ['"will talk" (actor:vestria OR class:ministry-briefing)', true],
    ["fidelity:verbatim-primary confidence:0.8 kind:direct lang:en", true],
    ["confidence:0.95", false],
    ["first:yes", false],
    ["通话", false],
  ])("%j is met or not by an announcement of talks: %j", (question, expected) => {
    expect(meets(question)).toBe(expected);
  });

  test("finds Chinese words in Chinese text", () => {
    expect(meets("对话 -贸易", { text: "双方将举行人工智能对话。" })).toBe(true);
    expect(meets("对话 -贸易", { text: "双方将举行贸易对话。" })).toBe(false);
  });

  test("that a later version cannot read any more is met by nothing", () => {
    expect(meets("severity:high")).toBe(false);
  });
});

describe("a rule that cannot be understood is refused at its place", () => {
  test.each([
    ["actor:norlnd", "developments", 0, "did you mean norland?"],
    ["safety severity:9", "developments", 7, "1 to 5"],
    ["(safety", "developments", 0, ""],
    ["safety severity:4", "statements", 7, "Only developments have severity"],
    ["type:talks safety", "statements", 0, "Only developments have type"],
  ] as const)("%j about %s at %i", (question, about, start, says) => {
    const [mistake] = mistakesInRule(question, about, names);
    expect(mistake).toMatchObject({ message: expect.stringContaining(says) });
    expect(mistake?.start).toBeGreaterThanOrEqual(start);
    expect(mistake?.start).toBeLessThan(question.length);
    expect(explainMistakes(question, mistake ? [mistake] : [])).toContain("^");
  });

  test("and one that can be is not", () => {
    expect(mistakesInRule("actor:Norland topic:process type:talks severity:3", "developments", names)).toEqual([]);
    expect(mistakesInRule("actor:norland kind:direct", "statements", names)).toEqual([]);
  });
});
