import { describe, expect, test } from "vitest";
import type { Source } from "../../../src/catalogue/source.ts";
import { noHints } from "../../../src/read/hints.ts";
import { viewArticle } from "../../../src/read/statement/view.ts";
import { readTranscript } from "../../../src/read/transcript/transcript.ts";
import { article, brief, lexicon, read } from "../invented.ts";

const whiteHouse = { official: true, actor: "white-house" } as Source;

describe("an English press conference of the Foreign Ministry", () => {
  const title = "Foreign Ministry Spokesperson Lan Qiao’s Regular Press Conference on May 19, 2026";
  const statements = read(
    [
      "At the invitation of the minister, a guest will visit.",
      "Reuters: It is reported that the chief negotiator said talks are off. Can you confirm?",
      "Lan Qiao: We are open to an AI dialogue.",
      "Our position is clear: we hope for progress.",
      "Shenzhen TV: A follow-up. When?",
      "Lan Qiao: Soon.",
    ],
    { title },
  );

  test("gives one statement to each answer, with its unlabelled paragraphs, and the announcement before", () => {
    expect(statements.map((s) => s.text)).toEqual([
      "At the invitation of the minister, a guest will visit.",
      "We are open to an AI dialogue. Our position is clear: we hope for progress.",
      "Soon.",
    ]);
  });

  test("credits them to the spokesperson by label, and by title where there is no label", () => {
    expect(statements.map((s) => [s.speaker?.text, s.speaker?.via, s.actors[0]?.actorId])).toEqual([
      ["Lan Qiao", "page_title", "lan-qiao"],
      ["Lan Qiao", "turn_label", "lan-qiao"],
      ["Lan Qiao", "turn_label", "lan-qiao"],
    ]);
  });

  test("links each answer to its question and the outlet that asked", () => {
    expect(statements.map((s) => s.question?.outlet ?? null)).toEqual([null, "Reuters", "Shenzhen TV"]);
  });

  test("credits nothing of a question to anybody", () => {
    expect(statements.some((s) => s.text.includes("talks are off"))).toBe(false);
  });

  test("tags an answer with the topics of its own words", () => {
    expect(statements[1]?.topics.map((t) => t.id)).toEqual(["process.dialogue"]);
  });
});

describe("a Chinese press conference", () => {
  const title = "2026年5月19日外交部发言人蓝桥主持例行记者会";

  test.each([
    [
      "questions in bold",
      ["**路透社记者：能否介绍？**", "蓝桥：我们愿对话。", "我们愿合作。", "**追问：何时？**", "蓝桥：很快。"],
    ],
    [
      "no bold at all",
      ["路透社记者：能否介绍？", "蓝桥：我们愿对话。", "我们愿合作。", "追问：何时？", "蓝桥：很快。"],
    ],
    [
      "all lines in one paragraph",
      ["路透社记者：能否介绍？\n　　蓝桥：我们愿对话。\n　　我们愿合作。\n追问：何时？\n蓝桥：很快。"],
    ],
    [
      "a label run on inside a paragraph",
      ["路透社记者：能否介绍？蓝桥：我们愿对话。", "我们愿合作。追问：何时？", "蓝桥：很快。"],
    ],
  ])("is cut into the same answers with %s", (_layout, paragraphs) => {
    const statements = read(paragraphs, { title });
    expect(statements.map((s) => s.text.replace(/\s/g, ""))).toEqual(["我们愿对话。我们愿合作。", "很快。"]);
    expect(statements.map((s) => s.actors[0]?.actorId)).toEqual(["lan-qiao", "lan-qiao"]);
    expect(statements.map((s) => s.question?.outlet)).toEqual(["路透社", null]);
    expect(statements[0]?.flags).toEqual([]);
  });

  test("takes a bold paragraph without a label for a question where questions are bold", () => {
    const statements = read(["**路透社记者：能否介绍？**", "蓝桥：愿对话。", "**还有别的吗？**", "没有。"], { title });
    expect(statements.map((s) => s.text)).toEqual(["愿对话。", "没有。"]);
  });

  test.each([
    ["外交部发言人蓝桥就有关问题答记者问", "蓝桥", "lan-qiao"],
    ["外交部发言人就有关问题答记者问", "外交部发言人", "china-mfa"],
  ])("resolves 答 by the title %s", (pageTitle, who, id) => {
    const [statement] = read(["问：有何评论？", "答：我们坚决反对。"], { title: pageTitle });
    expect(statement && brief(statement)).toEqual({ who, ids: [id], said: "我们坚决反对。" });
  });

  test("takes a statement without questions for the words of the spokesperson in the title", () => {
    const [statement] = read(["我们对此表达关切。"], { title: "外交部发言人蓝桥发表谈话" });
    expect(statement?.actors[0]?.actorId).toBe("lan-qiao");
  });
});

