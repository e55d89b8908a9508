import type { Span } from "../../domain/span.ts";
import type { Statement } from "../../domain/statement.ts";
import type { SearchInput } from "../input.ts";
import { type ActorFinder, surnameOf } from "../words/mentions.ts";
import { plainWords } from "../words/plain-words.ts";
import type { Sentence } from "../words/sentences.ts";
import { governmentOf, isLeader, isOfficial, type Sides, stateOf } from "../words/states.ts";
import { namesAi, namesChips, namesProcess, takesUp } from "../words/topic-words.ts";
import type { Nearness, Parties, Pattern } from "./pattern.ts";

/** Words for both sides together; they mean the two sides only in a document about the two. */
const TOGETHER =
  /\b(?:[Tt]he (?:two )?(?:leaders|presidents|heads of state)|(?:[Tt]he two|[Bb]oth|[Oo]ur two) (?:sides|countries|nations|governments|powers|delegations|leaders|presidents|capitals|teams)|[Oo]ur (?:experts|teams|two)|[Tt]heir (?:respective )?(?:experts|teams)|[Bb]ilateral(?:ly)?|(?:he|He|[A-Z]\w+) and I|we both)\b|双方|两国|两国元首|两国政府|两国领导人|双边/;
const GOVERNMENTS = /\b(?:two|both) governments\b|两国政府|双方政府/i;
const LEADERS = /\b(?:leaders|presidents|heads of state|summit)\b|元首|领导人/i;
const FIRST_PERSON = /\b(?:we|our|I|my|us)\b|我们|我方|我国|中方/i;
/** How much of a text sets the scene, in UTF-16 units. */
const LEAD = 1500;

/** A sentence with what stands around it. */
export type Scene = {
  readonly sentence: Sentence;
  /** As plainWords spells it. */
  readonly plain: string;
  readonly statement: Statement | null;
  readonly nearby: string;
  /** The question that the sentence answers, as far as the text shows it; empty elsewhere. */
  readonly asked: string;
};

/** What a whole document says about who and what it is about. */
export type Setting = {
  readonly finder: ActorFinder;
  readonly sides: Sides;
  readonly day: string | null;
  /** The state the publisher acts for, where it is one of the two sides. */
  readonly ownSide: string | null;
  /** Whether title and lead name both sides and no third state. */
  readonly aboutBoth: boolean;
  /** Persons whom title or lead name, by the surname that the rest of the text may call them by. */
  readonly surnames: ReadonlyMap<string, string>;
};

/** Reads who a document is about from its title, lead and publisher. */
export function settingOf(input: SearchInput, finder: ActorFinder, sides: Sides, day: string | null): Setting {
  const lead = plainWords(`${input.article.title ?? ""}. ${input.article.text.slice(0, LEAD)}`);
  const inLead = finder.find(lead);
  const named = new Set(inLead.map((id) => stateOf(id, finder.byId, day)));
  const own = input.sourceActorId ? stateOf(input.sourceActorId, finder.byId, day) : null;
  const ownSide = input.official && own && (own === sides.us || own === sides.china) ? own : null;
  if (ownSide) named.add(ownSide);
  const third = [...named].some((id) => finder.byId.get(id)?.type === "state" && id !== sides.us && id !== sides.china);
  const aboutBoth = named.has(sides.us) && named.has(sides.china) && !third;
  return { finder, sides, day, ownSide, aboutBoth, surnames: surnamesOf(inLead, finder) };
}

function surnamesOf(ids: readonly string[], finder: ActorFinder): ReadonlyMap<string, string> {
  const surnames = new Map<string, string>();
  const shared = new Set<string>();
  for (const id of ids) {
    const actor = finder.byId.get(id);
    const surname = actor ? surnameOf(actor) : null;
    if (!surname) continue;
    if (surnames.has(surname)) shared.add(surname);
    surnames.set(surname, id);
  }
  for (const surname of shared) surnames.delete(surname);
  return surnames;
}

/** Finds who is named in words, by full name or by the surname of someone whom the lead named. */
function namedIn(plain: string, { finder, surnames }: Setting): readonly string[] {
  const bySurname = [...surnames].filter(([surname]) =>
    new RegExp(`(?<![\\p{L}-])${surname}(?![\\p{L}-])`, "u").test(plain),
  );
  return [...new Set([...finder.find(plain), ...bySurname.map(([, id]) => id)])];
}

/** Words that only say where: "in Geneva, Switzerland" makes Switzerland no party. */
const WHERE = /\b(?:in|at)\s+(?:\p{Lu}[\p{L}.]+)(?:,?\s+\p{Lu}[\p{L}.]+)*|[在于]\p{Script=Han}{2,6}?(?=举行|召开)/gu;

