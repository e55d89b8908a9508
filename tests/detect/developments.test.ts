import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectDevelopments } from "../../src/detect/developments.ts";
import { actor, actors, day, input, statement } from "./build.ts";

const press = { official: false, sourceActorId: null, article: { kind: "news" } } as const;

describe("one sentence of an official release on the talks", () => {
  test.each([
    [
      "The two sides agreed to launch a formal dialogue on AI between China and the United States.",
      "talks.announced",
      "2026-05-19",
    ],
    [
      "China and the United States will hold the first round of their AI dialogue in Geneva on June 3.",
      "talks.scheduled",
      "2026-06-03",
    ],
    [
      "Delegations of China and the United States met in Geneva yesterday to discuss the risks of AI.",
      "talks.held",
      "2026-05-18",
    ],
    ["The U.S.-China dialogue on artificial intelligence was postponed on Monday.", "talks.postponed", "2026-05-18"],
    ["Beijing has suspended the AI dialogue with the United States.", "talks.suspended", "2026-05-19"],
    ["China and the United States resumed their AI talks today.", "talks.resumed", "2026-05-19"],
    ["Envoy Mara Quill will lead the U.S. delegation in the AI talks with China.", "envoy.named", "2026-05-19"],
    [
      "China and the United States affirmed the need to keep AI out of the decision to use nuclear weapons.",
      "agreement.understanding",
      "2026-05-19",
    ],
    ["The United States committed to share AI test results with China.", "commitment.made", "2026-05-19"],
    [
      "The United States proposed that China and the United States set up an AI hotline.",
      "proposal.tabled",
      "2026-05-19",
    ],
    ["The United States declined to sign the UN declaration on AI.", "multilateral.non-signature", "2026-05-19"],
    ["The United States added 12 Chinese AI firms to the Entity List.", "control.imposed", "2026-05-19"],
    ["The United States eased export controls on AI chips for China on May 12, 2026.", "control.eased", "2026-05-12"],
    ["双方同意开启中美人工智能政府间对话。", "talks.announced", "2026-05-19"],
    ["中美人工智能政府间对话首次会议将于6月3日在日内瓦举行。", "talks.scheduled", "2026-06-03"],
    ["5月18日，中美在日内瓦举行人工智能政府间对话首次会议。", "talks.held", "2026-05-18"],
    ["中方决定推迟中美人工智能对话。", "talks.postponed", "2026-05-19"],
    ["中美双方就人工智能风险管控达成重要共识。", "agreement.understanding", "2026-05-19"],
  ])("%s → %s", (text, type, date) => {
    const found = detectDevelopments(input(text));
    expect(found.map((development) => [development.type, development.status, development.eventDate?.value])).toEqual([
      [type, "new", date],
    ]);
    expect(found[0]?.actorIds).toContain(type === "multilateral.non-signature" ? "united-states" : "china");
  });
});

describe("the date of what a page announces", () => {
  const text = "The two sides agreed to launch a formal dialogue on AI between China and the United States.";
  const onMinute = (basis: string, raw: string) =>
    ({ value: "2026-05-19T21:09:53-05:00", precision: "minute", basis, raw }) as const;

  test("is the day of the page, without the minute at which it came out", () => {
    const saidAt = onMinute("meta", "2026-05-19T21:09:53-05:00");
    const found = detectDevelopments(input(text, { statements: [statement(text, text, { saidAt })] }));
    expect(found[0]?.eventDate).toEqual({ ...saidAt, value: "2026-05-19", precision: "day" });
  });

  test("keeps an hour that the text gives", () => {
    const saidAt = onMinute("text", "at 9:09 p.m. on Tuesday");
    const found = detectDevelopments(input(text, { statements: [statement(text, text, { saidAt })] }));
    expect(found[0]?.eventDate).toEqual(saidAt);
  });
});

