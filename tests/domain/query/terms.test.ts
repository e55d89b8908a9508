import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { soughtTerms, termsOf } from "../../../src/domain/query/terms.ts";
import { finderOf, indexText } from "../../../src/domain/query/text-index.ts";

describe("the terms of a text", () => {
  test.each([
    ["U.S. talks on AI-enabled systems", "us:1 US:1 talk:2 on:3 ai:4 enabl:5 system:6"],
    ["China’s agreement, agreed", "china:1 agreement:2 agre:3"],
    ["讨论了AI", "讨:1 讨论:1 论:2 论了:2 了:3 ai:4"],
    ["对话，安全", "对:1 对话:1 话:2 安:4 安全:4 全:5"],
    ["人工\n智能", "人:1 人工:1 工:2 工智:2 智:3 智能:3 能:4"],
    ["naïve ＡＩ Zürich", "naiv:1 ai:2 zurich:3"],
    ["Join us, US", "join:1 us:2 us:3 US:3"],
    ["переговоры", "переговоры:1"],
    ["", ""],
  ])("%j are %s", (text, expected) => {
    expect(
      termsOf(text)
        .map(({ term, position }) => `${term}:${position}`)
        .sort((a, b) => Number(a.split(":")[1]) - Number(b.split(":")[1]) || a.length - b.length)
        .join(" "),
    ).toBe(
      expected
        .split(" ")
        .sort((a, b) => Number(a.split(":")[1]) - Number(b.split(":")[1]) || a.length - b.length)
        .join(" "),
    );
  });

  test("are the same whether or not the text has letters beyond ASCII somewhere", () => {
    const plain = fc.string({
      unit: fc.constantFrom(..."abZ09.'’‘“”—–…-, \u00a0\n", "U.S.", "e.g.", "don’t"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(plain, (text) => {
        const beyond = termsOf(`${text} é`);
        expect(termsOf(text)).toEqual(beyond.slice(0, -1));
      }),
    );
  });

  test("know their place in it", () => {
    const text = "“ＡＩ” 与𠮷野 talks";
    for (const { term, start, end } of termsOf(text)) {
      expect(text.slice(start, end).normalize("NFKC").toLowerCase()).toContain(term);
    }
  });

  test.each([
    ["人工智能", "人工:0 工智:1 智能:2"],
    ["谈", "谈:0"],
    ["US", "US:0"],
    ["us", "us:0"],
    ["the U.S. side", "the:0 US:1 side:2"],
    ["AI治理", "ai:0 治理:1"],
    ["AI-enabled", "ai:0 enabl:1"],
    ["50%", "50:0"],
  ])("looked for, %s must hold %s", (words, expected) => {
    expect(
      soughtTerms(words)
        .map(({ term, offset }) => `${term}:${offset}`)
        .join(" "),
    ).toBe(expected);
  });
});

describe("places of words", () => {
  const text =
    "The U.S. and China held talks about artificial intelligence. 双方就人工智能安全举行\n会谈。Talking helps.";
  const placesOf = (leaf: Parameters<typeof finderOf>[0]) =>
    finderOf(leaf)(indexText(text)).map(({ start, end }) => text.slice(start, end));

  test.each<[Parameters<typeof finderOf>[0], string[]]>([
    [{ is: "word", words: "talk" }, ["talks", "Talking"]],
    [{ is: "word", words: "US" }, ["U.S."]],
    [{ is: "word", words: "智能" }, ["智能"]],
    [{ is: "word", words: "谈" }, ["谈"]],
    [{ is: "word", words: "人工安全" }, []],
    [{ is: "phrase", words: "artificial intelligence" }, ["artificial intelligence"]],
    [{ is: "phrase", words: "talk about" }, []],
    [{ is: "phrase", words: "智能安全" }, ["智能安全"]],
    [{ is: "phrase", words: "举行会谈" }, ["举行\n会谈"]],
    [
      { is: "near", left: { is: "word", words: "China" }, right: { is: "word", words: "talks" }, within: 2 },
      ["China", "talks"],
    ],
    [{ is: "near", left: { is: "word", words: "talks" }, right: { is: "word", words: "US" }, within: 3 }, []],
    [
      { is: "near", left: { is: "word", words: "会谈" }, right: { is: "word", words: "人工" }, within: 7 },
      ["会谈", "人工"],
    ],
  ])("%j", (leaf, expected) => {
    expect(placesOf(leaf)).toEqual(expected);
  });
});
