import type { Nation } from "../../catalogue/nation.ts";
import type { Span } from "../../domain/span.ts";
import { foldTraditional } from "./traditional.ts";

/** The catalogue's words for states, made ready for matching. */
export type Nations = {
  readonly ids: {
    /** Ids of states by names, adjectives and cities. */
    readonly all: ReadonlyMap<string, string>;
    /** By names and adjectives. */
    readonly named: ReadonlyMap<string, string>;
    /** By cities in capitals, as datelines have them. */
    readonly cities: ReadonlyMap<string, string>;
    /** By Chinese names. */
    readonly chinese: ReadonlyMap<string, string>;
  };
  readonly patterns: Readonly<
    Record<"beside" | "of" | "in" | "besideChinese" | "inText" | "holds" | "titled" | "leads" | "titledChinese", RegExp>
  >;
};

/** Makes the words for states ready for matching. */
export function compileNations(nations: readonly Nation[]): Nations {
  const idsBy = (...columns: readonly ("names" | "adjectives" | "cities" | "chinese")[]) =>
    new Map(nations.flatMap((one) => columns.flatMap((column) => one[column].map((word) => [word, one.id] as const))));
  const [all, named, chinese] = [
    idsBy("names", "adjectives", "cities"),
    idsBy("names", "adjectives"),
    idsBy("chinese"),
  ];
  const cities = new Map([...idsBy("cities")].map(([city, id]) => [city.toUpperCase(), id]));
  return {
    ids: { all, named, cities, chinese },
    patterns: patternsOf(anyOf(all.keys()), anyOf(named.keys()), [...chinese.keys()]),
  };
}

function patternsOf(all: string, named: string, chinese: readonly string[]): Nations["patterns"] {
  // A state of one character is one only where a word may begin: 俄外交部, not 依法….
  const long = anyOf(chinese.filter(({ length }) => length > 1));
  const standing = `${long}|(?<!\\p{Script=Han})(?:${anyOf(chinese.filter(({ length }) => length === 1))})`;
  return {
    beside: new RegExp(`(?<![\\p{L}\\p{N}])(${all})(?:['’]s?)?(?: (?:own|federal|new|deputy))?\\s+$`, "u"),
    of: new RegExp(`^ of (?:the )?(${named})(?![\\p{L}\\p{N}])`, "u"),
    in: new RegExp(`^(?: [a-z]+)? in ([A-Z]\\p{L}+(?: [A-Z]\\p{L}+)?)(?! [A-Z])|^(?: [a-z]+)? in (${named})`, "u"),
    besideChinese: new RegExp(`(${standing})(?:的|政府)?$`, "u"),
    inText: new RegExp(`(?<![\\p{L}\\p{N}])(?:${named})(?![\\p{L}\\p{N}])`, "gu"),
    holds: new RegExp(`(?<![\\p{L}\\p{N}])(?:${all})(?![\\p{L}\\p{N}])|^(?:${anyOf(chinese)})`, "u"),
    titled: new RegExp(
      `(?<![\\p{L}\\p{N}-])(?<!\\b(?:[Ii]n|[Tt]o|[Ff]rom|[Oo]f|[Ww]ith|[Aa]nd|[Ff]or|[Tt]old) )(${named})(?:['’]s?)? ${TITLE_WORDS}$`,
      "u",
    ),
    leads: new RegExp(`^(?:${named}) `, "u"),
    titledChinese: new RegExp(
      `(?<!驻)(${standing})(?:的|政府)?(?:前|副|代理)?(?:外相|外长|外交部长|外交大臣|总统|总理|首相|部长|大臣|议员|国王)$`,
      "u",
    ),
  };
}

/** A piece of a pattern for any of some words, the longest first; for none of them one that never matches. */
function anyOf(words: Iterable<string>): string {
  return (
    [...words]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      .join("|") || "(?!)"
  );
}

/** An adjective or owner of a state that the table does not have: "the Norlandic Foreign Ministry", "Norland's Treasury". */
const OWNER = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}-]+)['’]s?\s+$/u;
const ADJECTIVE = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?:ian|ean|ese|ish|ic|ani)\s+$/u;
const DAY =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Today|Yesterday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;

