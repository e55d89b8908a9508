import { describe, expect, test } from "vitest";
import { brief, read } from "../invented.ts";

describe("who said what, in one sentence", () => {
  test.each([
    ["a quotation before its verb", "“Talks will go on,” Ivy Marsh said.", "direct", "Ivy Marsh", "Talks will go on,"],
    [
      "an inverted verb",
      '"Talks will go on," said Ivy Marsh, a scholar.',
      "direct",
      "Ivy Marsh, a scholar",
      "Talks will go on,",
    ],
    ["a quotation after its verb", "Ivy Marsh said: “Talks will go on.”", "direct", "Ivy Marsh", "Talks will go on."],
    ["that", "Ivy Marsh said that talks would go on.", "indirect", "Ivy Marsh", "that talks would go on"],
    ["no that", "Ivy Marsh said talks would go on.", "indirect", "Ivy Marsh", "talks would go on"],
    ["a verb at the end", "Talks would go on, Ivy Marsh said on Monday.", "indirect", "Ivy Marsh", "Talks would go on"],
    [
      "a quoted piece",
      "Ivy Marsh said the talks were “a tall order”.",
      "mixed",
      "Ivy Marsh",
      "the talks were “a tall order”",
    ],
    ["according to", "Talks would go on, according to Ivy Marsh.", "indirect", "Ivy Marsh", "Talks would go on"],
    [
      "according to in front",
      "According to Ivy Marsh, talks would go on.",
      "indirect",
      "Ivy Marsh",
      "talks would go on",
    ],
    ["an emphasis", "Ivy Marsh stressed the need for talks.", "indirect", "Ivy Marsh", "the need for talks"],
    [
      "an abbreviation that a hyphen joins",
      "Ivy Marsh welcomed the news, the talks and the U.S.-China meetings.",
      "indirect",
      "Ivy Marsh",
      "the news, the talks and the U.S.-China meetings",
    ],
    ["a promise", "Ivy Marsh pledged to meet again.", "indirect", "Ivy Marsh", "to meet again"],
    [
      "a call",
      "Ivy Marsh called on both sides to keep talking.",
      "indirect",
      "Ivy Marsh",
      "both sides to keep talking",
    ],
    [
      "an understanding reached",
      "The two governments have already reached an informal understanding that talks will go on.",
      "indirect",
      "The two governments",
      "that talks will go on",
    ],
    ["a capital", "Beijing has warned that talks may end.", "indirect", "Beijing", "that talks may end"],
    ["a document", "The Lake Declaration calls for more talks.", "indirect", "The Lake Declaration", "more talks"],
    ["experts", "Experts say talks may end.", "indirect", "Experts", "talks may end"],
    [
      "a long apposition",
      "Ivy Marsh, a professor of law and a fellow elsewhere, argued that talks matter.",
      "indirect",
      "Ivy Marsh, a professor of law and a fellow elsewhere",
      "that talks matter",
    ],
    [
      "what somebody called it",
      "The first round of talks between Norland and Vestria ended on Tuesday with what Norland called a consensus on weapons.",
      "indirect",
      "Norland",
      "what a consensus on weapons",
    ],
    [
      "what somebody called it, quoted",
      "The meeting ended with what Ivy Marsh described as “a small step”.",
      "mixed",
      "Ivy Marsh",
      "what as “a small step”",
    ],
    [
      "the occasion first",
      "At a briefing on Monday, Ivy Marsh told reporters that talks matter.",
      "indirect",
      "Ivy Marsh",
      "that talks matter",
    ],
  ])("%s", (_case, text, kind, who, said) => {
    const [statement, ...more] = read([text]);
    expect(more).toEqual([]);
    expect(statement).toMatchObject({ kind, text: said, speaker: { text: who } });
  });

  test.each([
    ["scare quotes", "The so-called “red lines” were never written down."],
    ["a title in quotation marks", "The paper “Winning Together” came out in May."],
    ["advice to a state", "China and the United States should agree to talk."],
    ["a fact", "The act, which introduces new duties, enters into force in May."],
    ["a passive", "The minister was told that talks were over."],
    ["the noun states", "The United States has many labs."],
    ["a question nobody asks", "It remains unclear whether talks will go on."],
  ])("%s is no statement", (_case, text) => {
    expect(read([text])).toEqual([]);
  });
});

