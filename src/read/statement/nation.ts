import type { Span } from "../../domain/span.ts";
import { foldTraditional } from "./traditional.ts";

/** Words for states: the actor's id or the like of one; names; adjectives; cities whose datelines tell the state; Chinese names. */
const STATES = `
china|China,PRC|Chinese|Beijing,Shanghai,Shenzhen,Hangzhou,Guangzhou,Tianjin,Chengdu,Nanjing,Wuhan,Chongqing|中国,我国,中
united-states|United States,U.S.,US,USA,America|American|Washington,New York,San Francisco,Los Angeles,Chicago,Boston,Houston|美国,美
russia|Russia,Russian Federation|Russian|Moscow|俄罗斯,俄方,俄
ukraine|Ukraine|Ukrainian|Kyiv,Kiev|乌克兰
belarus|Belarus|Belarusian|Minsk|白俄罗斯
iran|Iran|Iranian|Tehran|伊朗
iraq|Iraq|Iraqi|Baghdad|伊拉克
israel|Israel|Israeli|Jerusalem,Tel Aviv|以色列
egypt|Egypt|Egyptian|Cairo|埃及
turkey|Turkey,Türkiye|Turkish|Ankara|土耳其
saudi-arabia|Saudi Arabia|Saudi,Saudi Arabian|Riyadh|沙特,沙特阿拉伯
united-arab-emirates|United Arab Emirates,UAE|Emirati|Abu Dhabi|阿联酋
qatar|Qatar|Qatari|Doha|卡塔尔
syria|Syria|Syrian|Damascus|叙利亚
pakistan|Pakistan|Pakistani|Islamabad|巴基斯坦
india|India|Indian|New Delhi|印度
afghanistan|Afghanistan|Afghan|Kabul|阿富汗
bangladesh|Bangladesh|Bangladeshi|Dhaka|孟加拉国
sri-lanka|Sri Lanka|Sri Lankan|Colombo|斯里兰卡
nepal|Nepal|Nepali,Nepalese|Kathmandu|尼泊尔
kazakhstan|Kazakhstan|Kazakh|Astana|哈萨克斯坦
uzbekistan|Uzbekistan|Uzbek|Tashkent|乌兹别克斯坦
mongolia|Mongolia|Mongolian|Ulaanbaatar|蒙古国,蒙古
japan|Japan|Japanese|Tokyo|日本
south-korea|South Korea,Republic of Korea,ROK|South Korean,Korean|Seoul|韩国
north-korea|North Korea,DPRK|North Korean|Pyongyang|朝鲜
taiwan|Taiwan|Taiwanese|Taipei|台湾
vietnam|Vietnam|Vietnamese|Hanoi|越南
thailand|Thailand|Thai|Bangkok|泰国
malaysia|Malaysia|Malaysian|Kuala Lumpur,Putrajaya|马来西亚
indonesia|Indonesia|Indonesian|Jakarta|印度尼西亚,印尼
philippines|Philippines|Philippine,Filipino|Manila|菲律宾
singapore|Singapore|Singaporean|Singapore|新加坡
myanmar|Myanmar|Burmese|Naypyidaw|缅甸
cambodia|Cambodia|Cambodian|Phnom Penh|柬埔寨
australia|Australia|Australian|Canberra|澳大利亚
new-zealand|New Zealand||Wellington|新西兰
canada|Canada|Canadian|Ottawa|加拿大
mexico|Mexico|Mexican|Mexico City|墨西哥
brazil|Brazil|Brazilian|Brasilia|巴西
argentina|Argentina|Argentine,Argentinian|Buenos Aires|阿根廷
chile|Chile|Chilean|Santiago|智利
colombia|Colombia|Colombian|Bogota|哥伦比亚
venezuela|Venezuela|Venezuelan|Caracas|委内瑞拉
cuba|Cuba|Cuban|Havana|古巴
united-kingdom|United Kingdom,UK,U.K.,Britain,Great Britain,England|British,English|London|英国,英
ireland|Ireland|Irish|Dublin|爱尔兰
france|France|French|Paris|法国,法
germany|Germany|German|Berlin|德国,德
italy|Italy|Italian|Rome|意大利
spain|Spain|Spanish|Madrid|西班牙
portugal|Portugal|Portuguese|Lisbon|葡萄牙
netherlands|Netherlands|Dutch|Amsterdam|荷兰
belgium|Belgium|Belgian||比利时
switzerland|Switzerland|Swiss|Bern|瑞士
austria|Austria|Austrian||奥地利
poland|Poland|Polish|Warsaw|波兰
hungary|Hungary|Hungarian|Budapest|匈牙利
czechia|Czechia,Czech Republic|Czech|Prague|捷克
romania|Romania|Romanian|Bucharest|罗马尼亚
serbia|Serbia|Serbian|Belgrade|塞尔维亚
greece|Greece|Greek|Athens|希腊
sweden|Sweden|Swedish|Stockholm|瑞典
norway|Norway|Norwegian|Oslo|挪威
denmark|Denmark|Danish|Copenhagen|丹麦
finland|Finland|Finnish|Helsinki|芬兰
estonia|Estonia|Estonian|Tallinn|爱沙尼亚
latvia|Latvia|Latvian|Riga|拉脱维亚
lithuania|Lithuania|Lithuanian|Vilnius|立陶宛
south-africa|South Africa|South African|Pretoria|南非
nigeria|Nigeria|Nigerian|Abuja|尼日利亚
kenya|Kenya|Kenyan|Nairobi|肯尼亚
ethiopia|Ethiopia|Ethiopian|Addis Ababa|埃塞俄比亚
rwanda|Rwanda|Rwandan|Kigali|卢旺达
algeria|Algeria|Algerian|Algiers|阿尔及利亚
morocco|Morocco|Moroccan|Rabat|摩洛哥`;

