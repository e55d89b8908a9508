import { describe, expect, test } from "vitest";
import { shiftOf } from "../../../src/detect/record/stance-shift.ts";
import { areOfOneThing, stanceWordsIn } from "../../../src/detect/record/stance-words.ts";
import { findStances } from "../../../src/detect/record/stances.ts";
import { compileActors } from "../../../src/detect/words/mentions.ts";
import type { Statement } from "../../../src/domain/statement.ts";
import { actor, actors, day, statement } from "../build.ts";

const senator = actor({
  id: "sol-varga",
  type: "person",
  name: "Sol Varga",
  bloc: "US",
  offices: [{ role: "Senator", body: "us-senate", from: "2020", to: null }],
});
const senate = actor({
  id: "us-senate",
  type: "government-body",
  name: "U.S. Senate",
  bloc: "US",
  parent: "united-states",
});
const finder = compileActors([...actors, senator, senate], { us: "united-states", china: "china" });

/** Finds the stances of a text that is one statement of Mara Quill, the US envoy, unless the test says otherwise. */
function held(text: string, says: Partial<Statement> = {}, official = true) {
  const one = statement(text, text, {
    actors: [{ actorId: "mara-quill", method: "exact", confidence: 1 }],
    topics: [{ id: "frontier.testing-evaluation", score: 3, evidence: [] }],
    saidAt: day("2026-05-19"),
    kind: "direct",
    ...says,
  });
  return findStances(text, [one], finder, official).map(({ side, object, holderId }) => [side, object, holderId]);
}

const by = (actorId: string) => ({ actors: [{ actorId, method: "exact", confidence: 1 }] }) as const;

describe("a clear stance is found with its side, its object and whose it is", () => {
  test.each([
    ["We oppose the independent testing of AI models.", "against", "the independent testing of AI models", {}],
    [
      "The United States firmly supports independent testing of AI models.",
      "for",
      "independent testing of AI models",
      {},
    ],
    [
      "The United States does not support independent testing of AI models, which is slow.",
      "against",
      "independent testing of AI models",
      {},
    ],
    ["We are open to independent testing of AI models.", "for", "independent testing of AI models", {}],
    ["We rule out independent testing of AI models.", "against", "independent testing of AI models", {}],
    [
      "It rejects independent testing of AI models.",
      "against",
      "independent testing of AI models",
      { kind: "indirect" },
    ],
    ["中方坚决反对对人工智能模型进行独立检测。", "against", "对人工智能模型进行独立检测", by("lin-weiran")],
    ["我们支持对人工智能模型进行独立检测。", "for", "对人工智能模型进行独立检测", by("lin-weiran")],
    ["中方不接受对人工智能模型进行独立检测。", "against", "对人工智能模型进行独立检测", by("lin-weiran")],
  ] as const)("%s", (text, side, object, says) => {
    const holder = "actors" in says ? "china" : "united-states";
    expect(held(text, says)).toEqual([[side, object, holder]]);
  });
});

describe("what is no clear stance of the speaker's side is left alone", () => {
  test.each([
    ["a condition", "We support independent testing of AI models if others do too.", {}],
    ["a hedge", "We would support independent testing of AI models.", {}],
    ["half a stance", "We do not oppose independent testing of AI models.", {}],
    ["an end that words tell", "We no longer oppose independent testing of AI models.", {}],
    ["somebody else's", "China opposes independent testing of AI models.", {}],
    ["firms'", "Firms in the United States oppose independent testing of AI models.", {}],
    ["both at once", "We support independent testing of AI models but oppose public lists of AI models.", {}],
    ["nothing to compare", "We support AI.", {}],
    ["a question", "Do we support independent testing of AI models?", {}],
    ["a supposition", "We support independent testing of AI models.", { polarity: "hypothetical" }],
    ["a denial", "We support independent testing of AI models.", { polarity: "negated" }],
    ["a scholar's", "We support independent testing of AI models.", by("dana-okafor")],
    ["one of many in a legislature", "We support independent testing of AI models.", by("sol-varga")],
    [
      "an unsure speaker's",
      "We support independent testing of AI models.",
      { actors: [{ actorId: "mara-quill", method: "surname", confidence: 0.6 }] },
    ],
    ["undated", "We support independent testing of AI models.", { saidAt: null }],
    ["of no topic", "We support independent testing of AI models.", { topics: [] }],
    ["采访", "我们接受记者采访，谈人工智能模型检测。", by("lin-weiran")],
    ["名词", "中方的支持人工智能模型独立检测。", by("lin-weiran")],
    ["两个动词", "中方支持和鼓励对人工智能模型进行独立检测。", by("lin-weiran")],
    ["不反对", "中方不反对对人工智能模型进行独立检测。", by("lin-weiran")],
    ["美方", "美方反对对人工智能模型进行独立检测。", by("lin-weiran")],
  ] as const)("%s: %s", (_, text, says) => {
    expect(held(text, says as Partial<Statement>)).toEqual([]);
  });

  test("what the press itself says that a state opposes is none, the state's own release is one", () => {
    const text = "The United States opposes independent testing of AI models.";
    const says = { act: "position", ...by("united-states") } as const;
    expect([held(text, says, false), held(text, says, true).length]).toEqual([[], 1]);
  });
});

test.each([
  ["independent testing of AI models", "the independent tests of models", true],
  ["export controls on AI chips", "the abuse of export controls on AI chips", false],
  ["independent testing of AI models", "a public list of AI models", false],
  ["an international body for AI", "limits on an international body for AI", false],
  ["对人工智能模型进行独立检测", "对模型开展独立检测", true],
  ["出口管制芯片", "滥用出口管制芯片", false],
  ["independent testing of AI models", "对人工智能模型进行独立检测", false],
])("“%s” and “%s” are of one thing: %s", (one, other, isOne) => {
  expect(areOfOneThing(one, other)).toBe(isOne);
});

test("a sentence of ten thousand verbs takes no longer than it is long", () => {
  expect(stanceWordsIn("we oppose the testing of models ".repeat(10_000)).length).toBe(10_000);
});

describe("a shift against the record", () => {
  const object = "independent testing of AI models";
  const kept = (id: number, on: string, side: "for" | "against", of = object) => ({
    ...{ id, side, object: of, words: `${side} ${of}`, instant: new Date(`${on}T00:00:00Z`) },
  });
  const now = kept(99, "2033-06-01", "for");
  const three = [kept(3, "2033-05-03", "against"), kept(2, "2033-05-02", "against"), kept(1, "2033-05-01", "against")];

  test("is a stance after three days of the other, and names the last of them", () => {
    expect(shiftOf(now, three)).toEqual({ earlier: three[0], days: 3 });
  });

  test.each([
    ["only two days of it", three.slice(1)],
    ["three statements of two days", [...three.slice(1), kept(4, "2033-05-01", "against")]],
    ["the new stance was taken since", [kept(5, "2033-05-20", "for"), ...three]],
    ["the new stance was taken among them", [three[0]!, kept(5, "2033-05-02", "for"), three[1]!, three[2]!]],
    ["the record is of another thing", three.map((row) => ({ ...row, object: "a public list of AI models" }))],
    ["the record is later", three.map((row) => ({ ...row, instant: new Date("2033-07-01T00:00:00Z") }))],
    ["the record is empty", []],
  ])("is none where %s", (_, record) => {
    expect(shiftOf(now, record)).toBeNull();
  });
});
