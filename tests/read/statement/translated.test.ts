import { describe, expect, test } from "vitest";
import { read } from "../invented.ts";

describe("fidelity", () => {
  test.each([
    ["a document that says it is a translation", ["Unofficial translation", "Ivy Marsh said: “Talks will go on.”"]],
    ["a translation named at the foot", ["Ivy Marsh said: “Talks will go on.”", "Translated by the Harbour Desk."]],
    ["a Chinese one", ["蓝桥说：“对话会继续。”", "（非官方译文）"]],
  ])("of quoted words is translated in %s", (_case, paragraphs) => {
    expect(read(paragraphs).map(({ fidelity }) => fidelity)).toEqual(["translated"]);
  });

  test("of reported words stays a paraphrase in a translation", () => {
    const [statement] = read(["Unofficial translation", "Ivy Marsh said that talks would go on."]);
    expect(statement?.fidelity).toBe("paraphrase");
  });

  test("is not translated where the text only speaks of translating", () => {
    const [statement] = read(["Ivy Marsh said: “Talks will go on.” Machines translate quickly."]);
    expect(statement?.fidelity).toBe("verbatim-secondary");
  });

  test("of a turn that is marked as interpreted is translated, and of the others is not", () => {
    const turns = read(
      [
        "PRESIDENT ALDER: Thank you all. Talks will go on, and we will meet again in June.",
        "PRESIDENT MU: (As interpreted.) Thank you. We will come to the harbour in June.",
        "PRESIDENT ALDER: We look forward to it.",
      ],
      { kind: "transcript", title: "Remarks by President Alder and President Mu" },
    );
    expect(turns.map(({ fidelity }) => fidelity)).toEqual(["verbatim-secondary", "translated", "verbatim-secondary"]);
  });
});
