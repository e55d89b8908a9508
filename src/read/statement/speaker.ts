import type { Actor } from "../../catalogue/actor.ts";
import { contains, type Span } from "../../domain/span.ts";
import { spansBetween } from "../../domain/spans-between.ts";
import type { ResolvedActor, Speaker } from "../../domain/statement.ts";
import { otherIntroduced } from "./namesake.ts";
import { holdsNation, nationOfTitle, withoutNation } from "./nation.ts";
import { bothOf } from "./speaker-group.ts";
import { departmentIn, fitsTitle, headsOf, holdersOf, stateOf } from "./speaker-office.ts";
import { holderInText, lastHolder, roleReference } from "./speaker-role.ts";
import { speaksFor, standsApart } from "./speaks-for.ts";
import type { Mention, StatementView } from "./view.ts";

/** Who spoke, as the text names them and as the catalogue knows them. */
export type Attribution = { readonly speaker: Speaker; readonly actors: readonly ResolvedActor[] };

/** Who has spoken so far in a text, for "he", "they" and verbs without a subject. */
export type SpeakerMemory = {
  person: Attribution | null;
  any: Attribution | null;
  /** The last people who spoke, for "the spokesperson" and 这位发言人. */
  readonly people: Attribution[];
};

/** Begins a text in which nobody has spoken yet. */
export function nobodyYet(): SpeakerMemory {
  return { person: null, any: null, people: [] };
}