describe("an American briefing", () => {
  test("is read with bare Q labels, stage directions and clock times left out", () => {
    const statements = read(
      [
        "2:12 P.M. EDT",
        "MS. WILLOW:  Hi, everybody.  (Laughter.)  Welcome.",
        "Q    Thank you.  On the dialogue?",
        "MS. WILLOW:  I have nothing to preview.",
        "Q    (Inaudible.)",
        "MS. WILLOW:  Thanks.",
        "END  2:31 P.M. EDT",
      ],
      {},
    );
    expect(statements.map(brief)).toEqual([
      { who: "MS. WILLOW", ids: [], said: "Hi, everybody. Welcome." },
      { who: "MS. WILLOW", ids: [], said: "I have nothing to preview." },
      { who: "MS. WILLOW", ids: [], said: "Thanks." },
    ]);
    expect(statements[0]?.content).toHaveLength(2);
  });

  test.each([
    ["2024-06-01", "rowan-alder"],
    ["2026-05-19", "hazel-birch"],
  ])("resolves THE PRESIDENT on %s by who held the office", (value, id) => {
    const publishedAt = { value, precision: "day" as const, basis: "meta", raw: value };
    const statements = read(["Q  Any news?", "THE PRESIDENT:  We will see."], { publishedAt }, whiteHouse);
    expect(statements.map(brief)).toEqual([{ who: "THE PRESIDENT", ids: [id], said: "We will see." }]);
    expect(statements[0]?.fidelity).toBe("verbatim-primary");
  });

  test("leaves THE PRESIDENT unresolved where the document has no date or no state", () => {
    const turns = ["Q  Any news?", "THE PRESIDENT:  We will see."];
    expect(read(turns, { publishedAt: null }, whiteHouse)[0]?.actors).toEqual([]);
    expect(read(turns)[0]?.actors).toEqual([]);
  });

  test("never invents an outlet for QUESTION", () => {
    const [statement] = read(["QUESTION:  When?", "MR WILLOW:  Soon."]);
    expect(statement?.question?.outlet).toBeNull();
  });
});

test("a near-verbatim UN briefing names the spokesman in its first lines", () => {
  const [statement] = read([
    "The following is a near-verbatim transcript of today’s noon briefing by Olive Thorn, Spokesman for the Secretary-General.",
    "Question: Any comment?",
    "Spokesman: Look, we welcome talks.",
  ]).filter((s) => s.rule === "transcript-turn");
  expect(statement?.speaker).toMatchObject({ text: "Olive Thorn", via: "page_title", start: null });
});

test.each([
  ["a sentence with a colon", ["Our position is clear: talks should go on.", "The aim: fewer risks."]],
  ["one name with a colon", ["Experts: talks may go on.", "Nothing else happened."]],
])("%s makes no transcript", (_what, paragraphs) => {
  expect(readTranscript(viewArticle(article(paragraphs), noHints, lexicon))).toBeNull();
});

test("in a bilingual repost each answer is one statement in its own language, with the question of both", () => {
  const statements = read(
    ["路透社记者：能否介绍？", "Reuters: Could you say more?", "蓝桥：愿对话。", "Lan Qiao: We are open to talks."],
    { title: "外交部发言人蓝桥主持例行记者会" },
  );
  expect(statements.map((s) => s.text)).toEqual(["愿对话。", "We are open to talks."]);
  expect(statements[1]?.question?.start).toBe(statements[0]?.question?.start);
});

