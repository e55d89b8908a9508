import { describe, expect, test } from "vitest";
import { detectDevelopments } from "../../../src/detect/developments.ts";
import { input, statement } from "../build.ts";

const press = { official: false, sourceActorId: null, article: { kind: "news" } } as const;
const told = (text: string, says: Parameters<typeof input>[1] = press) =>
  detectDevelopments(input(text, says)).filter(({ type }) => type === "position.shift");

describe("a shift of position that is told in words names who shifted", () => {
  test.each([
    ["china", "China has reversed its position on outside testing of AI models."],
    ["china", "Beijing dropped its opposition to independent inspections of AI laboratories."],
    ["china", "The Ministry of Digital Affairs no longer opposes independent testing of AI models."],
    ["united-states", "The United States, which long opposed an international AI body, now supports one."],
    ["united-states", "Washington now says it supports an AI body of the UN that it had previously rejected."],
    ["china", "China for the first time accepted independent testing of AI models."],
    ["united-states", "In a reversal of its earlier stance, the United States backed a ban on AI in nuclear command."],
    ["united-states", "Envoy Mara Quill said that the United States had withdrawn its objections to an AI hotline."],
    ["china", "The United States said that China abandoned its resistance to an AI hotline."],
    ["china", "China told the United States on Monday that it has dropped its opposition to an AI hotline."],
    ["china", "中方放弃了对人工智能模型独立检测的反对。"],
    ["china", "中方改变了在人工智能国际机构问题上的立场。"],
    ["united-states", "美方不再反对设立人工智能国际机构。"],
    ["china", "中方首次表示支持对人工智能模型进行独立检测。"],
    ["united-states", "美方在人工智能国际机构问题上由反对转为支持。"],
  ])("%s: %s", (state, text) => {
    const found = told(text);
    expect(found).toMatchObject([{ summary: text, status: "new" }]);
    expect(found[0]?.actorIds).toContain(state);
  });
});

describe("what is no shift is not told", () => {
  test.each([
    ["unchanged", "China has not changed its position on outside testing of AI models."],
    ["a denial", "China denied that it had reversed its position on testing of AI models."],
    ["a tone", "China softened its tone on AI and dropped its harsh rhetoric against the United States."],
    ["a call", "The United States urged China to drop its opposition to testing of AI models."],
    ["what might come", "China could reverse its position on testing of AI models."],
    ["a hope", "The United States hopes that China dropped its opposition to testing of AI models."],
    ["a scholar", "Dana Okafor of the Harbour Institute changed her position on testing of AI models."],
    ["a third country alone", "The United Kingdom reversed its position on the testing of AI models."],
    ["another matter", "China dropped its opposition to a fisheries treaty. Elsewhere, machines learn. AI is growing."],
    ["dropped something else", "China dropped its plan for an AI laboratory."],
    ["a first time of another kind", "China and the United States discussed AI for the first time."],
    ["a question", "Has China changed its position on testing of AI models?"],
    ["没有改变", "中方没有改变在人工智能问题上的立场。"],
    ["敦促", "中方敦促美方改变在人工智能问题上的错误立场。"],
    ["立场不会改变", "中方在人工智能问题上的立场不会改变。"],
  ])("%s: %s", (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

test("on the word of a minister it is 5, of a news text 4, of a scholar 2", () => {
  const text = "China has reversed its position on outside testing of AI models.";
  const by = (actorId: string) => ({
    ...press,
    statements: [statement(text, text, { actors: [{ actorId, method: "exact", confidence: 1 }] })],
  });
  expect(
    [told(text, by("mara-quill")), told(text), told(text, by("dana-okafor"))].map(([one]) => one?.severity),
  ).toEqual([5, 4, 2]);
});

test("a speaker's own 'we' holds for the speaker's state", () => {
  const text = "We have changed our position on outside testing of AI models.";
  const says = {
    ...press,
    statements: [statement(text, text, { actors: [{ actorId: "lin-weiran", method: "exact", confidence: 1 }] })],
  } as const;
  expect(told(text, says)).toMatchObject([{ actorIds: ["lin-weiran", "china"] }]);
});

test("an earlier stance that the sentence names makes it no recap, a day long past does", () => {
  const earlier = "China, which previously opposed AI talks on testing, now supports talks on AI testing.";
  expect(told(earlier)).toMatchObject([{ status: "new" }]);
  const past = "In May 2024 China dropped its opposition to testing of AI models.";
  expect(told(past)).toMatchObject([{ status: "background" }]);
});
