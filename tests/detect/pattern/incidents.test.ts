import { describe, expect, test } from "vitest";
import { detectDevelopments } from "../../../src/detect/developments.ts";
import { actor, actors, day, input } from "../build.ts";

const people = [
  ...actors,
  actor({ id: "larkspur", type: "company", name: "Larkspur Labs", bloc: "US", zh: ["飞燕实验室"] }),
  actor({ id: "jadewell", type: "company", name: "Jadewell", bloc: "China", zh: ["玉泉科技"] }),
];
const press = { official: false, sourceActorId: null, actors: people, article: { kind: "news" } } as const;
const told = (text: string) => detectDevelopments(input(text, press)).filter(({ type }) => type === "incident.ai");

describe("a real event with AI is told", () => {
  test.each([
    ["held back", "Larkspur Labs withheld the release of its new AI model over the risk that it could help hackers."],
    ["held back", "Larkspur Labs has paused the rollout of its Kestrel AI model, citing safety risks."],
    ["held back", "The launch of an AI model by Larkspur Labs was postponed because of cyber security risks."],
    ["held back", "Larkspur Labs said it will not release its Kestrel AI model because it is too dangerous."],
    [
      "held back",
      "Larkspur Labs decided not to release its AI model after it wrote working malware, because of the risk of misuse.",
    ],
    ["ordered", "A court in the United States ordered Jadewell to suspend its AI chatbot."],
    ["ordered", "China's regulator ordered Jadewell to take down its AI model on Monday."],
    [
      "rolled back",
      "Jadewell rolled back its AI model on Tuesday after security researchers found it gave away passwords, a safety risk.",
    ],
    ["misused", "Hackers used an AI model made by Larkspur Labs to break into hospitals, the United States said."],
    ["misused", "Criminals misused the AI chatbot of Jadewell to defraud thousands of pensioners."],
    ["misused", "Larkspur Labs disrupted an espionage campaign that used its AI model to attack ministries."],
    ["misused", "An AI-generated robocall impersonated President Avery Holt two days before the vote."],
    ["misused", "An AI-driven cyber-attack knocked out the port system of the United States on Tuesday."],
    ["accident", "An AI system of the Ministry of Digital Affairs triggered a false missile alarm on Monday."],
    ["leaked", "The weights of an AI model of Larkspur Labs were leaked online on Tuesday."],
    ["暂停发布", "飞燕实验室因网络安全风险暂停发布其最新人工智能大模型。"],
    ["下架", "监管部门责令玉泉科技下架其人工智能聊天机器人。"],
    ["滥用", "黑客昨日利用飞燕实验室的人工智能模型攻击了美国多家医院。"],
    ["泄露", "玉泉科技的人工智能模型权重昨日遭泄露。"],
    ["失控", "5月18日，中国一座港口的人工智能调度系统失控，造成停电事故。"],
  ])("%s: %s", (_, text) => {
    expect(told(text)).toMatchObject([{ type: "incident.ai", status: "new", summary: text }]);
  });
});