/** Tells whether AI (or, where the pattern allows it, chips) stands as near as the pattern asks. */
export function hasMatter(pattern: Pattern, scene: Scene, place: Span, documentHasTalks: () => boolean): boolean {
  const names = (words: string) => namesAi(words) || (pattern.chips === true && namesChips(words));
  const here = () => names(scene.plain) || tagged(scene.statement);
  const reach: Record<Nearness, () => boolean> = {
    sentence: () => names(clauseAt(scene.plain, place)) || tagged(scene.statement),
    nearby: () => here() || namesAi(scene.statement?.text ?? "") || (takesUp(scene.plain) && namesAi(scene.nearby)),
    beside: () => here() || namesAi(scene.nearby),
    document: () => here() || documentHasTalks(),
  };
  return reach[pattern.near]();
}

const CLAUSE_BORDER = /[;；]|, (?:but|while|whereas)\b|\b(?:while|whereas)\b| as (?=(?:the |its )?\p{Lu})/gu;

/** The part of a sentence that holds a place: "AI firms raised funds as the US held talks on trade" has two. */
function clauseAt(plain: string, place: Span): string {
  const borders = [...plain.matchAll(CLAUSE_BORDER)].map(({ index }) => index);
  const start = Math.max(0, ...borders.filter((border) => border <= place.start));
  const end = Math.min(plain.length, ...borders.filter((border) => border >= place.end));
  return plain.slice(start, end);
}

/** A statement's own topic tag counts only where it names the talks themselves. */
function tagged(statement: Statement | null): boolean {
  return statement?.topics.some(({ id }) => id === "process.dialogue-channel") === true && namesAi(statement.text);
}

/**
 * Finds the actors of a development by the pattern's rule; null when those it needs do not take part.
 *
 * @param place - The telling words, for rules that ask who stands before them; without it the whole sentence is asked.
 */
export function takePart(rule: Parties, scene: Scene, setting: Setting, place?: Span): readonly string[] | null {
  const { finder, sides, day } = setting;
  if (rule === "named") return namedParties(scene, setting);
  if (rule === "holder")
    return holderOf(scene, setting, place ?? { start: scene.plain.length, end: scene.plain.length });
  const isMedia = (id: string) => finder.byId.get(id)?.type === "media";
  const named = namedIn(scene.plain, setting).filter((id) => !isMedia(id));
  const speakers = (scene.statement?.actors ?? []).map(({ actorId }) => actorId);
  const states = new Set(
    [...named, ...(named.length > 0 || speakers.length > 0 ? speakers : [])].map((id) => stateOf(id, finder.byId, day)),
  );
  // Names are sought only where they can decide: that takes most of the time of detection.
  const bothBeside = () => {
    const beside = new Set(finder.find(scene.nearby).map((id) => stateOf(id, finder.byId, day)));
    return beside.has(sides.us) && beside.has(sides.china);
  };
  const together = TOGETHER.test(scene.plain) && (setting.aboutBoth || bothBeside());
  const third = () => namedIn(scene.plain.replace(WHERE, " "), setting).some((id) => isThird(id, setting));
  const ownWord = FIRST_PERSON.test(scene.plain) ? setting.ownSide : null;
  if (ownWord) states.add(ownWord);
  const both = together || (states.has(sides.us) && states.has(sides.china));
  const process = () => namesProcess(scene.plain) && namesAi(`${scene.plain} ${scene.nearby}`);
  const taking = [...new Set([...named, ...speakers])].filter((id) => finder.byId.has(id));
  const withSides = () => {
    const governments = GOVERNMENTS.test(scene.plain)
      ? [sides.us, sides.china].flatMap((id) => governmentOf(id, finder.byId) ?? [])
      : [];
    return [...new Set([...taking.filter((id) => !isThird(id, setting)), ...governments, sides.us, sides.china])];
  };

  if (rule === "both") return both && !third() ? withSides() : null;
  if (rule === "leaders") {
    const leaders = named.filter((id) => isLeader(id, finder.byId, day));
    const led = new Set(leaders.map((id) => stateOf(id, finder.byId, day)));
    if (ownWord) led.add(ownWord);
    const meet = (led.has(sides.us) && led.has(sides.china)) || (together && LEADERS.test(scene.plain));
    return meet && !third() ? withSides() : null;
  }
  if (rule === "side") {
    const acts = taking.some((id) => actsForSide(id, setting));
    return acts && (both || process() || !third()) ? taking : null;
  }
  if (rule === "both-or-process")
    return both ? withSides() : taking.some((id) => !isMedia(id)) && process() ? taking : null;
  const between = both || process() || namesProcess(scene.nearby) || bothBeside();
  return between && taking.some((id) => !isThird(id, setting) || process()) ? taking : null;
}

