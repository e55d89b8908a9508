import { expect, test } from "vitest";
import { repetitionWith } from "../../../src/read/copy/repeat.ts";

const said =
  "We have agreed that a person answers the telephone at any hour of the day, and that both sides keep a record of it";

test.each([
  ["other marks and spacing", said.replace(",", " –"), "same"],
  ["one clause of it", "a person answers the telephone at any hour of the day", "piece"],
  [
    "it and a sentence more",
    `${said}. The record is kept for ten years by the two foreign ministries together.`,
    "whole",
  ],
  ["a word changed", said.replace("record", "log"), "near"],
  [
    "an ellipsis",
    "We have agreed that a person answers the telephone at any hour … and that both sides keep a record of it",
    "near",
  ],
])("%s repeats the statement (%#)", (_case, words, relation) => {
  expect(repetitionWith(words)(said)?.relation).toBe(relation);
});

test.each([
  ["three words of it", "answers the telephone"],
  ["another statement", "Nobody asked us to trust anyone, and nobody did, in all those hours of talk"],
  ["the same opening", "We have agreed that a person will go to the island and count the ships that pass there"],
  ["nothing", " … "],
])("%s does not", (_case, words) => {
  expect(repetitionWith(words)(said)).toBeNull();
});

test("Chinese statements are compared by characters", () => {
  const chinese = "双方将建立人工智能事故联络渠道,任何时候都会有人接听电话";
  expect(repetitionWith("“双方将建立人工智能事故联络渠道”")(chinese)?.relation).toBe("piece");
  expect(repetitionWith("没有。")("没有")?.relation).toBe("same");
});
