import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldNames, fieldOf } from "../../../src/domain/query/field.ts";
import { questionExamples } from "../../../src/domain/query/manual.ts";
import { nearestName, pointAt } from "../../../src/domain/query/mistake.ts";
import { checkNames } from "../../../src/domain/query/names.ts";
import { parseQuery } from "../../../src/domain/query/parse.ts";
import { printQuery } from "../../../src/domain/query/print.ts";
import { allOf, anyOf, everything, type Filter, type Query } from "../../../src/domain/query/query.ts";

const word = (words: string): Query => ({ is: "word", words });
const phrase = (words: string): Query => ({ is: "phrase", words });
const not = (part: Query): Query => ({ is: "not", part });
const filter = (field: Filter["field"], ...values: string[]): Query => ({ is: "filter", field, values });
const near = (left: string, right: string, within: number): Query => ({
  ...{ is: "near", left: { is: "word", words: left }, right: { is: "word", words: right }, within },
});

describe("a question", () => {
  test.each<[string, Query]>([
    ["", everything],
    ["   ", everything],
    ["talks", word("talks")],
    ["talks on AI", allOf([word("talks"), word("on"), word("AI")])],
    ["talks AND AI", allOf([word("talks"), word("AI")])],
    ['"red lines" talks', allOf([phrase("red lines"), word("talks")])],
    ["“red lines”", phrase("red lines")],
    ["「红线」 对话", allOf([phrase("红线"), word("对话")])],
    ["talks -trade", allOf([word("talks"), not(word("trade"))])],
    ['NOT "red lines"', not(phrase("red lines"))],
    ["a OR b c", anyOf([word("a"), allOf([word("b"), word("c")])])],
    ["(a OR b) c", allOf([anyOf([word("a"), word("b")]), word("c")])],
    ["（a OR b）c", allOf([anyOf([word("a"), word("b")]), word("c")])],
    ["-(a OR b)", not(anyOf([word("a"), word("b")]))],
    ["a | b", anyOf([word("a"), word("b")])],
    ["or and not near", allOf([word("or"), word("and"), word("not"), word("near")])],
    ["talks NEAR Geneva", near("talks", "Geneva", 10)],
    ["talks NEAR/3 Geneva AI", allOf([near("talks", "Geneva", 3), word("AI")])],
    [
      "AI-enabled 10:30 https://norland.example/a",
      allOf([word("AI-enabled"), word("10:30"), word("https://norland.example/a")]),
    ],
    ["topic:process,frontier", filter("topic", "process", "frontier")],
    ["Topic：process", filter("topic", "process")],
    ['actor:"Ada Example","Ben Example"', filter("actor", "Ada Example", "Ben Example")],
    ["-actor:norland", not(filter("actor", "norland"))],
    ["(kind:direct OR severity:4)", anyOf([filter("kind", "direct"), filter("severity", "4")])],
    [
      "since:2026-05 until:2026-05-19T08:30Z",
      allOf([filter("since", "2026-05"), filter("until", "2026-05-19T08:30Z")]),
    ],
  ])("%s is understood", (line, query) => {
    expect(parseQuery(line)).toMatchObject({ query, mistakes: [] });
  });

  test.each<[string, string, RegExp, string | null]>([
    ['talks "red lines', '"red lines', /never closed/, '"red lines"'],
    ["talks actr:ada", "actr:", /No filter is called actr; did you mean actor/, "actor:"],
    ["speaker:ada", "speaker:", /No filter is called speaker.*actor:/, null],
    ["talks actor: ada", "actor:", /Nothing follows actor:.*without a space/, null],
    ["topic:a,,b", ",", /value is missing/, null],
    ["talks -", "-", /Nothing follows/, null],
    ["talks ???", "???", /no letter or digit/, null],
    ["kind:direct,spoken", "spoken", /expected direct, mixed or indirect/, null],
    ["a since:yesterday", "yesterday", /2026-05-19/, null],
    ["since:2026-02-30", "2026-02-30", /2026-05-19/, null],
    ["severity:6", "6", /from 1 to 5/, null],
    ["severity:3,4", "4", /takes one value/, null],
    ["confidence:2", "2", /from 0 to 1/, null],
    ["(a b", "(", /never closed/, "(a b)"],
    ["a b)", ")", /closes nothing/, null],
    ["a ()", "()", /Nothing stands between/, null],
    ["a OR", "OR", /Nothing follows this OR/, null],
    ["OR a", "OR", /Nothing stands before this OR/, null],
    ["a AND", "AND", /Nothing follows this AND/, null],
    ["a NOT", "NOT", /Nothing follows this NOT/, null],
    ["a NEAR kind:direct", "a NEAR kind:direct", /between two words/, null],
    ["a NEAR b NEAR c", "NEAR", /not three/, null],
    ["a NEAR/99 b", "NEAR/99", /from 1 to 50/, "NEAR/50"],
    ["talks\u0000", "\u0000", /control character/, null],
    ["since:2026-06 until:2026-05", "until:2026-05", /until lies before since/, null],
  ])("%j is refused at its place, with what is expected", (line, place, message, suggestion) => {
    const { mistakes } = parseQuery(line);
    expect(mistakes.map(({ start, end }) => line.slice(start, end))).toEqual([place]);
    expect(mistakes[0]?.message).toMatch(message);
    expect(mistakes[0]?.suggestion).toBe(suggestion);
  });

  test("names every mistake of its values at once", () => {
    expect(parseQuery("kind:spoken lang:fr severity:9").mistakes.map(({ start }) => start)).toEqual([5, 17, 29]);
  });

  test("is bounded in the words of a phrase and on each side of NEAR, refused at their place", () => {
    const [most, more] = [`"${"a ".repeat(20)}"`, `"${"a ".repeat(21)}"`];
    expect(parseQuery(`${most} NEAR/50 ${most}`).mistakes).toEqual([]);
    for (const line of [`b ${more} NEAR c`, `b c NEAR ${more}`, `b c NEAR (${more})`]) {
      const { mistakes } = parseQuery(line);
      expect(mistakes).toHaveLength(1);
      expect(line.slice(mistakes[0]?.start, mistakes[0]?.end).replaceAll(/[()]/g, "")).toBe(more);
      expect(mistakes[0]?.message).toMatch(/21 words on one side of NEAR; at most 20/);
    }
    expect(parseQuery(`"${"a ".repeat(100)}"`).mistakes).toEqual([]);
    expect(parseQuery(`b "${"中".repeat(900)}"`).mistakes).toMatchObject([
      { start: 2, end: 904, message: expect.stringMatching(/899 words together; at most 100/) },
    ]);
  });

  test("is bounded in length, words and depth", () => {
    expect(parseQuery("a".repeat(2_001)).mistakes[0]?.message).toMatch(/at most 2000/);
    expect(parseQuery("a ".repeat(61)).mistakes[0]?.message).toMatch(/at most 60/);
    expect(parseQuery(`${"(".repeat(200)}a${")".repeat(200)}`).mistakes[0]?.message).toMatch(/deep/);
    expect(parseQuery(`${"NOT ".repeat(200)}a`).mistakes[0]?.message).toMatch(/deep/);
  });

  test("is never more than understood or refused, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...' ()（）"“”-:,|aORNEARtopickind/5人工「」『』«»＂\t.'.split("")),
          maxLength: 40,
        }),
        (line) => {
          const { query, mistakes } = parseQuery(line);
          for (const { start, end } of mistakes) expect(start >= 0 && start < end && end <= line.length).toBe(true);
          if (mistakes.length > 0) return;
          const printed = printQuery(query);
          expect(parseQuery(printed)).toMatchObject({ query, mistakes: [] });
          expect(printQuery(parseQuery(printed).query)).toBe(printed);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

const leaf = fc.oneof(
  fc.constantFrom("talks", "AI-enabled", "人工智能", "U.S.", "--x", "or").map(word),
  fc.constantFrom("red lines", "红线", 'he said "no', "a 」 b", "OR").map(phrase),
  fc
    .tuple(fc.constantFrom("talks", "会谈"), fc.constantFrom("Geneva", "安全"), fc.integer({ min: 1, max: 50 }))
    .map(([a, b, n]) => near(a, b, n)),
  fc.constantFrom(...fieldNames).map((field) => filter(field, (fieldOf(field).example.split(":")[1] ?? "").trim())),
  fc.constantFrom("Ada Example", "x,y", "（甲）").map((name) => filter("actor", name, "norland")),
);
const { tree } = fc.letrec<{ tree: Query }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map(allOf),
    fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map(anyOf),
    tie("tree").map(not),
  ),
}));

