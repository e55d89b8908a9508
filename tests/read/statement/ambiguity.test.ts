import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { shipped } from "../../../src/paths.ts";
import { compileLexicon } from "../../../src/read/statement/lexicon.ts";
import { foldText } from "../../../src/read/statement/phrases.ts";
import { findMentions } from "../../../src/read/statement/view.ts";

const catalogue = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
const lexicon = compileLexicon(catalogue);

/** Who is named in a text, by id, in order. */
function named(text: string, day: string | null = "2026-05-19", origin?: string | null): string[] {
  return findMentions(lexicon, text, foldText(text), day, origin).map(({ actors }) => actors[0]?.id ?? "");
}

/** Each rule of catalogue/ambiguity-rules.yaml: its form, a text, and who is named there. No text says what anybody said. */
const cases: [form: string, text: string, ids: string[], day?: string][] = [
  ["Washington", "Washington opposes the plan", ["us-government"]],
  ["Washington", "a meeting in Washington", []],
  ["Washington", "an article of the Washington Post", []],
  ["Beijing", "Beijing opposes the plan", ["china-government"]],
  ["Beijing", "the leaders met in Beijing", []],
  ["Beijing", "the Beijing Statement", ["doc-idais-beijing"]],
  ["Beijing", "the Beijing Academy of AI", []],
  ["State", "heads of state and state media", []],
  ["State", "the State Council", ["state-council"]],
  ["Foreign Affairs", "an essay in Foreign Affairs", ["foreign-affairs"]],
  ["Foreign Affairs", "the Minister of Foreign Affairs of Norland", []],
  ["Foreign Affairs", "China’s Ministry of Foreign Affairs", ["china-mfa"]],
  ["Commerce", "a shop for e-commerce", []],
  ["Commerce", "the U.S. agencies Treasury and Commerce", ["united-states", "us-treasury", "us-commerce"]],
  ["Commerce", "the Commerce Ministry", ["mofcom"]],
  ["Foreign Ministry / Commerce Ministry", "the Foreign Ministry of Japan", ["japan-mofa", "japan"]],
  ["Foreign Ministry / Commerce Ministry", "the Norlandic Foreign Ministry", []],
  ["Treasury", "the Norlandic Treasury", []],
  ["国家安全委员会", "美国国家安全委员会，后来国家安全委员会", ["united-states", "us-nsc", "us-nsc"]],
  ["国家安全委员会", "韩国国家安全委员会", ["south-korea"]],
  ["国家安全委员会", "中央国家安全委员会", []],
  ["Treasury", "the Treasury", ["us-treasury"]],
  ["Chan", "Chan arrived", []],
  ["Zhu", "Zhu arrived", []],
  ["Teng", "Teng arrived", []],
  ["He", "He arrived", []],
  ["Li", "Li arrived", []],
  ["Wang", "Wang arrived", []],
  ["Center", "the Center was opened", []],
  ["Xi", "part xi of the law and part XI", []],
  ["Xi", "Xi arrived", ["xi-jinping"]],
  ["Kim", "Kim arrived", []],
  ["Krishnan", "Krishnan arrived", []],
  ["Action Plan", "the Action Plan", []],
  [
    "Action Plan",
    "the Global AI Governance Action Plan, then the Action Plan",
    ["doc-china-gaig-action-plan", "doc-china-gaig-action-plan"],
  ],
  ["the Panel / Scientific Panel / Safety Report", "the Panel met", []],
  ["Global Dialogue / the dialogue / International Dialogues", "the dialogue went on", []],
  [
    "Global Dialogue / the dialogue / International Dialogues",
    "the Global Dialogue on AI Governance",
    ["un-global-dialogue"],
  ],
  ["Geneva talks", "the Geneva talks ended", []],
  ["APEC summit", "the APEC summit ended", ["apec"]],
  ["国务院", "国务院", ["state-council"]],
  ["国务院", "美国国务院", ["us-state-department"]],
  ["商务部 / 财政部 / 国防部 / 外交部", "商务部", ["mofcom"]],
  ["商务部 / 财政部 / 国防部 / 外交部", "美国商务部", ["us-commerce"]],
  ["中方 / 我方 / 双方", "中方", ["china-government"]],
  ["中方 / 我方 / 双方", "双方", ["grp-both-sides"]],
  ["特朗普 / 川普, 鲁比奥 / 卢比奥, 人工智能 / 人工智慧", "川普", ["donald-trump"]],
  ["特朗普 / 川普, 鲁比奥 / 卢比奥, 人工智能 / 人工智慧", "盧比奧", ["marco-rubio"]],
  ["特朗普 / 川普, 鲁比奥 / 卢比奥, 人工智能 / 人工智慧", "美國國務院", ["us-state-department"]],
  ["CSIS / CNA / ASPI / CCTV / BIS / NSA / CAC", "the CAC 40 index", []],
  ["CSIS / CNA / ASPI / CCTV / BIS / NSA / CAC", "a study of CSIS on AI", ["csis"]],
  ["CSIS / CNA / ASPI / CCTV / BIS / NSA / CAC", "the CSIS of Ottawa", []],
  ["Bush / Thornton / Carnegie / Leverhulme", "the John L. Thornton China Center", ["thornton-china-center"]],
  ["Bush / Thornton / Carnegie / Leverhulme", "Carnegie Mellon University", []],
  ["Bengio", "Bengio arrived", []],
  ["Trump administration", "the Trump administration", ["trump-administration"]],
  ["Trump administration", "the Trump administration", ["first-trump-administration"], "2019-06-01"],
];

