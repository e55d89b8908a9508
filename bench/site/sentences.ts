import { type Chance, pick } from "./chance.ts";

/** English month names, January first. */
export const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
] as const;

const SPEAKERS: readonly [string, ...string[]] = [
  ...(["Mara Quill, a deputy secretary", "Tomas Eldreth, an envoy", "the spokesperson"] as const),
  ...["Ines Corvane, who leads the laboratory", "Oskar Fennimore, a senior fellow", "a second official"],
];
const CUES: readonly [string, ...string[]] = ["said", "told reporters", "stressed", "noted", "added", "warned"];
/** What claims are made of: 16 × 16 × 16 of them, so that pages share turns of phrase, as real ones do, and seldom whole sentences. */
const SUBJECTS: readonly [string, ...string[]] = [
  ...(["frontier models", "export controls on advanced chips", "open-weight models", "large data centres"] as const),
  ...["tests of dangerous capabilities", "a hotline for incidents with AI systems", "the exchange of experts"],
  ...["rules for military uses of AI", "capacity building for developing countries", "the draft of the AI act"],
  ...["shared standards for watermarks", "the licences of cloud providers", "agents that act on their own"],
  ...["the inspection of training runs", "rules on the data of citizens", "investments in foreign laboratories"],
];
const PREDICATES: readonly [string, ...string[]] = [
  ...([
    "should be reviewed every quarter",
    "must not be left to single firms",
    "need the consent of both sides",
  ] as const),
  ...["would lower the danger of misreading", "do not stop at borders", "ought to be explained to the public"],
  ...["have been discussed at length", "will be put before the working group", "deserve a separate agreement"],
  ...["are harder to judge than last year", "cannot be settled by one country alone", "remain part of the agenda"],
  ...["should follow clear and public criteria", "have to be weighed against their benefits"],
  ...["will keep the two delegations busy", "must be reported to a common office"],
];
const CIRCUMSTANCES: readonly [string, ...string[]] = [
  ...([
    "before the next round of talks",
    "once the pilot phase has ended",
    "as the annex of the report sets out",
  ] as const),
  ...["even where the law is silent", "if small firms are to follow them", "without regard to the market of the day"],
  ...["under the rules agreed last spring", "while negotiations go on", "until independent results are published"],
  ...["in the view of the people most concerned", "as long as trust is missing", "when critical systems are involved"],
  ...["in line with the principles of the charter", "at a time of growing competition"],
  ...["for the sake of safety and of trade", "with the help of the scientific panel"],
];
const PLAIN: readonly [string, ...string[]] = [
  "The hearing lasted # minutes and was open to the public.",
  "Funds for the programme rose by # percent over the year before.",
  "The report runs to # pages and lists its sources in an annex.",
  "Delegates of # bodies walked from the old town hall to the lake in light rain.",
  "A summary of # points will be placed on the website before the end of the week.",
  "The institute counts # staff in nine cities.",
];

/** Writes one English sentence: quoted, reported or plain. */
export function englishSentence(chance: Chance): string {
  const form = chance();
  const claim = [SUBJECTS, PREDICATES, CIRCUMSTANCES].map((parts) => pick(chance, parts)).join(" ");
  const speaker = pick(chance, SPEAKERS);
  const cue = pick(chance, CUES);
  if (form < 0.2) return `“${capital(claim)},” ${speaker} ${cue}.`;
  if (form < 0.45) return `${capital(speaker)} ${cue} that ${claim}.`;
  if (form < 0.6) return `${capital(claim)}, according to ${speaker}.`;
  return pick(chance, PLAIN).replace("#", String(10 + Math.floor(chance() * 400)));
}

const SUBJECTS_ZH: readonly [string, ...string[]] = [
  ...(["人工智能的发展", "前沿模型的风险", "芯片出口管制的做法", "发展中国家的能力建设"] as const),
  ...["模型评测的标准", "军事领域的应用", "开放权重的模型", "大型数据中心的用电"],
  ...["训练数据的来源", "专家之间的交流", "自主智能体的责任", "有关企业的许可证"],
];
const PREDICATES_ZH: readonly [string, ...string[]] = [
  ...(["应当安全可控", "不分国界", "不利于产业链稳定", "需要各方共同应对"] as const),
  ...["不能由一家企业决定", "值得单独商定", "已经多次讨论", "将提交工作组审议"],
  ...["必须向公众说明", "应当遵循公开的准则", "比去年更难判断", "仍是议程的一部分"],
];
const CIRCUMSTANCES_ZH: readonly [string, ...string[]] = [
  ...(["在下一轮会谈之前", "在试点阶段结束以后", "按照去年商定的规则", "在缺乏互信的情况下"] as const),
  ...["为了安全和贸易的利益", "在科学小组的帮助下", "涉及关键系统的时候", "根据宪章的原则"],
  ...["在独立结果公布以前", "在竞争加剧的时刻", "在谈判继续期间", "从最有关的人来看"],
];

/** Writes one Chinese sentence. */
export function chineseSentence(chance: Chance): string {
  const claim = [CIRCUMSTANCES_ZH, SUBJECTS_ZH, PREDICATES_ZH].map((parts) => pick(chance, parts)).join("");
  return chance() < 0.5 ? `我们主张，${claim}。` : `发言人表示，${claim}，会议结束后将公布摘要。`;
}

/**
 * Writes the sentence of a happening in the talks that is invented, of three kinds in turn.
 *
 * @param day - The day it is told on; it names a date near it.
 */
export function happening(lang: "en" | "zh", kind: number, day: Date): string {
  const soon = new Date(day.getTime() + 3 * 86_400_000);
  if (lang === "zh") {
    const date = `${soon.getUTCMonth() + 1}月${soon.getUTCDate()}日`;
    return kind % 2 === 0
      ? `中美人工智能政府间对话下次会议将于${date}在日内瓦举行。`
      : "中方决定推迟中美人工智能对话。";
  }
  const date = `${MONTHS[soon.getUTCMonth()]} ${soon.getUTCDate()}`;
  const told = [
    `China and the United States will hold the next round of their AI dialogue in Geneva on ${date}.`,
    "The U.S.-China dialogue on artificial intelligence was postponed on the same day.",
    "The United States added 12 Chinese AI firms to the Entity List.",
  ];
  return told[kind % told.length] ?? "";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
