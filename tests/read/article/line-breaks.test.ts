import { describe, expect, test } from "vitest";
import { joinsOf } from "../../../src/read/article/line-breaks.ts";

describe("a line that a reader reads on is joined to the next", () => {
  test.each([
    ["small letters go on in small letters", ["The ministry said the talks", "would be held in May."], " "],
    ["a word that no sentence ends with", ["The envoys met with the", "Deputy Minister of Norland."], " "],
    ["a comma before small letters", ["Asked about the plan, he said nothing,", "and left."], " "],
    ["a Chinese comma", ["双方就人工智能治理、", "军事应用交换意见。"], ""],
    ["a Chinese comma before Latin letters", ["各方讨论了，", "AI治理。"], ""],
  ])("%s", (_, lines, join) => expect(joinsOf(lines)).toEqual([join]));
});

describe("lines of their own stay apart", () => {
  test.each([
    ["questions and answers", ["Q: Will there be talks", "A: yes, in May."]],
    ["labels in small letters", ["there is nothing to add", "q: when"]],
    ["Chinese turns", ["记者：请问何时举行，", "发言人：请等待。"]],
    ["sentences", ["The talks ended.", "the envoys left."]],
    ["an address", ["Ministry of Trade", "12 Harbour Street", "Norhaven"]],
    ["a heading above its text", ["Two sides to hold talks on AI", "The ministry said so on Friday."]],
    ["a Chinese heading above its text", ["深化合作共识", "各方认为应加强治理。"]],
    ["single words", ["apples", "pears"]],
  ])("%s", (_, lines) => expect(joinsOf(lines)).toEqual(lines.slice(1).map(() => null)));
});

test("text wrapped by hand is joined throughout, with a space or, between hanzi, without", () => {
  const latin = [
    "The delegation of Norland will meet Deputy Minister",
    "Ines Corbel and officials of the Office of Emerging",
    "Technology on Friday. A readout is to be published.",
    "Nothing else was said.",
  ];
  expect(joinsOf(latin)).toEqual([" ", " ", " "]);
  const han = [
    "双方一致认为应当进一步加强在人工智能领域",
    "的对话与合作共同推动形成具有广泛共识的治",
    "理框架和标准规范。",
  ];
  expect(joinsOf(han)).toEqual(["", ""]);
});