describe("an ambiguous form names whom its rule says, and nobody rather than a guess", () => {
  test.each(cases)("%s: %s", (_form, text, ids, day) => {
    expect(named(text, day)).toEqual(ids);
  });

  test("every rule of the catalogue is held by a case", () => {
    const held = new Set(cases.map(([form]) => form));
    expect(catalogue.ambiguityRules.map(({ form }) => form).filter((form) => !held.has(form))).toEqual([]);
  });
});

test("us is not the United States", () => {
  expect(named("tell us more")).toEqual([]);
  expect(named("the US and the U.S.")).toEqual(["united-states", "united-states"]);
});

describe("a ministry that many states have is the one of the state that stands at it", () => {
  test.each([
    ["a Russian Foreign Ministry spokesperson", []],
    ["Iran's Foreign Ministry", []],
    ["Norland’s Foreign Ministry", []],
    ["the British Treasury", []],
    ["the Norlandic Commerce Department", []],
    ["India's Foreign Ministry", ["india", "india-mea"]],
    ["Japan's foreign ministry", ["japan", "japan-mofa"]],
    ["a Foreign Ministry official in Tehran", []],
    ["Beijing's Foreign Ministry", ["china-government", "china-mfa"]],
    ["the U.S. Treasury", ["united-states", "us-treasury"]],
    ["Biden's Commerce Department", ["us-commerce"]],
    ["Monday's Treasury report", ["us-treasury"]],
    ["英国财政部", ["united-kingdom"]],
    ["俄罗斯外交部", ["russia"]],
    ["其中商务部", ["mofcom"]],
  ])("%s", (text, ids) => {
    expect(named(text).filter((id) => id !== "joe-biden")).toEqual(ids);
  });
});

describe("a ministry at which no state stands is of the state named with one last, else of where the document comes from", () => {
  test.each([
    ["the Foreign Ministry", null, []],
    ["the Foreign Ministry", "china", ["china-mfa"]],
    ["the Foreign Ministry", "russia", []],
    ["the Chinese Foreign Ministry, then the Foreign Ministry", null, ["china-mfa", "china-mfa"]],
    ["the Iranian Foreign Ministry, then the Foreign Ministry", "china", []],
    ["the Treasury", null, ["us-treasury"]],
    ["the Treasury", "china", ["us-treasury"]],
    ["the Treasury", "united-kingdom", []],
    ["the Commerce Department", "united-kingdom", ["us-commerce"]],
  ])("%s, from %s", (text, origin, ids) => {
    expect(named(text, "2026-05-19", origin)).toEqual(ids);
  });
});

test.each([
  ["美國國務卿魯比奧", "marco-rubio"],
  ["美國財政部長貝森特", "scott-bessent"],
  ["商務部長盧特尼克", "howard-lutnick"],
  ["外交部發言人毛寧", "mao-ning"],
  ["商務部發言人何詠前", "he-yongqian"],
])("who is named in Traditional characters is who is named in Simplified: %s", (text, id) => {
  expect(named(text)).toContain(id);
});
