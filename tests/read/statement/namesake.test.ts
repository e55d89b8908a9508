import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { shipped } from "../../../src/paths.ts";
import { compileLexicon } from "../../../src/read/statement/lexicon.ts";
import { foldText } from "../../../src/read/statement/phrases.ts";
import { findMentions } from "../../../src/read/statement/view.ts";
import { read } from "../invented.ts";

const lexicon = compileLexicon(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));

/** Whom the shipped catalogue finds named in a text. No text says what anybody said. */
function people(text: string): string[] {
  return findMentions(lexicon, text, foldText(text), "2026-05-19")
    .map(({ actors }) => actors[0])
    .flatMap((actor) => (actor?.type === "person" ? [actor.id] : []));
}

/** Whose the last statement of a text is, with the invented catalogue. */
function lastSpeaker(text: string): (string | undefined)[] {
  return (
    read([text])
      .at(-1)
      ?.actors.map(({ actorId }) => actorId) ?? []
  );
}

describe("a surname is not that of somebody we know", () => {
  test.each([
    [
      "whose namesake was introduced since",
      "Ivy Marsh came. Rosa Marsh, a baker, came too. Marsh said that rain fell.",
      [],
    ],
    ["whose namesake alone was introduced", "The chemist Peter J. Marsh came. Mr. Marsh said that rain fell.", []],
    [
      "where the namesake came first and who we know after",
      "Rosa Marsh came. Ivy Marsh came too. Marsh said that rain fell.",
      ["ivy-marsh"],
    ],
    [
      "after a word that opens a sentence",
      "Ivy Marsh came. When Marsh left, Marsh said that rain fell.",
      ["ivy-marsh"],
    ],
    ["after the end of a sentence", "Ivy Marsh came from Iowa. Marsh said that rain fell.", ["ivy-marsh"]],
    ["after a word in -ing", "Ivy Marsh came. Joining Marsh, Lan Qiao left. Marsh said that rain fell.", ["ivy-marsh"]],
    ["after a title", "Ivy Marsh came. There Dr. Marsh said that rain fell.", ["ivy-marsh"]],
    ["who is a Chinese namesake", "Shen Mu came. Later Shen Lan, a farmer, came. Shen said that rain fell.", []],
    ["who has the office of another state", "Norwegian President Birch said that rain fell.", []],
    ["who has the office of their own state", "American President Birch said that rain fell.", ["hazel-birch"]],
    ["who has another title", "Judge Birch said that rain fell.", []],
  ])("%s: %s", (_case, text, who) => expect(lastSpeaker(text)).toEqual(who));
});

describe("a name of the catalogue is somebody else's", () => {
  test.each([
    ["beside a given name", "Lin Xi came"],
    ["before a given name", "Xi Lin, a baker, came"],
    ["after a title that the person does not have", "Professor Xi came"],
    ["with the office of another state", "the Norwegian President Trump came"],
    ["with the office of a state nobody knows", "Norland’s President Trump came"],
    ["of another generation", "Donald Trump Jr. came"],
    ["with a trade that nobody plies in office", "Li Qiang, a rice farmer in Hunan, came"],
    ["with a trade that nobody plies in office, in Chinese", "农民李强来了"],
    ["with the office of another state, in Chinese", "日本外相王毅来了"],
  ])("%s: %s", (_case, text) => expect(people(text)).toEqual([]));

  test("once somebody else of the name was introduced, until the person is named again", () => {
    expect(people("Xi Lin, a baker, came, and Xi left. Then Xi Jinping came, and Xi left.")).toEqual([
      "xi-jinping",
      "xi-jinping",
    ]);
  });

  test.each([
    ["When Xi came", ["xi-jinping"]],
    ["China’s Xi came", ["xi-jinping"]],
    ["Chinese President Xi Jinping came", ["xi-jinping"]],
    ["the American President Trump came", ["donald-trump"]],
    ["In Norway President Trump came", ["donald-trump"]],
    ["Sen. Bernie Sanders (I-Vt.) came", ["bernie-sanders"]],
    ["Dr. Tedros came", ["tedros-adhanom-ghebreyesus"]],
    ["Premier Li Qiang, a former teacher, came", ["li-qiang"]],
    ["Premier Li Qiang, a reformer, came", ["li-qiang"]],
    ["中国驻美国大使谢锋来了", ["xie-feng"]],
    ["中国外长王毅来了", ["wang-yi"]],
  ])("not in: %s", (text, who) => expect(people(text)).toEqual(who));
});

describe("a surname spelt as a pronoun is a name", () => {
  test.each([
    ["before a given name", "He Lan said that rain fell.", "He Lan"],
    ["before an owned office", "He Lan’s spokesman said that rain fell.", "He Lan’s spokesman"],
    ["after an office", "Vice Premier He said that rain fell.", "Vice Premier He"],
    ["but not after a quotation", "“Rain fell,” He said.", "He"],
  ])("%s", (_case, text, who) => expect(read([text]).map(({ speaker }) => speaker?.text)).toEqual([who]));
});