const PRONOUN = /^(?:he|she|they|it|i|we|who|both|他|她|它|他们|她们)$/i;
const PLURAL_PRONOUN = /^(?:they|we|both|他们|她们)$/i;
const TITLE = /^(?:(?:the|former|then|acting|deputy)\s+)*((?:[A-Z][\w.]*\s+){0,4}?[A-Z][\w.]*)\s+([A-Z][\p{L}’'-]+)$/u;
const BARE_TITLE = /^(?:mr|ms|mrs|miss|mx|dr|sir|prof|professor)\.?$/i;
const GROUP_HEAD =
  /\b(?:officials|leaders|presidents|sides|governments|countries|nations|experts|analysts|scholars|researchers|observers|critics|supporters|lawmakers|members|ministers|diplomats|sources|people|both|many|some|others|delegations|companies|executives)\b|双方|两国|专家|学者|人士|官员们/i;
const UNNAMED = /\b(?:sources?|people familiar|person familiar|an? (?:senior )?(?:\w+ )?official)\b|消息人士|知情人士/i;
const ROLE_HEAD =
  /\b(?:spokes(?:person|man|woman)|president|premier|minister|secretary|ambassador|director|chair(?:man|woman)?|official|leader|chief|adviser|advisor|envoy|professor|analyst|expert)\b|发言人|部长|主席|总统|总理|大使|负责人|外长/i;

/** Makes an attribution for a mention that stands in the text, resolving it as far as the document allows. */
export function attributeTo(view: StatementView, span: Span, memory: SpeakerMemory): Attribution {
  const words = view.text.slice(span.start, span.end);
  const make = (
    form: Speaker["form"],
    actors: readonly ResolvedActor[],
    via: Speaker["via"] = "self",
  ): Attribution => ({
    speaker: { text: words, start: span.start, end: span.end, form, via },
    actors,
  });
  if (PRONOUN.test(words)) {
    if (/^(?:i|we)$/i.test(words)) return make("pronoun", [], "antecedent");
    const thing = /^(?:it|它)$/i.test(words) ? subjectThing(view, span.start) : null;
    if (thing)
      return make("pronoun", coreferent({ speaker: unknownSpeaker, actors: [resolved(view, thing)] }), "antecedent");
    const known = /^(?:it|它)$/i.test(words) ? bodyIn(view, memory.any) : knownBy(view, words, span, memory);
    return make("pronoun", coreferent(known), "antecedent");
  }
  const role = roleReference(words);
  if (role) {
    const last = lastHolder(view, role, memory.people);
    const holder = last ?? (role.points ? (holderInText(view, role, span.start, memory.people) ?? []) : null);
    if (holder) return make("role", asCoreferent(holder), "antecedent");
  }
  const both = bothOf(view, words, span);
  if (both) return make("group", both);
  const mentions = mentionsIn(view, span);
  const people = eachOnce(mentions.filter((mention) => mention.actors[0]?.type === "person"));
  if (people.length)
    return make(
      people.length > 1 ? "group" : "name",
      people.map((mention) => resolved(view, mention)),
    );
  // What follows a comma explains the name: it is no part of it.
  const titled = byTitle(view, words.split(", ")[0] ?? words, span.start);
  if (titled) return make("name", [titled]);
  const holder = standsApart(words) ? null : byOffice(view, words, mentions);
  if (holder) return make("role", [holder]);
  const earlier = role && holderInText(view, role, span.start, memory.people);
  if (earlier) return make("role", asCoreferent(earlier), "antecedent");
  const form = formOf(view, span, mentions);
  const spoken = mentions.filter((mention) => speaksFor(view, span.start, span.end, mention));
  return make(form, form === "name" ? [] : eachOnce(spoken).map((mention) => resolved(view, mention)));
}

/** A name of two characters that goes on, to none of those that may stand between a name and its verb: 王毅明 is not 王毅. */
const LONGER_NAME =
  /^\p{Script=Han}{2}(?![等则又却仍也还都就在对向均曾已今昨日称说道并随再更既只先后时中将方们致同与和及的])\p{Script=Han}$/u;

/** "FU Ying (傅莹)" is one person. */
function eachOnce(mentions: readonly Mention[]): Mention[] {
  return mentions.filter(({ actors }, at) => mentions.findIndex((other) => other.actors[0] === actors[0]) === at);
}

const unknownSpeaker: Speaker = { text: "", start: null, end: null, form: "org", via: "antecedent" };

/** Whom "they" and "she" take up: who spoke last, or for one person whoever opened the sentence before. */
function knownBy(view: StatementView, words: string, { start }: Span, memory: SpeakerMemory): Attribution | null {
  if (PLURAL_PRONOUN.test(words)) return memory.any;
  return memory.person ?? subjectPerson(view, start);
}

/** "It" is nobody's critics and no person. */
function bodyIn(view: StatementView, known: Attribution | null): Attribution | null {
  const types = (known?.actors ?? []).map(({ actorId }) => view.lexicon.actors.get(actorId)?.type);
  return types.some((type) => type === "person" || type === "group") ? null : known;
}

/** What "it" takes up: the body or document that opened the nearest sentence before, in the same paragraph. */
function subjectThing(view: StatementView, at: number): Mention | null {
  return lastSubject(view, at, ({ type }) => type !== "person" && type !== "group");
}

/** Whom "she" takes up where nobody spoke before: the person who opened the nearest sentence before, in the same paragraph. */
function subjectPerson(view: StatementView, at: number): Attribution | null {
  const mention = lastSubject(view, at, (actor) => actor.type === "person");
  return mention && { speaker: unknownSpeaker, actors: [resolved(view, mention)] };
}

/** What a sentence begins with: an article, a joining word, or the owner of what is named ("China’s Action Plan"). */
const OPENS =
  /(?:^|[.!?:;”"]\s+)(?:(?:The|But|And|Yet|Still|While|Meanwhile,?)\s+)?(?:(?:[\p{L}.-]+\s+){0,3}[\p{L}.-]+['’]s?\s+)?$/u;

/** In UTF-16 units: what opened a sentence farther back in a paragraph is taken up no more. */
const FARTHEST_SUBJECT = 3_000;

function lastSubject(view: StatementView, at: number, fits: (actor: Actor) => boolean): Mention | null {
  const from = Math.max(0, at - FARTHEST_SUBJECT);
  const start = from + view.text.slice(from, at).lastIndexOf("\n") + 1;
  const opens = (mention: Mention) =>
    OPENS.test(view.text.slice(Math.max(start, mention.start - 120), mention.start)) &&
    !/^['’]s?\s/.test(view.text.slice(mention.end, mention.end + 3));
  return (
    spansBetween(view.mentions, start, at).findLast(
      (mention) =>
        mention.start >= start &&
        mention.end < at &&
        mention.actors[0] !== undefined &&
        fits(mention.actors[0]) &&
        opens(mention),
    ) ?? null
  );
}

function coreferent(known: Attribution | null): ResolvedActor[] {
  return asCoreferent(known?.actors ?? []);
}

function asCoreferent(actors: readonly ResolvedActor[]): ResolvedActor[] {
  return actors.map((actor) => ({
    actorId: actor.actorId,
    method: "coreference" as const,
    confidence: Math.min(actor.confidence, 0.75),
  }));
}

/**
 * The actors that a speaker phrase names as speaking: not the owner in "Alder's adviser", nor whom an aide works for.
 * An apposition adds nothing to the name before it.
 */
function mentionsIn(view: StatementView, span: Span): Mention[] {
  const inside = spansBetween(view.mentions, span.start, span.end).filter((mention) => contains(span, mention));
  const first = inside.find((mention) => mention.actors[0]?.type === "person");
  const comma = view.text.slice(span.start, span.end).indexOf(", ");
  const headEnd = first && comma >= 0 && first.end <= span.start + comma ? span.start + comma : span.end;
  // "analysis comparing US and Chinese papers": what a participle takes does not speak.
  const participle = inside[0]
    ? / (?:compar|involv|cover|concern|includ|regard|target)ing /.exec(view.text.slice(inside[0].end, span.end))
    : null;
  const open = participle && inside[0] ? inside[0].end + participle.index : span.end;
  return inside.filter((mention, at) => {
    if (mention.end > headEnd || mention.end > open || ownsNext(view, mention, inside[at + 1])) return false;
    if (mention.end - mention.start === 2 && LONGER_NAME.test(view.text.slice(mention.start, span.end)))
      return mention.actors[0]?.type !== "person";
    const after = view.text.slice(mention.end, mention.end + 3);
    if (mention.end < span.end && /^['’]s?\s/.test(after)) return false;
    const before = view.text.slice(span.start, mention.start);
    return mention.actors[0]?.type !== "person" || OFFICE_BEFORE.test(before) || !SERVED.test(before);
  });
}

/** 美国国家安全委员会, "U.S. National Security Council": the state before its own body is part of the body's name. */
function ownsNext({ text, lexicon }: StatementView, { end, actors }: Mention, next: Mention | undefined): boolean {
  const [state] = actors;
  const [body] = next?.actors ?? [];
  if (state?.type !== "state" || !next || body === undefined || body.type === "state") return false;
  return /^(?:的|['’]s?)?\s?$/u.test(text.slice(end, next.start)) && stateOf(lexicon, body.id) === state.id;
}

/** Whom an aide works for: "adviser to President …", "a spokesman for …". */
const SERVED = /\b(?:to|for|of|with|from|by|at|under)\s+(?:the\s+)?(?:\w+\s+)?$/i;

/** An office with what it is of, before the name of who holds it: "Secretary of State …", "Ambassador to China …". */
const OFFICE_BEFORE =
  /\b(?:[Ss]ecretary|[Mm]inister|[Cc]ommissioner|[Dd]irector|[Aa]dministrator|[Aa]mbassador|[Rr]epresentative|[Gg]overnor|[Cc]hair(?:man|woman)?|[Cc]hief|[Hh]ead|[Ss]peaker|[Pp]resident|[Pp]rofessor)(?:\s+[Gg]eneral)?\s+(?:of|for|to)\s+(?:the\s+)?(?!(?:President|Premier|Prime|Vice|Secretary|Minister|Ambassador|Senator|Mr|Ms|Mrs|Dr|Chairman|General)\b)(?:\p{Lu}[\p{L}.’'-]*,?\s+(?:(?:and|of|for|the)\s+)*){1,6}$/u;

function resolved(view: StatementView, mention: Mention): ResolvedActor {
  const actor = mention.actors[0] as Actor;
  if (isMetonym(view, mention, actor)) return { actorId: actor.id, method: "metonym", confidence: 0.7 };
  return {
    actorId: actor.id,
    method: mention.method,
    confidence: mention.actors.length > 1 ? 0.75 : mention.method === "exact" ? 0.98 : 0.9,
  };
}

const CAPITAL = /^(?:Beijing|Washington)$/;

/** A capital that stands for its government. */
function isMetonym(view: StatementView, mention: Mention, actor: Actor): boolean {
  return actor.type === "government-body" && CAPITAL.test(view.text.slice(mention.start, mention.end));
}

/** Resolves a surname alone, or after a title; nobody where the text introduces somebody else of that surname after the one we know. */
function byTitle(view: StatementView, words: string, at: number): ResolvedActor | null {
  const match = TITLE.exec(words.trim());
  const surname = match?.[2] ?? words.trim();
  const title = match?.[1] ?? null;
  if (!match && !/^[A-Z][\p{L}’'-]+$/u.test(surname)) return null;
  const candidates = view.lexicon.people.get(surname.toLowerCase()) ?? [];
  if (!candidates.length) return null;
  const named = view.mentions.findLast(
    ({ start, actors }) => start < at && actors[0] !== undefined && candidates.includes(actors[0]),
  );
  const chinese = candidates.some(({ bloc }) => bloc === "China");
  const since = { start: named?.end ?? 0, end: at };
  if (otherIntroduced(view.lexicon.nations, view.text, surname, since, chinese)) return null;
  if (title && !BARE_TITLE.test(title)) {
    const fitting = holdingTitle(view, candidates, title);
    const only = fitting.length === 1 ? fitting[0] : undefined;
    return only ? { actorId: only.id, method: "office-at-date", confidence: 0.9 } : null;
  }
  const actor = named?.actors[0];
  return actor ? { actorId: actor.id, method: "surname", confidence: 0.9 } : null;
}

/** Who of some people holds an office, and of the state that stands at it: "Chinese Foreign Minister". */
function holdingTitle({ lexicon, day }: StatementView, people: readonly Actor[], title: string): readonly Actor[] {
  const office = withoutNation(lexicon.nations, title);
  const nation = office === title ? null : nationOfTitle(lexicon.nations, `${title} `);
  const fitting = people.filter((actor) => fitsTitle(actor, office, day));
  return nation
    ? fitting.filter(({ offices }) => offices.some(({ body }) => stateOf(lexicon, body) === nation))
    : fitting;
}

const OFFICE =
  /\b(vice president|president|vice premier|executive vice premier|premier|prime minister|foreign minister|secretary of state|secretary-general|trade representative|national security adviser)$/i;

/** Resolves "the U.S. president" and "the Treasury secretary" by who held the office on the document's day. */
function byOffice(view: StatementView, words: string, mentions: readonly Mention[]): ResolvedActor | null {
  const role = OFFICE.exec(words)?.[1];
  const department = role ? null : departmentIn(words);
  if (!role && !department) return null;
  const state = stateMeant(view, words, mentions);
  if (department && !state) return null;
  if (role && !state && !/secretary/i.test(role)) return null;
  const holders =
    department && state
      ? headsOf(view.lexicon, department, state, view.day)
      : holdersOf(view.lexicon, role ?? "", state, view.day);
  const only = holders.length === 1 ? holders[0] : undefined;
  return only ? { actorId: only.id, method: "office-at-date", confidence: 0.85 } : null;
}

/** The state whose office is meant: named, or of a department that only one state has, or the source's own. */
function stateMeant(view: StatementView, words: string, mentions: readonly Mention[]): string | null {
  if (/\bchinese\b|^(?:中国|中方|我国)/i.test(words)) return "china";
  if (/\b(?:american|u\.?s\.?)\b|^(?:美国|美方|美)|国务卿$/i.test(words)) return "united-states";
  const named = mentions[0]?.actors[0];
  if (!named && holdsNation(view.lexicon.nations, words)) return null;
  const state = stateOf(view.lexicon, named?.id ?? view.hints.source?.actor ?? null);
  return state ?? (/\btreasury secretary$/i.test(words) ? "united-states" : null);
}

function formOf(view: StatementView, { start, end }: Span, mentions: readonly Mention[]): Speaker["form"] {
  const words = view.text.slice(start, end);
  const first = mentions[0]?.actors[0];
  if (mentions[0] && first && isMetonym(view, mentions[0], first)) return "metonym";
  if (UNNAMED.test(words)) return "unnamed";
  if (first?.type === "group" || GROUP_HEAD.test(words) || mentions.length > 1) return "group";
  if (first?.type === "document") return "document";
  // "A spokesperson for the White House" ends with a name, but with no person's.
  const endsNamed = /[A-Z][a-z]+ [A-Z][\p{L}-]+$/u.test(words) && !mentions.some(({ end: at }) => at === end);
  if (ROLE_HEAD.test(words)) return endsNamed ? "name" : "role";
  if (first) return "org";
  if (
    /\b(?:report|statement|declaration|plan|letter|readout|communiqu|document|article|memo|study|poll|survey)/i.test(
      words,
    )
  )
    return "document";
  return /^(?:the|an?|its|their|his|her)\b/i.test(words) ? "role" : "name";
}

/** Remembers who spoke. */
export function remember(memory: SpeakerMemory, attribution: Attribution): void {
  memory.any = attribution;
  const { form } = attribution.speaker;
  const isPerson = form === "name" || form === "role" || form === "label" || form === "unnamed";
  if (isPerson) memory.person = attribution;
  // "A White House official" counts as the White House, but as somebody who may be taken up.
  if ((isPerson || form === "org") && memory.people.push(attribution) > MOST_PEOPLE) memory.people.shift();
}

/** How many of who spoke before may be taken up by their office. */
const MOST_PEOPLE = 12;