describe("what is no development in the talks", () => {
  test.each([
    ["arms sales", "China and the United States agreed to hold talks on arms sales. AI is growing."],
    ["another deal beside AI", "The leaders spoke about AI. China and the United States agreed to act on fentanyl."],
    ["two other parties", "The United States and the United Kingdom agreed to launch a dialogue on AI."],
    ["a firm's product", "The firm launched an AI model in China and the United States."],
    ["a denial", "China and the United States did not agree to launch a dialogue on AI."],
    ["a question", "Will China and the United States agree to launch a dialogue on AI?"],
    [
      "a journalist's turn",
      "Q    I hear that China and the United States agreed to launch a dialogue on AI.\nMR. QUILL:  Next.",
    ],
    ["ai as a syllable", "China and the United States agreed to launch a dialogue with Ai Weiming on aid."],
    ["a paper's name", "China Daily says that the United States agreed to launch a dialogue on AI."],
    ["没有的事", "中美没有同意开启人工智能对话。"],
  ])("%s: %s", (_, text) => {
    expect(detectDevelopments(input(text))).toEqual([]);
  });

  test("a headline alone never makes one", () => {
    const title = "China and the United States agree to launch AI dialogue";
    expect(detectDevelopments(input("A note on AI follows tomorrow.", { article: { title } }))).toEqual([]);
  });

  test("an empty catalogue gives nothing and does not fail", () => {
    expect(
      detectDevelopments(input("China and the United States agreed to launch an AI dialogue.", { actors: [] })),
    ).toEqual([]);
  });
});

describe("severity", () => {
  const text = "China and the United States agreed to launch a dialogue on AI.";
  const by = (actorId: string) => [statement(text, text, { actors: [{ actorId, method: "exact", confidence: 1 }] })];

  test.each([
    ["an official", 5, { ...press, statements: by("mara-quill") }],
    ["a scholar", 2, { ...press, statements: by("dana-okafor") }],
    ["a news text itself", 4, press],
    ["the publisher, an office of state", 5, {}],
  ])("on the word of %s it is %i", (_, severity, says) => {
    expect(detectDevelopments(input(text, says))[0]?.severity).toBe(severity);
  });

  test("a hedge is kept as written and holds an announcement at 4", () => {
    const hedged = "China and the United States are reportedly preparing to launch a dialogue on AI.";
    expect(detectDevelopments(input(hedged))[0]).toMatchObject({ hedge: "reportedly", severity: 4 });
  });

  test.each([
    "China and the United States could agree to launch a dialogue on AI.",
    "If China and the United States agreed to launch a dialogue on AI, others would follow.",
    "China urged the United States to resume the dialogue on AI.",
    "China wants the United States to resume the dialogue on AI.",
    "China asked the United States to resume the dialogue on AI.",
    "中方敦促美方重启中美人工智能对话。",
    "中方敦促美方停止打压，立即重启中美人工智能对话。",
    "中方呼吁美方重启中美人工智能对话。",
    "一旦中美重启人工智能对话，各方将予以关注。",
    "美方应当取消对华人工智能芯片出口管制。",
  ])("what is only wished or supposed is held at 2 and is no news: %s", (wished) => {
    for (const { severity, status } of detectDevelopments(input(wished))) {
      expect(severity).toBeLessThanOrEqual(2);
      expect(status).toBe("background");
    }
  });

  test("what both agreed after one wished for it is news", () => {
    const agreed = "中方多次希望加强沟通，双方已经重启中美人工智能对话。";
    expect(detectDevelopments(input(agreed)).map(({ status }) => status)).toContain("new");
  });

  test("what a speaker only might say, or denies, is no news", () => {
    const told = (polarity: "hypothetical" | "negated") => {
      const by = { polarity, actors: [{ actorId: "mara-quill", method: "exact", confidence: 1 }] } as const;
      return detectDevelopments(input(text, { statements: [statement(text, text, by)] }));
    };
    expect(told("hypothetical").map(({ status }) => status)).toEqual(["background"]);
    expect(told("negated")).toEqual([]);
  });
});