test("words around one that has no end are read as ever", () => {
  const [statement, ...more] = read([`See ${"data".repeat(5_000)} where Ivy Marsh said that talks would go on.`]);
  expect(more).toEqual([]);
  expect(statement).toMatchObject({ text: "that talks would go on", speaker: { text: "Ivy Marsh" } });
});

test("what stands at the end of a paragraph without end is read by its words alone", () => {
  const said = read([`${"No rain fell. ".repeat(10_000)}“Talks will go on,” Ivy Marsh said.`]);
  expect(said.map(brief)).toEqual([{ who: "Ivy Marsh", ids: ["ivy-marsh"], said: "Talks will go on," }]);
});

test("a verb in the middle leaves itself out of the words", () => {
  const [statement] = read(["Such work, Ivy Marsh noted, would help everybody."]);
  expect(statement?.text).toBe("Such work would help everybody");
  expect(statement?.content).toHaveLength(2);
});

test("a quotation resumed after its tag is one statement in two pieces", () => {
  const [statement, ...more] = read(["“Talks matter,” Ivy Marsh said. “They always did.”"]);
  expect(more).toEqual([]);
  expect(statement?.text).toBe("Talks matter, They always did.");
  expect(statement?.quotes).toHaveLength(2);
});

test("a quotation over several paragraphs stays with its speaker", () => {
  const statements = read([
    "Ivy Marsh said: “Talks matter to us all.",
    "“They always did, and they will.”",
    "Rain fell.",
  ]);
  expect(statements.map(brief)).toEqual([
    { who: "Ivy Marsh", ids: ["ivy-marsh"], said: "Talks matter to us all. They always did, and they will." },
  ]);
});

test("a sentence that ends in a colon gives the quotation of the next paragraph its speaker", () => {
  expect(read(["The minister continued:", "“We will be back in the spring.”"]).map(brief)).toEqual([
    { who: "The minister", ids: [], said: "We will be back in the spring." },
  ]);
});

test("verbs that share a subject give one statement each", () => {
  const statements = read(["Ivy Marsh stressed the need for talks and warned that time was short."]);
  expect(statements.map((s) => s.text)).toEqual(["the need for talks", "that time was short"]);
  expect(new Set(statements.map((s) => s.actors[0]?.actorId))).toEqual(new Set(["ivy-marsh"]));
});

describe("speakers", () => {
  test.each([
    ["a surname after the full name", "Ivy Marsh arrived.", "Marsh said talks matter.", "Marsh", ["ivy-marsh"]],
    [
      "a title with a surname, by the office at the date",
      "It rained.",
      "President Birch said talks matter.",
      "President Birch",
      ["hazel-birch"],
    ],
    ["a president who no longer is one", "It rained.", "President Alder said talks matter.", "President Alder", []],
    [
      "an office and its state",
      "It rained.",
      "The U.S. president said talks matter.",
      "The U.S. president",
      ["hazel-birch"],
    ],
    ["a surname never named in full", "It rained.", "Marsh said talks matter.", "Marsh", []],
    ["he, after a person spoke", "Ivy Marsh said it rained.", "She said talks matter.", "She", ["ivy-marsh"]],
    ["another first name", "Ivy Marsh arrived.", "Tom Marsh said talks matter.", "Tom Marsh", []],
    ["an aide", "It rained.", "An aide to Ivy Marsh said talks matter.", "An aide to Ivy Marsh", []],
    [
      "the two leaders whom the text names",
      "Hazel Birch met Shen Mu.",
      "The two leaders affirmed the need for talks.",
      "The two leaders",
      ["shen-mu", "hazel-birch"],
    ],
    [
      "the two leaders whom nobody names",
      "It rained.",
      "The two leaders affirmed the need for talks.",
      "The two leaders",
      [],
    ],
    [
      "the two governments",
      "China and the United States met.",
      "The two governments agreed to talk.",
      "The two governments",
      ["china-government", "us-government"],
    ],
    ["the city of a meeting", "It rained.", "Officials in Beijing said talks matter.", "Officials in Beijing", []],
  ])("%s", (_case, first, second, who, ids) => {
    const statement = read([first, second]).at(-1);
    expect(statement?.speaker?.text).toBe(who);
    expect([...(statement?.actors.map((a) => a.actorId) ?? [])].sort()).toEqual([...ids].sort());
  });

  test("whoever is told is not who speaks", () => {
    const [statement] = read(["Ivy Marsh told China Daily that talks matter."]);
    expect(statement).toMatchObject({ addressee: "China Daily", actors: [{ actorId: "ivy-marsh" }] });
  });
});