type Column = "names" | "adjectives" | "cities" | "chinese";

const ROWS = STATES.trim()
  .split("\n")
  .map((row) => {
    const [id = "", names = "", adjectives = "", cities = "", chinese = ""] = row.split("|");
    const list = (words: string) => words.split(",").filter((word) => word !== "");
    return { id, names: list(names), adjectives: list(adjectives), cities: list(cities), chinese: list(chinese) };
  });

const wordsOf = (...columns: Column[]): ReadonlyMap<string, string> =>
  new Map(ROWS.flatMap((row) => columns.flatMap((column) => row[column].map((word) => [word, row.id] as const))));

const NATIONS = wordsOf("names", "adjectives", "cities");
const NAMED = wordsOf("names", "adjectives");
const CITIES = new Map([...wordsOf("cities")].map(([city, id]) => [city.toUpperCase(), id]));
const CHINESE = wordsOf("chinese");

const anyOf = (words: Iterable<string>) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(".", "\\."))
    .join("|");

const BESIDE = new RegExp(
  `(?<![\\p{L}\\p{N}])(${anyOf(NATIONS.keys())})(?:['’]s?)?(?: (?:own|federal|new|deputy))?\\s+$`,
  "u",
);
const OF = new RegExp(`^ of (?:the )?(${anyOf(NAMED.keys())})(?![\\p{L}\\p{N}])`, "u");
const IN = new RegExp(
  `^(?: [a-z]+)? in ([A-Z]\\p{L}+(?: [A-Z]\\p{L}+)?)(?! [A-Z])|^(?: [a-z]+)? in (${anyOf(NAMED.keys())})`,
  "u",
);
/** A state of one character is one only where a word may begin: 俄外交部, not 依法…. */
const BESIDE_CHINESE = new RegExp(
  `(${anyOf([...CHINESE.keys()].filter(({ length }) => length > 1))}|(?<!\\p{Script=Han})[中美俄英法德])(?:的|政府)?$`,
  "u",
);
const IN_TEXT = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf(NAMED.keys())})(?![\\p{L}\\p{N}])`, "gu");
const HOLDS = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${anyOf(NATIONS.keys())})(?![\\p{L}\\p{N}])|^(?:${anyOf(CHINESE.keys())})`,
  "u",
);

/** An adjective or owner of a state that the table does not have: "the Norlandic Foreign Ministry", "Norland's Treasury". */
const OWNER = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}-]+)['’]s?\s+$/u;
const ADJECTIVE = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?:ian|ean|ese|ish|ic|ani)\s+$/u;
const DAY =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Today|Yesterday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;