test("a speech is the words of whoever its title names, one statement a paragraph where it is long", () => {
  const paragraph = `We will talk. ${"I believe in talks, and we will go on. ".repeat(50)}`.trim();
  const statements = read([paragraph, paragraph], { title: "Remarks by President Birch at the Lake Forum" });
  expect(statements.map((s) => s.actors.map((a) => a.actorId))).toEqual([["hazel-birch"], ["hazel-birch"]]);
  expect(statements[0]?.text).toBe(paragraph);
});

test("a question that several outlets ask together is theirs, and no answer", () => {
  const statements = read(
    [
      "北国社记者：会谈何时举行？",
      "蓝桥：很快。",
      "南国社、晨报记者：美方称会谈已经结束。中方如何评论？",
      "蓝桥：没有结束。",
    ],
    {
      title: "2026年5月19日外交部发言人蓝桥主持例行记者会",
    },
  );
  expect(statements.map(({ text }) => text)).toEqual(["很快。", "没有结束。"]);
});

describe("an interview whose title names nobody is whose introduction says", () => {
  const asked = ["**What comes next?**", "Talks must go on.", "**Will they?**", "They will."];
  const speakers = (paragraphs: string[]) =>
    read(paragraphs, { kind: "interview", title: "The road ahead" }).map(brief);

  test.each([
    ["We spoke to Ivy Marsh, a scholar, about the talks.", "Ivy Marsh", ["ivy-marsh"]],
    ["Ivy Marsh, who led the lake talks, answered our questions by mail.", "Ivy Marsh", ["ivy-marsh"]],
    ["In this interview, Rosa Lind explains the talks.", "Rosa Lind", []],
    ["The Harbour Times interviewed Rosa Lind in May.", "Rosa Lind", []],
    ["湖畔研究所所长方晴日前接受本报专访。", "方晴", []],
    ["本报记者近日专访了湖畔研究所所长方晴。", "方晴", []],
  ])("%s", (introduction, who, ids) => {
    expect(speakers([introduction, ...asked])).toEqual([
      { who, ids, said: "Talks must go on." },
      { who, ids, said: "They will." },
    ]);
  });

  test("where it names nobody, nobody answers", () => {
    expect(speakers(["China spoke with the United States about talks.", ...asked])).toEqual([]);
  });

  test("initials and surnames at the answers are theirs, and those at the questions nobody's", () => {
    expect(
      speakers([
        "The Harbour Times interviewed Ivy Marsh in May.",
        "HT: What comes next?",
        "Ivy Marsh: Talks must go on.",
        "HT: Will they?",
        "IM: They will.",
        "HT: When?",
        "Marsh: Soon.",
      ]),
    ).toEqual([
      { who: "Ivy Marsh", ids: ["ivy-marsh"], said: "Talks must go on." },
      { who: "IM", ids: ["ivy-marsh"], said: "They will." },
      { who: "Marsh", ids: ["ivy-marsh"], said: "Soon." },
    ]);
  });
});