test.each([
  ["Ivy Marsh declined to comment on the talks.", "no_comment", "negated"],
  ["The ministry did not respond to a request for comment.", "no_comment", "negated"],
  ["Ivy Marsh did not say that talks were over.", "speech", "negated"],
  ["Ivy Marsh asked whether talks were over.", "question", "affirmed"],
  ["Ivy Marsh wrote that talks were over.", "writing", "affirmed"],
])("%s is %s, %s", (text, act, polarity) => {
  expect(read([text]).at(-1)).toMatchObject({ act, polarity });
});

test.each([
  ["If Ivy Marsh says that talks are over, Washington will answer.", "hypothetical", "that talks are over"],
  ["Lan Qiao will come unless the White House announces new rules.", "hypothetical", "new rules"],
  ["Had Ivy Marsh said that talks were over, Washington would have answered.", "hypothetical", "that talks were over"],
  ["When Beijing says that it is ready, Washington will send an envoy.", "hypothetical", "that it is ready"],
  ["Suppose Ivy Marsh said that talks were over.", "hypothetical", "that talks were over"],
  ["What if Beijing announces that talks are over?", "hypothetical", "that talks are over"],
  ["Did Ivy Marsh say that talks were over?", "hypothetical", "that talks were over"],
  ["It is unclear whether Ivy Marsh said that talks were over.", "hypothetical", "that talks were over"],
  ["Ivy Marsh did not deny that talks were over.", "hypothetical", "that talks were over"],
  ["It is not true that Ivy Marsh said talks were over.", "negated", "talks were over"],
  ["Rumours that Ivy Marsh said talks were over are false.", "negated", "talks were over"],
  ["Reports that Ivy Marsh said talks were over could not be verified.", "hypothetical", "talks were over"],
  ["It was not Ivy Marsh who said that talks were over.", "negated", "that talks were over"],
  ["Neither Ivy Marsh nor Lan Qiao said that talks were over.", "negated", "that talks were over"],
  ["Nor did Ivy Marsh say that talks were over.", "negated", "that talks were over"],
  ["The White House has yet to say that talks are over.", "negated", "that talks are over"],
  ["Ivy Marsh denied that talks were over.", "negated", "that talks were over"],
  ["No 10 said that talks were over.", "affirmed", "that talks were over"],
  ["Shares fell after Beijing says it will stop trade.", "affirmed", "it will stop trade"],
])("%s reports what is %s", (text, polarity, words) => {
  expect(read([text])[0]).toMatchObject({ polarity, text: words });
});

test.each([
  ["If talks fail, Ivy Marsh said, Washington will act."],
  ["Ivy Marsh said that talks would end if Washington left."],
  ["Ivy Marsh not only said that talks were over but left."],
])("%s is said all the same", (text) => {
  expect(read([text])[0]).toMatchObject({ polarity: "affirmed", actors: [{ actorId: "ivy-marsh" }] });
});