describe("what is news", () => {
  const text = "China and the United States agreed to launch a dialogue on AI.";
  const event = {
    id: "e1",
    date: "2026-05-14",
    end: "2026-05-15",
    precision: "day",
    type: "talks.announced",
    title: "Talks announced",
    actors: ["avery-holt", "lin-weiran"],
    topics: ["process.dialogue-channel"],
    sources: [],
    basis: "test",
    note: null,
  } as const;
  const known = { ...event, actors: [...event.actors], topics: [...event.topics], sources: [] };

  test.each([
    ["on the day of a known event", "2026-05-15", "new"],
    ["three days after it", "2026-05-18", "new"],
    ["four days after it", "2026-05-19", "background"],
  ])("a document %s is %s", (_, published, status) => {
    const says = { events: [known], article: { publishedAt: day(published) } };
    expect(detectDevelopments(input(text, says))[0]?.status).toBe(status);
  });

  test("what is stored already is background and keeps the stored key, also when an account gives no date", () => {
    const first = detectDevelopments(input(text))[0]!;
    const past = [{ ...first, firstSeenAt: "2026-05-19T10:00:00Z" }];
    const later = "Both China and the United States agreed to hold a dialogue on AI.";
    const again = detectDevelopments(input(later, { past, article: { publishedAt: day("2026-05-24") } }))[0];
    expect(again).toMatchObject({ status: "background", key: first.key });
  });

  test("the next step of the talks is news although an earlier step is stored", () => {
    const past = detectDevelopments(input(text)).map((row) => ({ ...row, firstSeenAt: "2026-05-19T10:00:00Z" }));
    const held = "Delegations of China and the United States met in Geneva today to discuss AI.";
    const found = detectDevelopments(input(held, { past, article: { publishedAt: day("2026-05-20") } }));
    expect(found).toMatchObject([{ type: "talks.held", status: "new" }]);
  });

  test.each([
    ["Earlier, China and the United States agreed to launch a dialogue on AI."],
    ["Last year China and the United States agreed to launch a dialogue on AI."],
    ["In May 2024, China and the United States agreed to launch a dialogue on AI."],
    ["China and the United States had agreed to launch a dialogue on AI."],
    ["此前，中美同意开启人工智能对话。"],
    ["2024年5月，中美举行人工智能对话首次会议。"],
  ])("a recap is background: %s", (words) => {
    expect(detectDevelopments(input(words)).map(({ status }) => status)).toEqual(["background"]);
  });

  test("a month without a year is read against the document, never against today", () => {
    const words = "In May China and the United States held talks on AI in Geneva.";
    const found = detectDevelopments(input(words, { article: { publishedAt: day("2024-11-26") } }));
    expect(found).toMatchObject([{ status: "background", eventDate: { value: "2024-05", precision: "month" } }]);
  });

  test.each([
    ["announces it", text, "new", "undated"],
    ["says when, by the month alone", text.replace(".", " in May."), "new", "undated"],
    ["says when, with the year", text.replace(".", " in May 2024."), "background", null],
    ["only sets the scene with it", `After ${text.replace(".", ", shares rose.")}`, "background", null],
  ])("a document without a date that %s tells %s as %s, held: %s", (_, words, status, hold) => {
    expect(detectDevelopments(input(words, { article: { publishedAt: null } }))).toMatchObject([{ status, hold }]);
  });

  test.each([
    ["2026-11-02", "new", null],
    ["2026-11-04", "background", "dated-in-future"],
    ["2031-05-19", "background", "dated-in-future"],
    ["1989-12-31", "background", "dated-before-1990"],
  ])("of a document dated %s, seen on 1 November 2026, what it tells is %s (%s)", (published, status, hold) => {
    const found = detectDevelopments(input(text, { article: { publishedAt: day(published) } }));
    expect(found).toMatchObject([{ status, hold }]);
  });

  test.each([
    ["another round", "held the first round of AI talks", "held the second round of AI talks"],
    ["another city", "held AI talks in Geneva", "held AI talks in Vienna"],
    ["another subject", "held talks on military AI", "held talks on AI in health care"],
  ])("a happening that names %s than a stored one is another one, under another key", (_, one, other) => {
    const told = (words: string) => `Delegations of China and the United States ${words} today.`;
    const first = detectDevelopments(input(told(one)))[0]!;
    const past = [{ ...first, firstSeenAt: "2026-05-19T10:00:00Z" }];
    const next = detectDevelopments(input(told(other), { past, article: { publishedAt: day("2026-05-20") } }));
    expect(next).toMatchObject([{ type: "talks.held", status: "new" }]);
    const sameDay = detectDevelopments(input(told(other), { past }))[0]!;
    expect([sameDay.status, sameDay.key === first.key]).toEqual(["new", false]);
    const again = detectDevelopments(input(told(one), { past: [...past, { ...sameDay, firstSeenAt: "" }] }))[0]!;
    expect([again.status, again.key]).toEqual(["background", first.key]);
  });
});

