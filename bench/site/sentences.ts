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
const CLAIMS: readonly [string, ...string[]] = [
  "artificial intelligence should be tested before it is deployed in critical systems",
  "the risks of frontier models do not stop at borders",
  "export controls on advanced chips will be reviewed every quarter",
  "open-weight models need rules that small firms can follow",
  "data centres must report how much electricity and water they use",
  "experts of both sides have exchanged views on the evaluation of models",
  "a hotline for incidents with AI systems would lower the danger of misreading",
  "capacity building for developing countries is part of any fair arrangement",
];
const PLAIN: readonly [string, ...string[]] = [
  "The hearing lasted two hours and was open to the public.",
  "Funds for the programme rose by 12 percent over the year before.",
  "The report runs to 84 pages and lists its sources in an annex.",
  "Delegates walked from the old town hall to the lake in light rain.",
  "A summary will be placed on the website before the end of the week.",
  "The institute counts 240 staff in nine cities.",
];

/** Writes one English sentence: quoted, reported or plain. */
export function englishSentence(chance: Chance): string {
  const form = chance();
  const claim = pick(chance, CLAIMS);
  const speaker = pick(chance, SPEAKERS);
  const cue = pick(chance, CUES);
  if (form < 0.2) return `“${capital(claim)},” ${speaker} ${cue}.`;
  if (form < 0.45) return `${capital(speaker)} ${cue} that ${claim}.`;
  if (form < 0.6) return `${capital(claim)}, according to ${speaker}.`;
  return pick(chance, PLAIN);
}

const CLAIMS_ZH: readonly [string, ...string[]] = [
  "人工智能应当在安全可控的前提下发展",
  "前沿模型的风险不分国界，需要各方共同应对",
  "有关芯片出口管制的做法不利于产业链稳定",
  "支持发展中国家加强人工智能能力建设",
  "愿同各方就模型评测交换意见",
];

/** Writes one Chinese sentence. */
export function chineseSentence(chance: Chance): string {
  const claim = pick(chance, CLAIMS_ZH);
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