const THE_FIRM =
  /\b(?:the|this|that) (?:company|firm|lab|laboratory|developer|start-?up|maker)\b|\bits\b|该(?:公司|企业|机构|实验室)/i;

/** Whoever the sentence names, speakers by "we" too; else the one company that the sentences beside it name. */
function namedParties(scene: Scene, setting: Setting): readonly string[] | null {
  const { byId } = setting.finder;
  const isParty = (id: string) => byId.has(id) && byId.get(id)?.type !== "media" && byId.get(id)?.type !== "document";
  const named = namedIn(scene.plain, setting).filter(isParty);
  const speakers = FIRST_PERSON.test(scene.plain) ? (scene.statement?.actors ?? []).map(({ actorId }) => actorId) : [];
  const taking = [...new Set([...named, ...speakers.filter(isParty)])];
  if (taking.length > 0) return taking;
  const firms = THE_FIRM.test(scene.plain)
    ? namedIn(scene.nearby, setting).filter((id) => byId.get(id)?.type === "company")
    : [];
  return firms.length === 1 ? firms : null;
}

/** A verb of saying with a pronoun: what follows is said of who stands before the verb. */
const OF_ITSELF =
  /\b(?:said|says|told [\w ]{1,40}?|announced|confirmed|added|wrote|indicated|signall?ed)(?: (?:on|at|in) [\w ]{1,30}?)? (?:that )?(?:it|they|he|she)\b[^,;]*$/i;
const PRONOUN = /\b(?:it|they|he|she|we|I)\b|我们|我方|其/i;

/** Who holds what the words say: whoever stands last before them, or the speaker; null where that is nobody who speaks officially. */
function holderOf(scene: Scene, setting: Setting, place: Span): readonly string[] | null {
  const { finder, sides, day } = setting;
  const before = scene.plain.slice(0, place.start);
  const named = namedIn(before, setting).filter((id) => isOfficial(id, finder.byId, day));
  const speakers = (scene.statement?.actors ?? [])
    .map(({ actorId }) => actorId)
    .filter((id) => isOfficial(id, finder.byId, day));
  const opens = before.trim() === "";
  const speaks = named.length === 0 && (PRONOUN.test(before) || opens);
  // "In a reversal of its stance, China …" names after the words who holds them.
  const after = opens ? namedIn(scene.plain, setting).find((id) => isOfficial(id, finder.byId, day)) : undefined;
  const holder = (OF_ITSELF.test(before) ? named[0] : named.at(-1)) ?? after ?? (speaks ? speakers[0] : undefined);
  if (!holder) return null;
  const state = stateOf(holder, finder.byId, day);
  const isSide = state === sides.us || state === sides.china;
  const inTalks =
    namesProcess(scene.plain) || finder.find(scene.plain).some((id) => id === sides.us || id === sides.china);
  return isSide || inTalks ? [...new Set([holder, state])] : null;
}

/** Tells whether the leaders themselves are the ones who talk: then it is their meeting, not a round of the talks. */
export function byLeaders(scene: Scene, setting: Setting): boolean {
  return LEADERS.test(scene.plain) || namesBothLeaders(scene, setting);
}

const MEET = /\bmeet\b/i;
const ENVOYS = /\b(?:experts|delegations?|officials|teams?|envoys?|negotiators|diplomats|representatives)\b/i;

/** Tells whether the telling words let the leaders of both sides meet: "President A will meet President B to discuss AI". */
export function leadersWillMeet(scene: Scene, setting: Setting, place: Span): boolean {
  const isMeeting = MEET.test(scene.plain.slice(place.start, place.end)) && !ENVOYS.test(scene.plain);
  return isMeeting && namesBothLeaders(scene, setting);
}

function namesBothLeaders(scene: Scene, setting: Setting): boolean {
  const { finder, day, sides } = setting;
  const led = namedIn(scene.plain, setting).filter((id) => isLeader(id, finder.byId, day));
  const states = led.map((id) => stateOf(id, finder.byId, day));
  return states.includes(sides.us) && states.includes(sides.china);
}

/** One of the two sides, or a body, office or group that acts for it: no company and no scholar. */
function actsForSide(id: string, { finder, sides, day }: Setting): boolean {
  const state = stateOf(id, finder.byId, day);
  return (state === sides.us || state === sides.china) && isOfficial(id, finder.byId, day);
}

/** A third state or an actor that acts for one: Britain's prime minister in a text about Britain and the US. */
function isThird(id: string, { finder, sides, day }: Setting): boolean {
  const state = stateOf(id, finder.byId, day);
  return finder.byId.get(state)?.type === "state" && state !== sides.us && state !== sides.china;
}