test.each([
  ['VELL (Reuters) - "Talks will go on," Ivy Marsh said.', "Talks will go on,"],
  ['VELL, Nov. 16 (Harbour News) -- "Talks will go on," Ivy Marsh said.', "Talks will go on,"],
  ["Vell (HN) — “Talks will go on,” Ivy Marsh said.", "Talks will go on,"],
  ["VELL — “Talks will go on,” Ivy Marsh said.", "Talks will go on,"],
  ["VELL, Monday — Talks will go on, Ivy Marsh said.", "Talks will go on"],
  ["VELL, Tuesday, May 19 (Reuters) -- Talks will go on, Ivy Marsh said.", "Talks will go on"],
  ["Vell, Tuesday — Talks will go on, Ivy Marsh said.", "Talks will go on"],
  ["Ivy Marsh's claim that talks were over was wrong.", "talks were over"],
  ["Ivy Marsh said the talks would go on, but some analysts doubt it.", "the talks would go on"],
  ["Ivy Marsh said the talks would go on, a position that Beijing rejects.", "the talks would go on"],
  ["Ivy Marsh, who asked not to be named, said that talks were over.", "that talks were over"],
  ["Ivy Marsh, asked whether Lan Qiao would come, said that talks were over.", "that talks were over"],
  ["Ivy Marsh told reporters when asked about Lan Qiao that talks were over.", "that talks were over"],
])("%s: the writer's own words are not hers", (text, words) => {
  expect(read([text]).map((s) => [s.text, brief(s).ids])).toEqual([[words, ["ivy-marsh"]]]);
});

describe("words cited “as saying” are one statement, of whoever said them", () => {
  test.each([
    ["Reuters cited Ivy Marsh as saying: “Talks will go on.”", [["Ivy Marsh", "Talks will go on.", "Reuters"]]],
    [
      "Reuters on Tuesday cited Ivy Marsh, a scholar, as saying that talks matter, adding that rain fell.",
      [["Ivy Marsh, a scholar", "talks matter, adding that rain fell", "Reuters"]],
    ],
    [
      "Reuters cited Ivy Marsh as saying Beijing hopes talks will go on.",
      [["Ivy Marsh", "Beijing hopes talks will go on", "Reuters"]],
    ],
    [
      "The readout cited Ivy Marsh as saying talks matter, and cited Lan Qiao as saying that rain fell.",
      [
        ["Ivy Marsh", "talks matter", "The readout"],
        ["Lan Qiao", "rain fell", "The readout"],
      ],
    ],
    [
      "Reuters reported that talks would go on, citing Ivy Marsh as saying rain fell.",
      [
        ["Reuters", "that talks would go on", null],
        ["Ivy Marsh", "rain fell", null],
      ],
    ],
    [
      "Reuters cited Ivy Marsh as saying in a phone call that talks matter.",
      [["Ivy Marsh", "talks matter", "Reuters"]],
    ],
  ])("%s", (text, statements) => {
    expect(read([text]).map((s) => [s.speaker?.text, s.text, s.relayedBy])).toEqual(statements);
  });
});

test("a dash after the name of a body is no dateline", () => {
  expect(read(["REUTERS — the agency — said that talks were over."])[0]?.actors[0]?.actorId).toBe("reuters");
});

test("a word that opens a supposition is no part of a name", () => {
  expect(read(["Suppose Ivy Marsh said that talks were over."])[0]?.speaker?.text).toBe("Ivy Marsh");
});

test("what is only supposed stays below the confidence of alerts", () => {
  expect(read(["If Ivy Marsh says that talks are over, nobody will come."])[0]?.confidence).toBeLessThan(0.8);
});

test("a statement has the date of its document, and none where the document has none", () => {
  expect(read(["Ivy Marsh said talks matter."])[0]?.saidAt?.value).toBe("2026-05-19");
  expect(read(["Ivy Marsh said talks matter."], { publishedAt: null })[0]?.saidAt).toBeNull();
});