const TITLE_WORDS = "(?:(?:Prime|Foreign|Finance|Trade|Vice|Deputy|President|Premier|Minister|Secretary|State|of) )*";
const TITLED_UNKNOWN = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(\\p{Lu}\\p{Ll}+(?:ian|ean|ese|ish|ic|ani))|(\\p{Lu}[\\p{L}-]+)['’]s?) ${TITLE_WORDS}$`,
  "u",
);
/** Adjectives that end like those of states. */
const NO_STATE =
  /^(?:Democratic|Christian|Catholic|Islamic|Public|Academic|Asian|European|Historic|Economic|Strategic|Civilian|Olympic|Civic|Domestic|Atlantic|Pacific|Arctic|Libertarian|Specific)$/;
/** A state that is none we have a word for. */
export const ANOTHER_STATE = "another-state";

/** Tells whether a name says itself whose it is: "Chinese Foreign Ministry", 美国商务部. */
export function holdsNation({ patterns }: Nations, words: string): boolean {
  return patterns.holds.test(words);
}

/**
 * Finds whose body a name is by what stands at it: "the Russian …", "Pakistan's …", "… of Japan", 俄罗斯….
 *
 * @param generic - The name is a kind of body that any state may have: then owners that we have no word for count too.
 * @returns The id of a state, `ANOTHER_STATE`, or null where nothing at the name says it.
 */
export function nationBeside({ ids, patterns }: Nations, text: string, place: Span, generic: boolean): string | null {
  const before = text.slice(Math.max(0, place.start - 40), place.start);
  const word = patterns.beside.exec(before)?.[1];
  if (word) return ids.all.get(word) ?? null;
  const chinese = /\p{Script=Han}/u.test(text[place.start] ?? "")
    ? patterns.besideChinese.exec(foldTraditional(before))?.[1]
    : undefined;
  if (chinese) return ids.chinese.get(chinese) ?? null;
  const after = text.slice(place.end, place.end + 60);
  const owner = patterns.of.exec(after)?.[1];
  if (owner) return ids.named.get(owner) ?? null;
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
export function nationOfTitle({ ids, patterns }: Nations, before: string): string | null {
  const chinese = patterns.titledChinese.exec(foldTraditional(before))?.[1];
  if (chinese) return ids.chinese.get(chinese) ?? null;
  const known = patterns.titled.exec(before)?.[1];
  if (known) return ids.named.get(known) ?? null;
  const [, adjective, owner] = TITLED_UNKNOWN.exec(before) ?? [];
  const unknown = adjective ?? owner;
  return unknown && !NO_STATE.test(unknown) && !DAY.test(unknown) ? ANOTHER_STATE : null;
}

/** Takes the state off the front of an office: "Chinese Foreign Minister"; as it is where none stands there. */
export function withoutNation({ patterns }: Nations, title: string): string {
  const state = patterns.leads.exec(title)?.[0] ?? "";
  return title.slice(state.length) || title;
}

/** Finds the state whose capital a spokesperson speaks in: "a Foreign Ministry spokesperson in Tokyo". */
export function nationOfSeat({ ids, patterns }: Nations, text: string, place: Span): string | null {
  const [, city, state] = patterns.in.exec(text.slice(place.end, place.end + 60)) ?? [];
  return (city ? (ids.cities.get(city.toUpperCase()) ?? ids.named.get(city)) : state && ids.named.get(state)) ?? null;
}

const DATELINE = /^[ \t]*([A-Z][A-Za-z.’' ]{2,24}?)(?:, [^\n—–-]{0,30})?(?:\s*\([^)\n]{2,40}\))?\s*(?:--?|[–—])\s*\S/mu;
const HEAD_LENGTH = 600;

/** Finds the state of the city in a text's dateline: "MOSCOW (Reuters) - …"; null without one, and for cities that are no state's. */
export function nationOfDateline({ ids }: Nations, text: string): string | null {
  const city = DATELINE.exec(text.slice(0, HEAD_LENGTH))?.[1]?.trim().toUpperCase();
  return (city && ids.cities.get(city)) ?? null;
}

/** Finds which state, but for one, a text is about: the one named more than twice as often as all others together. */
export function nationAbout({ ids, patterns }: Nations, text: string, without: string): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const [word] of text.matchAll(patterns.inText)) {
    const id = ids.named.get(word);
    if (!id || id === without) continue;
    counts.set(id, (counts.get(id) ?? 0) + 1);
    all++;
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] > 2 * (all - most[1]) ? most[0] : null;
}
