import type { Actor, AmbiguityRule } from "../../catalogue/actor.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { TopicLeaf } from "../../catalogue/topic.ts";
import { compileNations, type Nations } from "./nation.ts";
import { addPhrase, createPhraseIndex, type PhraseIndex, type PhraseRule } from "./phrases.ts";

/** A name of an actor as the catalogue has it. */
export type NameEntry = {
  /** Null for a longer name in which a known one means nobody we know: `Beijing Daily`. */
  readonly actor: Actor | null;
  readonly method: "exact" | "alias";
};

/** A cue of a topic leaf, or a near-miss: words that look like one of its cues and are none. */
export type TopicEntry = {
  readonly leafId: string;
  readonly weight: number;
  readonly nearMiss: boolean;
  /** Of a cue whose parts stand apart (`two sides + cooperat`): the cue, how many parts it has, and which this is. */
  readonly part: { readonly cue: string; readonly of: number; readonly number: number } | null;
};

/** The catalogue's names, topics and cues made ready for matching. Built once per thread; never changed. */
export type Lexicon = {
  readonly actors: ReadonlyMap<string, Actor>;
  readonly names: PhraseIndex<NameEntry>;
  readonly topics: PhraseIndex<TopicEntry>;
  /** People by each part of their name that may stand alone (`Biden`; `Guo` and `Jiakun`), in lower case. */
  readonly people: ReadonlyMap<string, readonly Actor[]>;
  /** What tells apart who a form means, by the form as it stands in texts. */
  readonly ambiguous: ReadonlyMap<string, AmbiguityRule>;
  readonly nations: Nations;
};

/** Points of a strong and of a weak cue; a leaf is given from `TOPIC_THRESHOLD` points. */
export const CUE_WEIGHT = { strong: 3, weak: 1 } as const;
export const TOPIC_THRESHOLD = 3;

/** Makes the catalogue ready for matching. */
export function compileLexicon(catalogue: Catalogue): Lexicon {
  const names = createPhraseIndex<NameEntry>();
  const topics = createPhraseIndex<TopicEntry>();
  const people = new Map<string, Actor[]>();
  for (const actor of catalogue.actors) {
    addNames(names, actor);
    if (actor.type !== "person") continue;
    for (const part of namePartsAlone(actor)) people.set(part, [...(people.get(part) ?? []), actor]);
  }
  const ambiguous = new Map<string, AmbiguityRule>();
  for (const rule of catalogue.ambiguityRules) {
    for (const form of rule.forms) ambiguous.set(form, rule);
    for (const mask of rule.masks) addPhrase(names, mask, { actor: null, method: "exact" }, caseRule(mask));
  }
  for (const topic of catalogue.topics) for (const leaf of topic.leaves) addCues(topics, leaf);
  const actors = new Map(catalogue.actors.map((actor) => [actor.id, actor]));
  return { actors, names, topics, people, ambiguous, nations: compileNations(catalogue.nations) };
}

function addNames(names: PhraseIndex<NameEntry>, actor: Actor): void {
  for (const name of variants(actor.name)) addPhrase(names, name, { actor, method: "exact" }, caseRule(name));
  for (const alias of actor.aliases)
    for (const name of variants(alias)) addPhrase(names, name, { actor, method: "alias" }, caseRule(name));
  for (const short of actor.abbreviations) addPhrase(names, short, { actor, method: "alias" }, { exactCase: true });
  for (const zh of actor.zh)
    for (const name of variants(zh))
      addPhrase(names, name, { actor, method: name === actor.zh[0] ? "exact" : "alias" });
}

/** A short or single word is too easily another word, unless it has its capital. */
function caseRule(name: string) {
  if (name.length <= 3) return { exactCase: true };
  return /^[A-Z]\S*$/.test(name) ? { capital: true } : {};
}

/** Leaves out remarks in brackets; a name that lists several with " / " is a label for people, not a name. */
function variants(name: string): string[] {
  const bare = name.replace(/[(（][^)）]*[)）]/g, " ").trim();
  if (bare === "" || bare.includes(" / ")) return [];
  return /^(?:the|an?)\s/i.test(bare) ? [bare] : [bare, bare.replace(/^America[’']s /, "")];
}

/** English writes the surname last, Chinese names mostly keep it first. `He` alone is always the pronoun. */
function namePartsAlone(actor: Actor): string[] {
  const words = actor.name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  const last = words.at(-1);
  const first = actor.bloc === "China" ? words[0] : undefined;
  const parts = new Set([last, first].flatMap((word) => (word ? [word.toLowerCase()] : [])));
  parts.delete("he");
  return [...parts];
}

function addCues(topics: PhraseIndex<TopicEntry>, leaf: TopicLeaf): void {
  for (const strength of ["strong", "weak"] as const) {
    const entry = { leafId: leaf.id, weight: CUE_WEIGHT[strength], nearMiss: false };
    for (const cue of leaf.cues.en[strength]) addCue(topics, cue, entry, englishRule);
    for (const cue of leaf.cues.zh[strength]) addCue(topics, cue, entry, () => ({}));
  }
  for (const note of leaf.nearMisses) {
    const words = nearMissWords(note);
    if (words)
      addPhrase(topics, words, { leafId: leaf.id, weight: 0, nearMiss: true, part: null }, { inflected: true });
  }
}

function englishRule(words: string): PhraseRule {
  return /^[A-Z0-9]+s?$/.test(words) ? { exactCase: true } : { inflected: true };
}

/** Adds a cue: one phrase, or parts that stand near one another, each of them one of several phrases. */
function addCue(
  topics: PhraseIndex<TopicEntry>,
  cue: string,
  entry: Omit<TopicEntry, "part">,
  ruleOf: (words: string) => PhraseRule,
): void {
  const parts = cue.split(" + ");
  parts.forEach((choices, number) => {
    const part = parts.length > 1 ? { cue, of: parts.length, number } : null;
    for (const words of choices.split(" | ")) addPhrase(topics, words, { ...entry, part }, ruleOf(words.trim()));
  });
}

/**
 * The words to mask. A single word with a remark ("race (ethnicity)") names a sense that spelling cannot tell,
 * so masking it would hide the cue itself.
 */
function nearMissWords(note: string): string | null {
  const quoted = /^["“]([^"”]+)["”]/.exec(note)?.[1];
  if (quoted) return quoted;
  const bare = note.replace(/\s*[(（].*$/, "").trim();
  return bare !== note && !bare.includes(" ") ? null : bare;
}