test("words that reach us through somebody else's account keep who relays them apart from who spoke", () => {
  const [statement, ...more] = read(["According to Reuters, Ivy Marsh said that talks matter."]);
  expect(more).toEqual([]);
  expect(statement).toMatchObject({
    relayedBy: "Reuters",
    text: "that talks matter",
    actors: [{ actorId: "ivy-marsh" }],
  });
});

test("a quotation that opens a new paragraph without a verb is taken to go on from who spoke, and says so", () => {
  const statement = read(["Ivy Marsh said talks matter.", "“Nobody knows how this will end.”"]).at(-1);
  expect(statement).toMatchObject({ actors: [{ actorId: "ivy-marsh" }], flags: ["speaker-carried-over"] });
  expect(statement?.confidence).toBeLessThan(0.5);
});

describe("words that no rule lists are learned from annotated news", () => {
  test.each([
    ["any verb after a quotation", "“Will talks go on?” Ivy Marsh demanded.", "Ivy Marsh", "Will talks go on?"],
    [
      "any verb before a colon",
      "The minister thundered: “Talks will never end.”",
      "The minister",
      "Talks will never end.",
    ],
    ["a participle", "Ivy Marsh welcomed the vote, saying: “Talks will go on.”", "Ivy Marsh", "Talks will go on."],
    [
      "a quoted piece of a list",
      "Ivy Marsh called the plan “a mistake of the past” and a “step away from all that was agreed”.",
      "Ivy Marsh",
      "the plan “a mistake of the past” and a “step away from all that was agreed”",
    ],
    [
      "a word that joins",
      "“Talks matter,” Ivy Marsh said. But “nobody in the room expected them to end.”",
      "Ivy Marsh",
      "Talks matter, nobody in the room expected them to end.",
    ],
  ])("%s", (_case, text, who, said) => {
    const statement = read([text]).find((found) => found.text === said);
    expect(statement?.speaker?.text).toBe(who);
  });

  test("a quotation within a quotation does not end it", () => {
    const [statement] = read(["“They called it “a game” and laughed at all of us,” Ivy Marsh said."]);
    expect(statement?.text).toBe("They called it “a game” and laughed at all of us,");
  });

  test("a heading without a mark is not read", () => {
    expect(read(["What Both Sides Agree On"])).toEqual([]);
  });
});

describe("topics that stand in the speaker's name", () => {
  test.each([
    ["of a document", "The Lake Declaration on export controls calls for calm.", ["tech.chips"]],
    ["of a person's post", "Ivy Marsh, a scholar of export controls, called for calm.", []],
  ])("%s", (_case, text, ids) => {
    expect(read([text]).map(({ topics }) => topics.map(({ id }) => id))).toEqual([ids]);
  });
});

describe("nouns with an owner", () => {
  test.each([
    [
      "a claim",
      "The delay casts doubt on Ivy Marsh's bold claim that talks will go on.",
      "Ivy Marsh",
      "talks will go on",
    ],
    ["a feeling among some", "Skepticism arose among analysts over the new hotline.", "analysts", "the new hotline"],
    ["a view first", "In Ivy Marsh’s view, talks will go on for years.", "Ivy Marsh", "talks will go on for years"],
    [
      "a view inside",
      "Such talks, in Ivy Marsh’s view, will go on for years.",
      "Ivy Marsh",
      "Such talks will go on for years",
    ],
  ])("%s", (_case, text, who, said) => {
    expect(read([text]).map(({ speaker, text: words }) => [speaker?.text, words])).toEqual([[who, said]]);
  });
});