describe("the key", () => {
  test("is the same for persons and for their states", () => {
    const byNames = "President Avery Holt and President Lin Weiran agreed to launch a dialogue on AI.";
    const byStates = "The United States and China have decided to open formal talks on artificial intelligence.";
    const inChinese = "美中两国宣布启动人工智能政府间对话。";
    const keys = [byNames, byStates, inChinese].map((text) => detectDevelopments(input(text)).map(({ key }) => key));
    expect(new Set(keys.flat())).toEqual(new Set(["talks.announced|china,united-states|process|2026-05-19"]));
    expect(keys.flat()).toHaveLength(3);
  });
});

describe("a summit with AI among its subjects", () => {
  const text = [
    "President Avery M. Holt today held a summit with President Lin Weiran of China in Harbour City.",
    "The two leaders spoke about trade and fisheries.",
    "The leaders affirmed the need to address the risks of AI through U.S.-China government talks.",
  ].join("\n");

  test("gives the meeting and the talks, each with its own sentence as evidence", () => {
    const found = detectDevelopments(input(text));
    expect(found.map(({ type, severity, status }) => [type, severity, status])).toEqual([
      ["summit.held", 4, "new"],
      ["talks.announced", 5, "new"],
    ]);
    for (const { evidence, summary } of found) {
      expect(evidence.map(({ start, end }) => text.slice(start, end))).toEqual([summary]);
    }
  });

  test("is no meeting in the talks when AI did not come up", () => {
    expect(detectDevelopments(input(text.split("\n").slice(0, 2).join("\n")))).toEqual([]);
  });

  test("told by a leader, 'our experts' are those of both", () => {
    const told = [
      "THE PRESIDENT:  I just concluded several hours of meetings with President Lin.",
      "And thirdly, we're going to get our experts together to discuss risks of artificial intelligence.",
    ].join("\n");
    const says = { sourceActorId: "united-states", article: { kind: "transcript" } } as const;
    expect(detectDevelopments(input(told, says)).map(({ type }) => type)).toEqual(["summit.held", "talks.announced"]);
  });
});

test.each([
  ["President Avery Holt will meet President Lin Weiran of China on June 3 to discuss AI.", "summit.scheduled"],
  [
    "President Avery Holt and President Lin Weiran said their experts will meet for AI talks on June 3.",
    "talks.scheduled",
  ],
])("leaders who will meet are a summit, their experts are talks: %s", (text, type) => {
  expect(detectDevelopments(input(text)).map((one) => one.type)).toContain(type);
  const other = type === "talks.scheduled" ? "summit.scheduled" : "talks.scheduled";
  expect(detectDevelopments(input(text)).map((one) => one.type)).not.toContain(other);
});

describe("the text", () => {
  test("may be broken at a fixed width: a sentence runs on over the line", () => {
    const text = [
      "After two days of meetings in the old harbour hall, the delegations of the",
      "United States and of China agreed to launch a formal",
      "dialogue on AI safety between the two governments, the first of its kind in",
      "the region.",
    ].join("\n");
    const [found] = detectDevelopments(input(text));
    expect(found?.type).toBe("talks.announced");
    expect(found?.summary).not.toContain("\n");
  });

  test("gives a summary of at most 240 characters that ends at a word", () => {
    const text = `China and the United States agreed to launch a dialogue on AI ${"with many further words about process ".repeat(12)}.`;
    const summary = detectDevelopments(input(text))[0]?.summary ?? "";
    expect(summary.length).toBeLessThanOrEqual(240);
    expect(summary).toMatch(/\w…$/);
    expect(text).toContain(summary.slice(0, -1));
  });

  test("told twice is one development with two places of evidence", () => {
    const text =
      "China and the United States agreed to launch a dialogue on AI. The United States and China will start AI talks.";
    const found = detectDevelopments(input(text));
    expect(found.map(({ type, evidence }) => [type, evidence.length])).toEqual([["talks.announced", 2]]);
  });
});

