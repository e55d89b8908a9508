import { describe, expect, test } from "vitest";
import { read } from "../invented.ts";

/** Whose the last statement of a text is, and how that was found. */
function last(text: string) {
  const said = read([text]).at(-1);
  return said && [said.speaker?.text, said.actors.map(({ actorId, method }) => `${actorId} ${method}`)];
}

describe("an office or trade alone takes up who spoke before in that text", () => {
  test.each([
    ["外交部发言人蓝桥表示，雨会停。这位发言人还说，会谈将继续。", "这位发言人", ["lan-qiao coreference"]],
    ["外交部发言人表示，雨会停。该发言人指出，会谈将继续。", "该发言人", ["china-mfa coreference"]],
    [
      "外交部发言人蓝桥表示，雨会停。专家方晴认为，雨大。这位发言人强调，会谈将继续。",
      "这位发言人",
      ["lan-qiao coreference"],
    ],
    [
      "Lan Qiao, a ministry spokesman, said rain fell. The spokesperson added that talks would go on.",
      "The spokesperson",
      ["lan-qiao coreference"],
    ],
    [
      "A White House official said rain fell. The official said that talks would go on.",
      "The official",
      ["white-house coreference"],
    ],
    [
      "President Birch said rain fell. Shen Mu listened. The president said that talks would go on.",
      "The president",
      ["hazel-birch coreference"],
    ],
    ["Hazel Birch came. The president said that talks would go on.", "The president", ["hazel-birch coreference"]],
  ])("%s", (text, words, who) => expect(last(text)).toEqual([words, who]));

  test.each([
    ["港务局发言人方晴表示，雨会停。蓝桥在场。这位发言人强调，会谈将继续。", "这位发言人"],
    ["蓝桥在场。该学者指出，会谈将继续。", "该学者"],
    ["该发言人表示，会谈将继续。", "该发言人"],
    [
      "A Norlandic spokesperson, Vera Lind, said rain fell. Lan Qiao came. The spokesperson added that talks would go on.",
      "The spokesperson",
    ],
    [
      "Vera Lind, the president of Norland, said rain fell. Shen Mu came. The president said that talks would go on.",
      "The president",
    ],
    ["The vice president said rain fell. This president said that talks would go on.", "This president"],
  ])("nobody of the catalogue where somebody unknown has it, or nobody of the text: %s", (text, words) =>
    expect(last(text)).toEqual([words, []]),
  );
});