const TITLE_WORDS = "(?:(?:Prime|Foreign|Finance|Trade|Vice|Deputy|President|Premier|Minister|Secretary|State|of) )*";
const TITLED = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?<!\\b(?:[Ii]n|[Tt]o|[Ff]rom|[Oo]f|[Ww]ith|[Aa]nd|[Ff]or|[Tt]old) )(${anyOf(NAMED.keys())})(?:['’]s?)? ${TITLE_WORDS}$`,
  "u",
);
const TITLED_UNKNOWN = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(\\p{Lu}\\p{Ll}+(?:ian|ean|ese|ish|ic|ani))|(\\p{Lu}[\\p{L}-]+)['’]s?) ${TITLE_WORDS}$`,
  "u",
);
const LEADS = new RegExp(`^(?:${anyOf(NAMED.keys())}) `, "u");
/** Adjectives that end like those of states. */
const NO_STATE =
  /^(?:Democratic|Christian|Catholic|Islamic|Public|Academic|Asian|European|Historic|Economic|Strategic|Civilian|Olympic|Civic|Domestic|Atlantic|Pacific|Arctic|Libertarian|Specific)$/;
const TITLED_CHINESE = new RegExp(
  `(?<!驻)(${anyOf([...CHINESE.keys()].filter(({ length }) => length > 1))}|(?<!\\p{Script=Han})[中美俄英法德])(?:的|政府)?(?:前|副|代理)?(?:外相|外长|外交部长|外交大臣|总统|总理|首相|部长|大臣|议员|国王)$`,
  "u",
);

/** A state that is none we have a word for. */
export const ANOTHER_STATE = "another-state";

/** Tells whether a name says itself whose it is: "Chinese Foreign Ministry", 美国商务部. */
export function holdsNation(words: string): boolean {
  return HOLDS.test(words);
}

/**
 * Finds whose body a name is by what stands at it: "the Russian …", "Pakistan's …", "… of Japan", 俄罗斯….
 *
 * @param generic - The name is a kind of body that any state may have: then owners that we have no word for count too.
 * @returns The id of a state, `ANOTHER_STATE`, or null where nothing at the name says it.
 */
export function nationBeside(text: string, place: Span, generic: boolean): string | null {
  const before = text.slice(Math.max(0, place.start - 40), place.start);
  const word = BESIDE.exec(before)?.[1];
  if (word) return NATIONS.get(word) ?? null;
  const chinese = /\p{Script=Han}/u.test(text[place.start] ?? "")
    ? BESIDE_CHINESE.exec(foldTraditional(before))?.[1]
    : undefined;
  if (chinese) return CHINESE.get(chinese) ?? null;
  const after = text.slice(place.end, place.end + 60);
  const owner = OF.exec(after)?.[1];
  if (owner) return NAMED.get(owner) ?? null;
  if (!generic) return null;
  if (ADJECTIVE.test(before)) return ANOTHER_STATE;
  const unknown = OWNER.exec(before)?.[1];
  return unknown && !DAY.test(unknown) ? ANOTHER_STATE : null;
}

/**
 * Finds the state whose office stands before a name: "the Norwegian President …", "Norland's Foreign Minister …", 日本外相….
 *
 * @param before - The text up to the name, or up to the office that is part of it.
 * @returns The id of a state, `ANOTHER_STATE`, or null where no state stands there.
 */
export function nationOfTitle(before: string): string | null {
  const chinese = TITLED_CHINESE.exec(foldTraditional(before))?.[1];
  if (chinese) return CHINESE.get(chinese) ?? null;
  const known = TITLED.exec(before)?.[1];
  if (known) return NAMED.get(known) ?? null;
  const [, adjective, owner] = TITLED_UNKNOWN.exec(before) ?? [];
  const unknown = adjective ?? owner;
  return unknown && !NO_STATE.test(unknown) && !DAY.test(unknown) ? ANOTHER_STATE : null;
}

/** Takes the state off the front of an office: "Chinese Foreign Minister"; as it is where none stands there. */
export function withoutNation(title: string): string {
  const state = LEADS.exec(title)?.[0] ?? "";
  return title.slice(state.length) || title;
}

/** Finds the state whose capital a spokesperson speaks in: "a Foreign Ministry spokesperson in Tokyo". */
export function nationOfSeat(text: string, place: Span): string | null {
  const [, city, state] = IN.exec(text.slice(place.end, place.end + 60)) ?? [];
  return (city ? (CITIES.get(city.toUpperCase()) ?? NAMED.get(city)) : state && NAMED.get(state)) ?? null;
}

const DATELINE = /^[ \t]*([A-Z][A-Za-z.’' ]{2,24}?)(?:, [^\n—–-]{0,30})?(?:\s*\([^)\n]{2,40}\))?\s*(?:--?|[–—])\s*\S/mu;
const HEAD_LENGTH = 600;

/** Finds the state of the city in a text's dateline: "MOSCOW (Reuters) - …"; null without one, and for cities that are no state's. */
export function nationOfDateline(text: string): string | null {
  const city = DATELINE.exec(text.slice(0, HEAD_LENGTH))?.[1]?.trim().toUpperCase();
  return (city && CITIES.get(city)) ?? null;
}

/** Finds which state, but for one, a text is about: the one named more than twice as often as all others together. */
export function nationAbout(text: string, without: string): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const [word] of text.matchAll(IN_TEXT)) {
    const id = NAMED.get(word);
    if (!id || id === without) continue;
    counts.set(id, (counts.get(id) ?? 0) + 1);
    all++;
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] > 2 * (all - most[1]) ? most[0] : null;
}