test("a spokesperson who declines to speak of the talks gives silence, not news of them", () => {
  const text = [
    "Q    Will China and the United States hold AI talks next month?",
    "SPOKESPERSON:  I have no information on that.",
  ].join("\n");
  const says = {
    article: { kind: "transcript" },
    statements: [statement(text, "I have no information on that.", { act: "no_comment" })],
  } as const;
  expect(detectDevelopments(input(text, { ...says, actors })).map(({ type, severity }) => [type, severity])).toEqual([
    ["silence.no-comment", 2],
  ]);
});

describe("the Woodside meeting of 15 November 2023 in two White House texts (public domain)", () => {
  const office = (body: string) => [{ role: "President", body, from: "2013", to: null }];
  const people = [
    ...actors,
    actor({ id: "white-house", type: "government-body", name: "White House", bloc: "US", parent: "united-states" }),
    actor({ id: "joe-biden", type: "person", name: "Joe Biden", bloc: "US", offices: office("united-states") }),
    actor({ id: "xi-jinping", type: "person", name: "Xi Jinping", bloc: "China", offices: office("china") }),
  ];
  const says = (published: string, kind: "release" | "transcript") =>
    ({ sourceActorId: "white-house", actors: people, article: { kind, publishedAt: day(published) } }) as const;
  const readout = [
    "President Joseph R. Biden, Jr. today held a Summit with President Xi Jinping of the People’s Republic of China (PRC), in Woodside, California.",
    "The two leaders welcomed the resumption of high-level military-to-military communication. Both sides are also resuming telephone conversations between theater commanders.",
    "The leaders affirmed the need to address the risks of advanced AI systems and improve AI safety through U.S.-China government talks.",
    "The two leaders exchanged views on key regional and global challenges.",
  ].join("\n");
  const remarks = [
    "THE PRESIDENT:  As you know, I just concluded several hours of meetings with President Xi, and I believe they were some of the most constructive and productive discussions we’ve had.",
    "First, I am pleased to announce that after many years of being on hold, we are restarting cooperation between the United States and the PRC on counternarcotics.",
    "And thirdly, we’re going to get our experts together to discuss risk and safety issues associated with artificial intelligence.",
  ].join("\n");

  test("the readout gives the summit and the talks, and leaves soldiers and drugs out", () => {
    const found = detectDevelopments(input(readout, says("2023-11-15", "release")));
    expect(found.map(({ type, severity, status, key }) => [type, severity, status, key])).toEqual([
      ["summit.held", 4, "new", "summit.held|china,united-states|process|2023-11-15"],
      ["talks.announced", 5, "new", "talks.announced|china,united-states|process|2023-11-15"],
    ]);
  });

  test("the press conference alone gives the same two, and after the readout nothing new", () => {
    const alone = detectDevelopments(input(remarks, says("2023-11-16", "transcript")));
    expect(alone.map(({ type, status }) => [type, status])).toEqual([
      ["summit.held", "new"],
      ["talks.announced", "new"],
    ]);
    const first = detectDevelopments(input(readout, says("2023-11-15", "release")));
    const past = first.map((development) => ({ ...development, firstSeenAt: "2023-11-16T02:10:00Z" }));
    const after = detectDevelopments(input(remarks, { ...says("2023-11-16", "transcript"), past }));
    expect(after.map(({ key, status }) => [key, status])).toEqual(first.map(({ key }) => [key, "background"]));
  });
});

describe("hostile text", () => {
  test.each(["agreed to launch the China US AI ", "同意开启中美人工智能", "AI ", "Q  ", "a.", "China AI\n"])(
    "of 100,000 characters without an end of sentence is read in good time: %j",
    (unit) => {
      const started = performance.now();
      detectDevelopments(input(unit.repeat(Math.ceil(100_000 / unit.length))));
      expect(performance.now() - started).toBeLessThan(5_000);
    },
  );

  test("never makes the detector fail, and evidence always stands in the text", () => {
    const part = fc.constantFrom(
      "China",
      "US",
      " AI ",
      "agreed to launch",
      "dialogue",
      "。",
      ".",
      "\n",
      "同意",
      "对话",
      "May 14",
      "“",
      "😀",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const { evidence, summary, severity } of detectDevelopments(input(text))) {
          expect(summary).not.toBe("");
          expect(severity).toBeGreaterThanOrEqual(1);
          for (const { start, end } of evidence) expect(0 <= start && start < end && end <= text.length).toBe(true);
        }
      }),
    );
  });
});
