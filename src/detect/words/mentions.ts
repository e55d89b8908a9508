import type { Actor } from "../../catalogue/actor.ts";
import type { Sides } from "./states.ts";

/** Names that hold a side's name without meaning that side. */
const MASKED =
  /\b(?:China Daily|China Institute|(?:[A-Z]\w+ ){0,4}China Center|South China(?: Sea| Morning Post)?|East China Sea|Republic of China(?! \(PRC\))(?<!People's Republic of China)|One[ -]China|Latin America|Bank of America|Central America|Washington Post|Washington State|George Washington|Beijing (?:Statement|Academy|Institute|Daily)|Chinese(?:-|\s)(?:Americans?|Taipei))\b|中国日报|南华早报/g;
const US_WORDS =
  /\bU\.S\.?(?![A-Za-z])|\bUSA?\b|\bUnited States\b|\bAmericans?\b|\bAmerica\b|\bWashington\b|\bWhite House\b|\b(?:Senat(?:e|ors?)|Congress|House of Representatives|Pentagon|Commerce Department|State Department|Treasury (?:Department|Secretary))\b|\bSino-(?:US|U\.S|American)|美国|美方|美中|中美|美政府|[对涉赴访]美|五角大楼|华盛顿|白宫/;
const CHINA_WORDS =
  /\bChin(?:a|ese)\b|\bPRC\b|\bP\.R\.C\.|\bBeijing\b|\bSino-|中国|中方|中美|美中|我国|[对涉赴访来]华|北京(?=方面|政府|当局|和华盛顿)/;

/** An actor's names as one pattern, and the beginnings of which one must stand in a text for the pattern to be worth trying. */
type Name = { readonly id: string; readonly pattern: RegExp; readonly beginnings: readonly string[] };

/** Finds catalogue actors by name. Built once for a list of actors, then asked many times. */
export type ActorFinder = {
  readonly byId: ReadonlyMap<string, Actor>;
  readonly sides: Sides | null;
  /** Ids of the actors named in the words (already plain: see plain-words.ts), sides by their states, sorted by place. */
  readonly find: (plain: string) => readonly string[];
};

/** Compiles the names of actors; `sides` as `findSides` gives them. */
export function compileActors(actors: readonly Actor[], sides: Sides | null): ActorFinder {
  const named = actors.filter(({ type }) => type !== "state" && type !== "document");
  const names = [...named.flatMap(namesOf), ...actors.filter((actor) => isThirdState(actor, sides)).flatMap(namesOf)];
  const namesWith = byBeginning(names);
  return {
    byId: new Map(actors.map((actor) => [actor.id, actor])),
    sides,
    // The same sentence is asked about for each pattern that fits it.
    find: rememberingLast(REMEMBERED, (plain) => {
      const words = plain.replace(MASKED, (name) => " ".repeat(name.length));
      const places: { id: string; start: number; end: number }[] = [];
      const add = (id: string, pattern: RegExp) => {
        const match = pattern.exec(words);
        if (match) places.push({ id, start: match.index, end: match.index + match[0].length });
      };
      if (sides) {
        add(sides.us, US_WORDS);
        add(sides.china, CHINA_WORDS);
      }
      // Hundreds of patterns against every sentence would take most of the time of detection.
      const worthTrying = new Set([...beginningsIn(words)].flatMap((beginning) => namesWith.get(beginning) ?? []));
      for (const { id, pattern } of worthTrying) add(id, pattern);
      // 商务部 inside 美国商务部 is another ministry's name: the longer name holds.
      const isPart = (place: (typeof places)[number]) =>
        place.id !== sides?.us &&
        place.id !== sides?.china &&
        places.some((other) => other.start <= place.start && place.end <= other.end && size(other) > size(place));
      const kept = places.filter((place) => !isPart(place)).sort((a, b) => a.start - b.start);
      return [...new Set(kept.map(({ id }) => id))];
    }),
  };
}

/** Sentences whose names are remembered: those of a long document. */
const REMEMBERED = 256;

/** Remembers the answers to the last texts that were asked about. */
function rememberingLast<T>(most: number, find: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = find(text);
    answers.set(text, answer);
    return answer;
  };
}

const size = ({ start, end }: { start: number; end: number }) => end - start;

function isThirdState(actor: Actor, sides: Sides | null): boolean {
  return actor.type === "state" && actor.id !== sides?.us && actor.id !== sides?.china;
}

/** A body's bare place name (Washington, Beijing, 中方) is already counted as its side. */
const PLACE_NAMES = new Set([
  "Washington",
  "Beijing",
  "中方",
  "美方",
  "the administration",
  "Foreign Ministry",
  "外交部",
]);

function namesOf(actor: Actor): readonly Name[] {
  const english = [actor.name, ...actor.aliases, ...actor.abbreviations].filter((name) => !PLACE_NAMES.has(name));
  const chinese = actor.zh.filter((name) => /\p{Script=Han}{2}/u.test(name) && !PLACE_NAMES.has(name));
  const patterns = [...english.map(englishPattern), ...titled(actor), ...chinese.map(literally)];
  if (patterns.length === 0) return [];
  const surname = surnameOf(actor);
  const beginnings = [...english, ...chinese, ...(surname ? [surname] : [])].map(beginningOf);
  return [{ id: actor.id, pattern: new RegExp(patterns.join("|"), "u"), beginnings: [...new Set(beginnings)] }];
}

/** The first word of a name in lower case, or its first two characters where it begins with a hanzi. */
function beginningOf(name: string): string {
  if (/^.?\p{Script=Han}/u.test(name)) return name.slice(0, 2);
  return /[\p{L}\p{N}]+/u.exec(name)?.[0].toLowerCase() ?? "";
}

/** Every beginning that a name in this text could have. */
function beginningsIn(words: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [word] of words.matchAll(/[\p{L}\p{N}]+/gu)) {
    found.add(word.toLowerCase());
    if (!/\p{Script=Han}/u.test(word)) continue;
    for (let at = 0; at < word.length; at += 1) found.add(word.slice(at, at + 2));
    // A Latin word may stand against hanzi without a space: 据Reuters报道.
    for (const [latin] of word.matchAll(/[\p{Script=Latin}\p{N}]+/gu)) found.add(latin.toLowerCase());
  }
  return found;
}

