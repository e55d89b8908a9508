import type { Statement } from "../../src/domain/statement.ts";
import { type Chance, pick } from "../site/chance.ts";

const SYLLABLES: readonly [string, ...string[]] = [
  "ta",
  "re",
  "mi",
  "con",
  "ver",
  "lo",
  "sti",
  "pra",
  "gen",
  "du",
  "fe",
  "nal",
  "or",
  "qui",
  "ba",
  "ck",
];
const COMMON: readonly [string, ...string[]] = [
  ...(["the", "of", "and", "to", "in", "on", "that", "for", "with", "is", "will", "not", "we", "be", "as"] as const),
  ...["AI", "artificial", "intelligence", "talks", "systems", "China", "United", "States", "security", "development"],
  ...["guardrails", "risk", "models", "cooperation", "export", "controls", "dialogue", "governance", "military"],
];
const HANZI =
  "人工智能发展安全治理合作对话会谈中美双方关系国际社会共同应对风险挑战原则主权出口管制芯片技术创新标准政策谈判机制军事应用平台模型数据能力建设全球南方发言外交部长表示愿意反对坚持推动加强交流磋商共识成果文件声明问题意见建议措施责任义务和平稳定";

/** Writes the word of a rank; the same rank is the same word in every run. */
export function wordOfRank(rank: number): string {
  if (rank < COMMON.length) return COMMON[rank] ?? "the";
  let word = "";
  for (let rest = rank; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

/** Picks a rank from 0 to about 60,000 as words of a language are spread (Zipf's law): the first are everywhere, the last in one text of many. */
function zipf(chance: Chance): number {
  return Math.floor(60_000 ** chance()) - 1;
}

/** Writes an English statement of 12 to 60 words. */
export function englishWords(chance: Chance): string {
  const length = 12 + Math.floor(chance() * 48);
  return `${Array.from({ length }, () => wordOfRank(zipf(chance))).join(" ")}.`;
}

/** Writes a Chinese statement of 20 to 120 characters: words of two beside each other, as real ones are. */
export function chineseWords(chance: Chance): string {
  const length = 10 + Math.floor(chance() * 50);
  let text = "";
  for (let word = 0; word < length; word += 1) {
    const at = Math.floor(HANZI.length ** chance()) - 1;
    // A rare word has its second character from far away.
    text += chance() < 0.85 ? HANZI.slice(at, at + 2) : `${HANZI[at]}${HANZI[Math.floor(chance() * HANZI.length)]}`;
    if (word % 8 === 7) text += "，";
  }
  return `${text}。`;
}

/** Makes a statement said on a day, by an actor, about one or two topics. */
export function generatedStatement(
  chance: Chance,
  names: { readonly actors: readonly [string, ...string[]]; readonly topics: readonly [string, ...string[]] },
  day: string,
): Statement {
  const text = chance() < 0.4 ? chineseWords(chance) : englishWords(chance);
  const topic = () => ({
    id: names.topics[Math.floor(names.topics.length * chance() ** 2)] ?? names.topics[0],
    score: 3,
    evidence: [],
  });
  const actorId = names.actors[Math.floor(names.actors.length * chance() ** 3)] ?? names.actors[0];
  return {
    kind: pick(chance, ["direct", "direct", "mixed", "indirect"]),
    ...{ act: "speech", polarity: "affirmed", content: [{ start: 0, end: text.length }], text, quotes: [], cue: null },
    speaker: { text: actorId, start: null, end: null, form: "name", via: "self" },
    actors: [{ actorId, method: "exact", confidence: 0.9 }],
    ...{ addressee: null, relayedBy: null, question: null },
    saidAt: { value: day, precision: "day", basis: "jsonld", raw: day },
    topics: chance() < 0.8 ? [topic()] : [],
    ...{
      confidence: 0.9,
      rule: "generated",
      fidelity: pick(chance, ["verbatim-primary", "verbatim-secondary", "paraphrase"]),
    },
    flags: [],
  };
}
