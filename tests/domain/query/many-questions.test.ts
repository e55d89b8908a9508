import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askTogether } from "../../../src/domain/query/many-questions.ts";
import { compileQuery, type QuerySubject, readySubject } from "../../../src/domain/query/match.ts";
import { parseQuery } from "../../../src/domain/query/parse.ts";
import { compileRules } from "../../../src/domain/rule.ts";

const word = fc.constantFrom("hotline", "talks", "talk", "AI-enabled", "对话", "人工智能", "安", "U.S.", "…");
const leaf = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
  fc.tuple(word, word).map(([a, b]) => `${a} NEAR/3 ${b}`),
  fc.constantFrom("actor:Norland", "actor:norland,vestria", "topic:safety", "type:talks", "lang:zh", "side:third"),
  fc.constantFrom("severity:3", "first:yes", "first:no", "since:2026-05-19", "status:new", "confidence:0.5"),
);
const line = fc.letrec<{ question: string }>((tie) => ({
  question: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("question"), { minLength: 2, maxLength: 3 }).map((parts) => `(${parts.join(" ")})`),
    fc.array(tie("question"), { minLength: 2, maxLength: 3 }).map((parts) => `(${parts.join(" OR ")})`),
    tie("question").map((part) => `NOT ${part}`),
  ),
})).question;

const subject = fc.record({
  text: fc.array(fc.oneof(word, fc.constant("the delegation said,"))).map((parts) => parts.join(" ")),
  actors: fc.subarray(["norland", "Norland", "vestria"]),
  topics: fc.subarray(["safety.testing", "trade.chips"]),
  langs: fc.subarray(["en", "zh"]),
  sides: fc.subarray(["third", "China"]),
  type: fc.constantFrom("talks.announced", "statement.first"),
  severity: fc.integer({ min: 1, max: 5 }),
});
const rest: Omit<QuerySubject, "text" | "actors" | "topics" | "langs" | "sides" | "type" | "severity"> = {
  ...{ bodies: [], status: "new", kinds: [], acts: [], fidelities: [], confidence: null, sources: [], classes: [] },
  at: new Date("2026-05-19T12:00:00Z"),
};

describe("many questions asked together", () => {
  test("are met by what each of them is met by when it is asked alone", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(subject, { maxLength: 3 }), (lines, subjects) => {
        const queries = lines
          .map((one) => parseQuery(one))
          .flatMap(({ query, mistakes }) => (mistakes[0] ? [] : [query]));
        const together = askTogether(queries);
        for (const one of subjects) {
          const ready = readySubject({ ...rest, ...one });
          const alone = queries.flatMap((query, number) => (compileQuery(query)(ready) ? [number] : []));
          expect(together(ready)).toEqual(alone);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("keep their places where one of them cannot be read any more", () => {
    const ask = compileRules(["hotline", 'severity:"very', "", "talks"]);
    const ready = readySubject({
      ...{ ...rest, text: "Talks were held.", actors: [], topics: [], langs: [], sides: [], type: "", severity: 1 },
    });
    expect(ask(ready)).toEqual([2, 3]);
  });
});