function byBeginning(names: readonly Name[]): ReadonlyMap<string, readonly Name[]> {
  const map = new Map<string, Name[]>();
  for (const name of names) {
    for (const beginning of name.beginnings) map.set(beginning, [...(map.get(beginning) ?? []), name]);
  }
  return map;
}

const TITLES =
  "(?:President|Premier|Chairman|General Secretary|Secretary|(?:Vice |Prime |Foreign )?Minister|Ambassador|Director|Envoy)";

/** The surname of a person as texts use it alone: first of a Chinese name, last of any other; null for others. */
export function surnameOf(actor: Actor): string | null {
  const words = actor.name.split(" ");
  const surname = actor.bloc === "China" ? words[0] : words.at(-1);
  return actor.type === "person" && words.length > 1 && surname && /^\p{Lu}\p{Ll}/u.test(surname) ? surname : null;
}

/** "President Joseph R. Biden": a title and a surname, whatever first names stand between. */
function titled(actor: Actor): readonly string[] {
  const surname = surnameOf(actor);
  if (!surname) return [];
  return [`\\b${TITLES}(?: \\p{Lu}[\\p{L}.]*){0,3} ${literally(surname)}(?![\\p{L}\\p{N}])`];
}

function englishPattern(name: string): string {
  const plain = name.replace(/[’‘]/g, "'").replace(/\s*\(.*?\)\s*$/, "");
  const [first = "", ...rest] = plain;
  const anyCase =
    first.toLowerCase() === first.toUpperCase() ? literally(first) : `[${first.toLowerCase()}${first.toUpperCase()}]`;
  const head = plain.includes(" ") ? anyCase : literally(first);
  return `(?<![\\p{L}\\p{N}])${head}${literally(rest.join(""))}(?![\\p{L}\\p{N}])`;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