describe("remarks that label their speakers", () => {
  const said = (title: string, paragraphs: string[]) => read(paragraphs, { title }, whiteHouse).map(brief);

  test("are each speaker's own, though each has the word once, and place and hour are nobody's", () => {
    const statements = said("Remarks by President Birch at the Lake Leaders’ Meeting", [
      "Lake Hall\nNorland City, Norland",
      "11:29 A.M. PST",
      "PRESIDENT BIRCH: Hello, everyone. (Laughter.)",
      "PARTICIPANT: Good.",
      "PRESIDENT ROWAN: Thank you. (As interpreted.) Welcome to our beloved lake.",
      "You will be our guests.",
      "THE SECOND GENTLEMAN: I married well.",
      "END 11:38 A.M. PST",
    ]);
    expect(statements).toEqual([
      { who: "PRESIDENT BIRCH", ids: ["hazel-birch"], said: "Hello, everyone." },
      { who: "PRESIDENT ROWAN", ids: [], said: "Thank you. Welcome to our beloved lake. You will be our guests." },
      { who: "THE SECOND GENTLEMAN", ids: [], said: "I married well." },
    ]);
  });

  test("are a transcript where one label stands over the whole speech, one statement a paragraph where it is long", () => {
    const paragraph = "We will talk, and we will go on talking. ".repeat(60).trim();
    const statements = said("Remarks by President Birch on Talks", [
      "East Room",
      `THE PRESIDENT: ${paragraph}`,
      paragraph,
      "END 3:45 P.M. EST",
    ]);
    expect(statements).toEqual([
      { who: "THE PRESIDENT", ids: ["hazel-birch"], said: paragraph },
      { who: "THE PRESIDENT", ids: ["hazel-birch"], said: paragraph },
    ]);
  });

  test("keep a sentence whole that a line break cuts in a long speech", () => {
    const paragraph = "We will talk, and we will go on talking. ".repeat(90).trim();
    const statements = said("Remarks by President Birch on Talks", [
      `THE PRESIDENT: ${paragraph}`,
      "We give grants in areas",
      "like health and climate.",
      "And we go on.",
    ]);
    expect(statements.slice(1).map((one) => one.said)).toEqual([
      "We give grants in areas like health and climate.",
      "And we go on.",
    ]);
  });

  test.each([
    "Remarks by President Birch and Prime Minister Thorn of Norland",
    "Remarks by President Birch, President Rowan of Norland, and Prime Minister Thorn of Vestria in Joint Press Conference",
    "Remarks by President Birch and Prime Minister Thorn Before Bilateral Meeting",
    "Remarks by President Birch Before Bilateral Meeting with Prime Minister Thorn of Norland",
    "Remarks by President Birch With Prime Minister Thorn",
    "Readout of a Meeting of President Birch with Prime Minister Thorn",
  ])("with two names in the title are each theirs: %s", (title) => {
    expect(said(title, ["PRIME MINISTER THORN: We welcome talks.", "PRESIDENT BIRCH: So do we."])).toEqual([
      { who: "PRIME MINISTER THORN", ids: [], said: "We welcome talks." },
      { who: "PRESIDENT BIRCH", ids: ["hazel-birch"], said: "So do we." },
    ]);
  });

  test("of several without labels are nobody's", () => {
    expect(said("Remarks by President Birch With Prime Minister Thorn", ["We agreed.", "So did we."])).toEqual([]);
  });

  test.each([
    "PRESIDENT XU (as interpreted): Talks help.",
    "PRESIDENT McALDER: Talks help.",
    "UNDER SECRETARY FOR TRADE LIND: Talks help.",
    "MARA LIND: Talks help.",
    "SENIOR ADMINISTRATION OFFICIAL #1: Talks help.",
    "**Prime Minister Thorn:** Talks help.",
    "President Thorn: Talks help.",
  ])("keep from the speaker of the title what stands under %s", (line) => {
    const [own, other] = said("Remarks by President Birch on Talks", ["PRESIDENT BIRCH: Welcome.", line]);
    expect(own).toEqual({ who: "PRESIDENT BIRCH", ids: ["hazel-birch"], said: "Welcome." });
    expect(other).toMatchObject({ ids: [], said: "Talks help." });
  });

  test("take a name in bold for a label where others have one, and not the bold heads of a list", () => {
    const title = "Remarks by President Birch on Talks";
    const plain = article(["President Birch: Welcome.", "Clean Power: We need clean power.", "Mara Lind: Talks help."]);
    const blocks = plain.blocks.map((block) => {
      const end = plain.text.indexOf(":", block.start) + 1;
      return { ...block, bold: [{ start: block.start, end }] };
    });
    expect(read([], { ...plain, title, blocks }).map(brief)).toEqual([
      { who: "President Birch", ids: ["hazel-birch"], said: "Welcome. Clean Power: We need clean power." },
      { who: "Mara Lind", ids: [], said: "Talks help." },
    ]);
  });

  test.each([
    "WHAT WE DID: We met.",
    "NOTE: We met.",
    "KEY POINTS: We met on all points.",
    "NATO: It stands.",
    "UNITED STATES: It stands.",
    "RESTORING COMMON SENSE: We met.",
    "PRESIDENT BIRCH IS KEEPING HER PROMISES: We met.",
    "Our aim: We met.",
    "12:30: We met.",
  ])("have headings too, which are no label: %s", (line) => {
    const [statement] = said("Remarks by President Birch on Talks", [
      "We said that common sense and restoring the key to all points would do.",
      line,
    ]);
    expect(statement?.who).toBe("President Birch");
    expect(statement?.said).toContain(line);
  });

  test.each([
    "PARTICIPANT",
    "PARTICIPANTS",
    "AUDIENCE",
    "AUDIENCE MEMBERS",
    "UNIDENTIFIED MALE",
    "CROWD",
    "AIDE",
    "INTERPRETER",
  ])("give no statement of %s", (who) => {
    expect(
      said("Remarks by President Birch on Talks", ["THE PRESIDENT: Ready?", `${who}: Yes!`, "THE PRESIDENT: Good."]),
    ).toMatchObject([{ said: "Ready?" }, { said: "Good." }]);
  });

  test("credit the question of a guest to nobody, and the answer with it", () => {
    const statements = read(
      ["THE PRESIDENT: Ask me.", "AUDIENCE MEMBER: Will talks go on?", "THE PRESIDENT: They will."],
      { title: "Remarks by President Birch at a Town Hall" },
      whiteHouse,
    );
    expect(statements.map(({ text, question }) => [text, question !== null])).toEqual([
      ["Ask me.", false],
      ["They will.", true],
    ]);
  });

  test("credit a question to nobody whose words hold a colon or go on in small letters", () => {
    const paragraphs = [
      "Q On talks: When?",
      "THE PRESIDENT: Soon.",
      "Q — and where?",
      "THE PRESIDENT: Here.",
      "Q and who?",
    ];
    expect(said("Remarks by President Birch in Press Gaggle", paragraphs).map((s) => s.said)).toEqual([
      "Soon.",
      "Here.",
    ]);
  });
});