describe("what is no incident is not told", () => {
  test.each([
    ["a launch", "Larkspur Labs launched its new AI model in the United States and China."],
    ["a delay without danger", "Larkspur Labs delayed the launch of its AI model because the factory was late."],
    ["what could be", "An AI model of Larkspur Labs could be misused to attack hospitals."],
    ["what is supposed", "If hackers used an AI model of Larkspur Labs to attack hospitals, nobody would know."],
    ["a call", "The United States urged Larkspur Labs to withhold its AI model over safety risks."],
    ["a wish", "China hopes that Jadewell paused the release of its AI model because of safety risks."],
    ["a law", "A bill in the United States covers cases in which hackers used AI models to attack hospitals."],
    ["a rule", "China requires firms to report when criminals misused an AI model to defraud people."],
    ["a charge", "The United States accused hackers of misusing AI models: they used AI to attack banks, it alleged."],
    ["a denial", "Larkspur Labs denied that hackers used its AI model to break into hospitals."],
    ["a test", "In a test, an AI model of Larkspur Labs was misused to attack a bank."],
    ["a study", "Researchers at Larkspur Labs used an AI model to attack their own network."],
    ["a habit", "Criminals increasingly used AI models of Larkspur Labs to defraud people."],
    ["a count", "Criminals used AI models of Larkspur Labs to defraud people in 40 per cent of cases."],
    [
      "an incident without AI",
      "Hackers used stolen passwords to break into a ministry of the United States. AI is growing.",
    ],
    ["talks put off", "The United States suspended its talks on AI models over security risks."],
    ["sales", "The United States blocked sales of AI models of Larkspur Labs over security risks."],
    ["nobody known", "Fraudsters used an AI model to swindle a baker."],
    ["a good use", "Larkspur Labs used an AI model to detect cyber attacks."],
    ["a fine", "A court fined Larkspur Labs for spam about its AI model."],
    ["a question", "Did hackers use an AI model of Larkspur Labs to break into hospitals?"],
    ["可能", "飞燕实验室的人工智能模型可能被黑客用于攻击医院。"],
    ["呼吁", "中方呼吁飞燕实验室暂停发布人工智能模型，因其存在安全风险。"],
    ["法规", "中国出台规定，禁止不法分子利用人工智能模型诈骗。"],
    ["发布", "玉泉科技发布了最新人工智能大模型。"],
    ["演练", "中国举行演练，模拟黑客利用人工智能模型攻击电网。"],
  ])("%s: %s", (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe("an incident", () => {
  const text = "Larkspur Labs withheld the release of its Kestrel AI model over the risk of hacking.";

  test.each([
    ["an earlier year", "In 2023 Larkspur Labs withheld the release of its AI model over the risk of hacking."],
    ["before", "Earlier, Larkspur Labs withheld the release of its AI model over the risk of hacking."],
    [
      "a clause that only refers to it",
      "The vote came after Larkspur Labs withheld the release of its AI model over the risk of hacking.",
    ],
  ])("of %s is background", (_, words) => {
    expect(told(words).map(({ status }) => status)).toEqual(["background"]);
  });

  test("names its actors, its topic and its day, and keeps the hedge", () => {
    const hedged = text.replace("withheld", "reportedly withheld").replace(".", " on Monday.");
    expect(told(hedged)).toMatchObject([
      {
        actorIds: ["larkspur"],
        topics: ["frontier.guardrails"],
        hedge: "reportedly",
        severity: 3,
        eventDate: { value: "2026-05-18" },
      },
    ]);
  });

  test("is found where the sentence before names the company", () => {
    const split = "Larkspur Labs built a new AI model. The company withheld this model over the risk of hacking.";
    expect(told(split)).toMatchObject([{ actorIds: ["larkspur"] }]);
  });

  test.each([
    [
      "in other words two weeks later",
      "Larkspur Labs has held back its Kestrel AI model because of security risks.",
      "background",
      true,
    ],
    ["with another model", "Larkspur Labs has held back its Merlin AI model because of security risks.", "new", false],
    ["of another kind", "Hackers used an AI model of Larkspur Labs to break into two banks.", "new", false],
    ["at another firm", "Jadewell withheld the release of its AI model over the risk of hacking.", "new", false],
  ])("that is stored is told %s as %s", (_, words, status) => {
    const [first] = told(text);
    const past = [{ ...first!, firstSeenAt: "2026-05-19T10:00:00Z" }];
    const says = { ...press, past, article: { kind: "news", publishedAt: day("2026-05-30") } } as const;
    const again = detectDevelopments(input(words, says));
    expect(again).toMatchObject([{ type: "incident.ai", status }]);
    expect(again[0]?.key === first?.key).toBe(status === "background");
  });

  test("told deep in a news text without a day of its own is background", () => {
    const filler = "The harbour lay in fog. ".repeat(8);
    expect(told(`${filler}${text}`)).toMatchObject([{ status: "background" }]);
  });
});