describe("stances without a verb of saying", () => {
  test.each([
    [
      "an agreement by who held talks",
      "Ivy Marsh and Lan Qiao held talks and reached a consensus to meet again.",
      "Ivy Marsh and Lan Qiao",
      "meet again",
    ],
    [
      "a second promise",
      "Rowan Alder and Shen Mu agreed to put a floor under their relations and committed to consider a hotline.",
      "Rowan Alder and Shen Mu",
      "consider a hotline",
    ],
    ["a worry", "Both governments are deeply concerned about faster weapons.", "Both governments", "faster weapons"],
    ["a comparison drawn", "Ivy Marsh drew a parallel to the arms talks of old.", "Ivy Marsh", "the arms talks of old"],
    [
      "what a thing is presented as",
      "Beijing has pitched this as governance for all rather than what it fears.",
      "Beijing",
      "governance for all",
    ],
    [
      "what is treated as something",
      "Beijing treats the accord as a first step.",
      "Beijing",
      "the accord as a first step",
    ],
    [
      "a plan that presents itself",
      "The Lake Declaration presents itself as the open alternative.",
      "The Lake Declaration",
      "the open alternative",
    ],
    ["a plan's priority", "The new strategy prioritises exports to allies.", "The new strategy", "exports to allies"],
    [
      "a finding",
      "A recent study of both plans has found some overlap on most risks.",
      "A recent study of both plans",
      "some overlap on most risks",
    ],
    ["a posture", "Beijing has taken a firm stance against the sale.", "Beijing", "firm stance against the sale"],
    ["a refusal", "The United States refused to sign the joint paper.", "The United States", "sign the joint paper"],
    ["a doubt", "Some observers doubt whether the talks will last.", "Some observers", "whether the talks will last"],
    ["a side taken", "Washington came out in strong opposition at the debate.", "Washington", "strong opposition"],
  ])("%s", (_case, text, who, said) => {
    const stances = read([text]).filter(({ rule }) => rule === "stance");
    expect(stances.map(({ speaker, text: words }) => [speaker?.text, words])).toEqual([[who, said]]);
  });

  test.each([
    ["what is critical to do", "It is critical to build a hotline, and the states are critical to it."],
    ["an approach", "The Union takes a careful approach to the market."],
    ["a conclusion of the writer's", "The labs test more now, signalling that the field grows up."],
    ["people named by somebody", "The panel of experts nominated by thirty states met on Monday."],
    ["an example of the writer's", "The old cipher, made in the open, shows how rivals can work together."],
  ])("no statement: %s", (_case, text) => {
    expect(read([text])).toEqual([]);
  });
});

test("“According to” leaves out the occasion that the writer tells first", () => {
  const [statement] = read(["Following a long summit of both leaders, talks will go on, according to officials."]);
  expect(statement?.text).toBe("talks will go on");
});

test("a nickname in marks is part of the name", () => {
  const [statement] = read(['Marcia "Cia" Price said that talks will go on.']);
  expect(statement?.speaker?.text).toBe('Marcia "Cia" Price');
});

test("whoever made “the following statement” speaks it", () => {
  const [statement] = read(["On Monday, Ivy Marsh made the following statement:", "“Talks will go on for years.”"]);
  expect([statement?.speaker?.text, statement?.text]).toEqual(["Ivy Marsh", "Talks will go on for years."]);
});

test("a quotation that is closed with an opening mark ends there", () => {
  const said = read(["“We gain by peace,“ Ivy Marsh said. Nobody from the harbour office came."]);
  expect(said.map(({ text }) => text)).toEqual(["We gain by peace,"]);
});

test("a person named twice in one phrase is one actor", () => {
  const [statement] = read(["Lan Qiao (蓝桥) said that talks would go on."]);
  expect(statement?.actors.map(({ actorId }) => actorId)).toEqual(["lan-qiao"]);
});

test("a thing that only suggests something says nothing", () => {
  expect(read(["The shift toward talks suggests that both want guardrails."])).toEqual([]);
});

test("“it” is no critics and no person", () => {
  const [first, second] = read(["Experts say talks may end. The paper is short. It said that talks would go on."]);
  expect(first?.actors.map(({ actorId }) => actorId)).toEqual(["grp-experts"]);
  expect([second?.speaker?.text, second?.actors]).toEqual(["It", []]);
});