describe("Chinese talks that label their speakers", () => {
  test.each(["中方与诺方举行联合记者会", "湖畔对话会实录"])(
    "are each speaker's own where each has the word once: %s",
    (title) => {
      const statements = read(
        ["主持人：欢迎各位。", "蓝桥：我们愿对话。", "罗文总统（经翻译）：我们也愿意。", "问：何时？", "答：很快。"],
        {
          title,
        },
      );
      expect(statements.map(brief)).toMatchObject([
        { who: "蓝桥", ids: ["lan-qiao"], said: "我们愿对话。" },
        { who: "罗文总统", ids: [], said: "我们也愿意。" },
        { who: "答", ids: [], said: "很快。" },
      ]);
    },
  );
});

test("of voices that a page collects each is its own, though it has a word once", () => {
  const statements = read([
    "Lake Forum: “A good day for talks.”",
    "Lake Forum: “We said so.”",
    "Harbour Union: “We welcome talks.”",
    "Harbour Union: “And we will come.”",
    "Farmers (Norland): “At last.”",
  ]);
  expect(statements.at(-1)).toMatchObject({ text: "“At last.”", speaker: { text: "Farmers (Norland)" } });
});

test.each([
  ["Friends of China: Talks help.", []],
  ["HAZEL BIRCH: Talks help.", ["hazel-birch"]],
  ["HAZEL BIRCH AIDE: Talks help.", []],
  ["FOREIGN MINISTRY SPOKESPERSON: Talks help.", ["china-mfa"]],
  ["蓝桥部长：对话有益。", ["lan-qiao"]],
  ["蓝桥办公室主任助理：对话有益。", []],
])("a label that holds a name among other words is not that name's: %s", (line, ids) => {
  const said = read(["THE PRESIDENT: Welcome.", line, line], { title: "Transcript of the Lake Forum" }, whiteHouse);
  expect(said.at(-1)?.actors.map(({ actorId }) => actorId)).toEqual(ids);
});