test("what a question prints reads as the same question", () => {
  fc.assert(
    fc.property(tree, (query) => {
      const { query: again, mistakes } = parseQuery(printQuery(query));
      if (mistakes.some(({ message }) => /at most|until lies before/.test(message))) return;
      expect(mistakes).toEqual([]);
      expect(again).toEqual(query);
    }),
    { numRuns: 2_000 },
  );
});

describe("names in a question", () => {
  const known = {
    actors: [
      { id: "norland", names: ["Norland", "诺兰"] },
      ...["southmark", "norland-office-south"].map((id) => ({ id, names: [] })),
      { id: "ada-example", names: ["Ada Example", "艾达·样本"] },
      { id: "example-office", names: ["Office of the Example"] },
    ],
    sides: ["US", "third"].map((id) => ({ id, names: [] })),
    topics: [
      { id: "frontier", names: ["Frontier safety"] },
      { id: "frontier.lines", names: ["Red lines and hotlines", "红线与热线"] },
    ],
    ...{
      types: ["talks.held", "talks"].map((id) => ({ id, names: [] })),
      sources: [{ id: "norland-news", names: [] }],
    },
    classes: [{ id: "think-tank", names: [] }],
  };
  test.each([
    [
      'actor:Norland,诺兰 side:us topic:frontier.lines topic:"frontier safety" topic:红线与热线 type:talks source:norland-news class:think-tank',
      [],
    ],
    ["actor:norlnd", [["norlnd", "norland"]]],
    ["topic:fronteir", [["fronteir", "frontier"]]],
    ["side:Mars", [["Mars", null]]],
    ["actor:Example", [["Example", "ada-example"]]],
    ["actor:艾达", [["艾达", "ada-example"]]],
    ["actor:South", [["South", "norland-office-south"]]],
    ["topic:lines", [["lines", "frontier.lines"]]],
    ["topic:热线", [["热线", "frontier.lines"]]],
    ["topic:hotl", [["hotl", "frontier.lines"]]],
    ["topic:线", [["线", null]]],
  ])("%s are compared with those there are", (line, expected) => {
    const { mentions } = parseQuery(line);
    expect(
      checkNames(mentions, known).map(({ start, end, suggestion }) => [line.slice(start, end), suggestion]),
    ).toEqual(expected);
  });

  test("that several have as a part are told with each that may be meant, the shortest name first", () => {
    const [mistake] = checkNames(parseQuery("actor:example").mentions, known);
    expect(mistake?.message).toBe('No actor is called "example"; did you mean ada-example or example-office?');
  });

  test("are near where few letters differ", () => {
    expect(nearestName("cihna-mfa", ["us-state", "china-mfa"])).toBe("china-mfa");
    expect(nearestName("zzz", ["us-state", "china-mfa"])).toBeNull();
  });
});

test("a mistake is pointed at in its line, also behind wide characters", () => {
  const line = "人工 kind:spoken";
  const [mistake] = parseQuery(line).mistakes;
  expect(pointAt(line, mistake!).split("\n").slice(0, 2)).toEqual(["  人工 kind:spoken", "            ^^^^^^"]);
});

describe("the manual", () => {
  const examples = [
    ...questionExamples.map(([question]) => question),
    ...fieldNames.map((name) => fieldOf(name).example),
  ];
  test.each(examples)("gives %s, which is understood", (example) => {
    expect(parseQuery(example).mistakes).toEqual([]);
  });
});
