import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { shipped } from "../../../src/paths.ts";
import { noHints } from "../../../src/read/hints.ts";
import { compileLexicon } from "../../../src/read/statement/lexicon.ts";
import { readStatements } from "../../../src/read/statement/statements.ts";
import { article } from "../invented.ts";

const lexicon = compileLexicon(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));

/** Who is said to have spoken in a text of a day. The words are invented. */
function speakers(text: string, day: string | null) {
  const publishedAt = day ? ({ value: day, precision: "day", basis: "meta", raw: day } as const) : null;
  return readStatements(article([text], { publishedAt }), noHints, lexicon).flatMap(({ actors }) =>
    actors.map(({ actorId, method }) => `${actorId} ${method}`),
  );
}

describe("an office without a name is whoever held it on the document's day, and without a day its body", () => {
  test.each([
    ["The Treasury secretary said that the rain would stop.", "2019-06-01", ["steven-mnuchin office-at-date"]],
    ["The Treasury secretary said that the rain would stop.", "2023-06-01", ["janet-yellen office-at-date"]],
    ["The U.S. Treasury Secretary said that the rain would stop.", "2026-05-19", ["scott-bessent office-at-date"]],
    ["The U.S. Commerce Secretary said that the rain would stop.", "2023-06-01", ["gina-raimondo office-at-date"]],
    ["美国财政部长表示，雨会停。", "2023-06-01", ["janet-yellen office-at-date"]],
    ["美国国务卿表示，雨会停。", "2023-06-01", ["antony-blinken office-at-date"]],
    ["The Treasury secretary said that the rain would stop.", null, ["us-treasury alias"]],
    ["The British foreign secretary said that the rain would stop.", "1990-01-01", []],
  ])("%s (%s)", (text, day, who) => {
    expect(speakers(text, day)).toEqual(who);
  });
});

describe("an office before a name is no one whom the named serves", () => {
  test.each([
    ["Secretary of State Antony Blinken said that the rain would stop.", ["antony-blinken exact"]],
    ["The rain will stop, Secretary of Commerce Gina Raimondo said.", ["gina-raimondo exact"]],
    ["U.S. Ambassador to China Nicholas Burns said that the rain would stop.", ["nicholas-burns exact"]],
    ["A spokesman for President Xi Jinping said that the rain would stop.", []],
    ["The adviser to President Joe Biden said that the rain would stop.", []],
    ["The secretary of Antony Blinken said that the rain would stop.", []],
  ])("%s", (text, who) => {
    expect(speakers(text, "2023-06-01")).toEqual(who);
  });
});

describe("a Foreign Ministry is whose the dateline and the document say, and else nobody's", () => {
  test.each([
    ["A Russian Foreign Ministry spokesperson said that the rain would stop.", []],
    ["A Foreign Ministry spokesperson said that the rain would stop.", []],
    ["MOSCOW (Reuters) - A Foreign Ministry spokesperson said that the rain would stop.", []],
    ["BEIJING, May 19 (Reuters) - A Foreign Ministry spokesperson said that the rain would stop.", ["china-mfa alias"]],
    ["China sent a team to Geneva. The Foreign Ministry said that the rain would stop.", ["china-mfa alias"]],
    ["Russia and China sent teams to Geneva. The Foreign Ministry said that the rain would stop.", []],
    ["外交部发言人表示，雨会停。", ["china-mfa exact"]],
  ])("%s", (text, who) => {
    expect(speakers(text, "2026-05-19")).toEqual(who);
  });
});
