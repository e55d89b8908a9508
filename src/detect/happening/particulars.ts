import { venuesIn } from "../words/places.ts";
import { plainWords } from "../words/plain-words.ts";

/** What tells one happening from another like it. A kind is left out where the words say nothing of it. */
export type Particulars = {
  readonly rounds: readonly string[];
  readonly venues: readonly string[];
  /** Products, bills, rules: what has a name of its own. */
  readonly names: readonly string[];
  /** What a measure or meeting is about, as far as a short table knows it. */
  readonly objects: readonly string[];
};

const ORDINALS =
  "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural|1st|2nd|3rd|4th|5th|6th|7th|8th|9th|10th";
const ORDINAL_VALUE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ORDINALS.split("|")
      .slice(0, 10)
      .map((word, index) => [word, String(index + 1)]),
  ),
  inaugural: "1",
};
const ROUND = new RegExp(
  `\\b(${ORDINALS})(?:[ -](?:ever|formal|official|governmental|intergovernmental|bilateral|U\\.?S\\.?-China|AI|annual))* (?:rounds?|meetings?|sessions?|dialogues?|talks|phase)\\b`,
  "gi",
);
const ROUND_ZH = /(?:第([一二三四五六七八九十])|(首))(?:轮|次|届)/g;
const NUMERALS = "一二三四五六七八九十";

/** Codes of products (H20, GB300) and capitalised names of acts and rules. */
const CODE = /\b[A-Z]{1,3}\d{2,4}[A-Z]?\b/g;
const NAMED =
  /\b((?:[A-Z][\p{L}-]*|[A-Z]{2,})(?: (?:[A-Z][\p{L}-]*|of|on|for|and|the|AI)){0,6} (?:Act|Bill|Rule|Initiative|Plan|Framework|Declaration|Treaty|Accord|Report|Order|Principles|Guidelines))\b/gu;
const QUOTED_ZH = /《([^》]{2,40})》/g;

/** What measures and meetings are about, in both languages; an entry is one subject. */
const OBJECTS: readonly (readonly [string, RegExp])[] = [
  ["weights", /\bmodel weights\b|模型权重/i],
  ["cloud", /\bcloud (?:computing|services?|access)\b|云(?:计算|服务)/i],
  ["investment", /\binvestments?\b|投资/i],
  ["minerals", /\b(?:rare[ -]earths?|gallium|germanium|graphite|minerals?)\b|稀土|镓|锗|石墨|矿产/i],
  [
    "equipment",
    /\b(?:lithography|chipmaking|chip-making|manufacturing) (?:tools?|equipment|machines?)\b|光刻|制造设备/i,
  ],
  ["memory", /\b(?:memory chips?|high-bandwidth memory|HBM)\b|存储芯片|高带宽/i],
  ["software", /\b(?:design software|EDA)\b|设计软件/i],
  ["drones", /\bdrones?\b|无人机/i],
  ["robots", /\brobots?\b|robotics|机器人/i],
  ["cars", /\b(?:connected (?:cars?|vehicles?)|vehicles?)\b|汽车/i],
  ["data", /\b(?:bulk data|personal data|training data|data transfers?)\b|数据(?:出境|跨境|传输)/i],
  ["apps", /\b(?:apps?|chatbots?)\b|应用程序|聊天机器人/i],
  ["visas", /\b(?:visas?|students?|researchers)\b|签证|留学/i],
  ["nuclear", /\bnuclear\b|核武|核指挥/i],
  ["military", /\bmilitar(?:y|ies)\b|军事|军方|两军/i],
  ["bio", /\b(?:bio(?:security|logical|logy|weapons?)|pathogens?)\b|生物(?:安全|武器)/i],
  ["cyber", /\bcyber\w*\b|网络(?:安全|攻击)/i],
  ["health", /\b(?:health|medical|medicine)\b|医疗|卫生/i],
  ["climate", /\bclimate\b|气候/i],
  ["education", /\beducation\b|教育/i],
  ["standards", /\bstandards?\b|标准/i],
  ["children", /\b(?:children|minors)\b|未成年|儿童/i],
  ["labelling", /\b(?:watermark\w*|labell?ing)\b|标识|水印/i],
  ["open-source", /\bopen[ -](?:source|weight)\b|开源/i],
];

const particularsOf = new Map<string, Particulars>();
/** Sentences are compared many times over; more than this are not remembered. */
const REMEMBERED = 5_000;

/** Reads from the words of a telling what tells its happening from others like it. */
export function readParticulars(words: string): Particulars {
  const known = particularsOf.get(words);
  if (known) return known;
  const plain = plainWords(words);
  const particulars = {
    rounds: unique([
      ...[...plain.matchAll(ROUND)].map(([, word = ""]) => ordinal(word.toLowerCase())),
      ...[...plain.matchAll(ROUND_ZH)].map(([, numeral]) => (numeral ? String(NUMERALS.indexOf(numeral) + 1) : "1")),
    ]),
    venues: venuesIn(plain),
    names: unique([
      ...[...plain.matchAll(CODE)].map(([code]) => code),
      ...[...plain.matchAll(NAMED)].map(([, name = ""]) => name.replace(/^(?:The|A|An) /, "").toLowerCase()),
      ...[...plain.matchAll(QUOTED_ZH)].map(([, name = ""]) => name),
    ]),
    objects: objectsIn(plain),
  };
  if (particularsOf.size >= REMEMBERED) particularsOf.clear();
  particularsOf.set(words, particulars);
  return particulars;
}

/** Chips are what nearly every measure is about in the end; they count where nothing narrower is named. */
const CHIPS = /\b(?:chips?|semiconductors?|GPUs?|accelerators?)\b|芯片|半导体/i;

function objectsIn(plain: string): readonly string[] {
  const narrow = OBJECTS.filter(([, pattern]) => pattern.test(plain)).map(([id]) => id);
  return narrow.length === 0 && CHIPS.test(plain) ? ["chips"] : narrow;
}

function ordinal(word: string): string {
  return ORDINAL_VALUE[word] ?? String(Number.parseInt(word, 10));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
