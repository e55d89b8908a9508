import { describe, expect, test } from "vitest";
import { matches, type RuleQuery, type RuleSubject } from "../../src/domain/rule.ts";

const subject: RuleSubject = {
  type: "talks.announced",
  severity: 4,
  actorIds: ["norland", "vestria"],
  blocs: ["third"],
  topics: ["safety.testing", "process.channel"],
  text: "Norland and Vestria will hold AI talks.\n双方将举行人工智能对话。",
};

describe("a rule that names", () => {
  test.each<[string, RuleQuery, boolean]>([
    ["nothing asks for everything", {}, true],
    ["empty lists asks for everything", { actors: [], topics: [], words: [] }, true],
    ["one of the actors is met", { actors: ["elsewhere", "norland"] }, true],
    ["only other actors is not met", { actors: ["elsewhere"] }, false],
    ["the bloc is met", { blocs: ["third"] }, true],
    ["another bloc is not met", { blocs: ["EU"] }, false],
    ["a topic leaf is met", { topics: ["safety.testing"] }, true],
    ["the parent of a topic is met", { topics: ["process"] }, true],
    ["the start of a parent's name is not met", { topics: ["proc"] }, false],
    ["the type is met", { types: ["talks.announced"] }, true],
    ["the family of the type is met", { types: ["talks"] }, true],
    ["another type of the family is not met", { types: ["talks.held"] }, false],
    ["the same severity is met", { severityAtLeast: 4 }, true],
    ["a higher severity is not met", { severityAtLeast: 5 }, false],
    ["words without regard to case is met", { words: ["ai TALKS"] }, true],
    ["Chinese words is met", { words: ["人工智能对话"] }, true],
    ["words that do not stand there is not met", { words: ["treaty"] }, false],
    ["actor and topic is met when both are", { actors: ["norland"], topics: ["safety"] }, true],
    ["actor and topic is not met when one is missing", { actors: ["norland"], topics: ["trade"] }, false],
  ])("%s", (_, query, met) => {
    expect(matches(query, subject)).toBe(met);
  });
});
