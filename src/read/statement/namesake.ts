import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";
import type { Span } from "../../domain/span.ts";
import type { Lexicon } from "./lexicon.ts";
import { holdsNation, type Nations, nationOfTitle } from "./nation.ts";
import { fitsTitle, stateOf } from "./speaker-office.ts";

/** What tells whether a name is somebody else's: the text, its day, and who was named before. */
type Around = {
  readonly lexicon: Lexicon;
  readonly text: string;
  readonly day: string | null;
  readonly mentions: readonly (Span & { readonly actors: readonly Actor[] })[];
};

/** Words before a surname with which a title or office ends. */
const TITLE =
  /^(?:Mr|Ms|Mrs|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Rev|Hon|St|Judge|Justice|Mayor|Doctor|Officer|Detective|Sheriff|Pastor|Father|Sister|Brother|Coach|Captain|Colonel|Major|Lieutenant|Sergeant|Admiral|Comrade|Madam|Madame|President|Premier|Chairman|Chairwoman|Chair|Chancellor|Minister|Ministry|Secretary|General|Ambassador|Envoy|Director|Governor|Senator|Representative|Congressman|Congresswoman|Speaker|Leader|Professor|Spokesperson|Spokesman|Spokeswoman|Commissioner|Commander|Administrator|Chief|Official|Adviser|Advisor|Delegate|Negotiator|Treasury|State|Commerce|Defense|Defence|Energy|Foreign|Finance|Trade|War|Press|Prime|Vice|Deputy|Acting|Former|Late|House|White|Republican|Democrat|Democratic|CEO|King|Queen|Prince|Princess|Pope|Bishop|Analyst|Economist|Researcher|Founder|Attorney|Counsel)s?$/;
/** Words that open a sentence or join its parts, with their capital: no given names. */
const OPENER =
  /^(?:The|A|An|But|And|Or|Nor|So|Yet|If|When|While|As|At|In|On|By|For|From|To|Of|With|Without|Since|Because|Before|After|During|Under|Over|About|Against|Although|Though|Unless|Until|Where|Why|What|How|Who|Whether|That|This|These|Those|There|Then|Here|Now|Still|Also|Only|Even|Just|Like|Unlike|Instead|Meanwhile|However|Perhaps|Once|Again|Both|Neither|Either|Not|Did|Does|Do|Has|Have|Had|Is|Are|Was|Were|Will|Would|Can|Could|May|Might|Must|Shall|Should|Asked|Told|Later|Earlier|Today|Yesterday|Tomorrow|Tonight|Earlier|Soon|Often|Using|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Beyond|Among|Within|Behind|Between|Despite|Toward|Towards|Through|Throughout|Across|Around|Except|Besides|Per|Via|Plus|Versus|\p{Lu}\p{Ll}{3,}(?:ly|ing))$/u;
/** Titles that who holds an office of state is not called by with the surname alone, unless the catalogue says so. */
const CONTRADICTING =
  /^(?:Professor|Prof|Dr|Doctor|Judge|Justice|Mayor|Governor|Gov|Senator|Sen|Representative|Rep|Congressman|Congresswoman|Officer|Detective|Sheriff|Pastor|Father|Sister|Brother|Coach|Captain|Colonel|Lieutenant|Sergeant|Admiral|Rev|Reverend|Analyst|Economist|Researcher|Attorney|King|Queen|Prince|Princess|Bishop|CEO|Founder)$/;
const JOB = "farmer|baker|teacher|student|professor|nurse|driver|resident|shopkeeper|singer|actor|worker|pensioner";
const JOB_AFTER = new RegExp(
  `^, (?:an?|the) (?!former|one-?time|ex-|trained)(?:[\\p{L}-]+ ){0,3}(?:${JOB})(?![\\p{L}-])`,
  "u",
);
const JOB_BEFORE = new RegExp(`(?<![\\p{L}-])(?:${JOB}) $`, "iu");
const JOB_CHINESE =
  /(?:农民|教授|学生|老师|教师|司机|居民|工人|医生|护士|网友|市民|村民|店主|研究员|律师|演员|歌手|工程师|店员)$/u;
/** The run of words in capitals before a place, not over a mark. */
const CAPITALS_BEFORE =
  /(?:(?<![\p{L}.’'-])(?:[Tt]he |(?:\p{Lu}|Mr|Ms|Mrs|Dr|Sir|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Rev|Hon|U\.S|U\.K|U\.N)\. |\p{Lu}[\p{L}’'-]* )){1,6}$/u;

/**
 * Tells whether a name that the catalogue has is somebody else's here: another given name at the surname ("Lin Xi"), a title or state
 * that the person does not have ("Judge Xi", "the Norwegian President …"), a trade that nobody plies in office ("…, a farmer"), or
 * somebody else of the surname introduced since the person was last named.
 */
export function isNamesake(around: Around, place: Span, actor: Actor): boolean {
  const { text } = around;
  const { nations } = around.lexicon;
  const before = text.slice(Math.max(0, place.start - 80), place.start);
  if (/\p{Script=Han}/u.test(text[place.start] ?? ""))
    return hasOtherState(around, before, actor) || (inOffice(around, actor) && JOB_CHINESE.test(before));
  const words = text.slice(place.start, place.end);
  const run = capitalsAtEnd(before);
  const after = text.slice(place.end, place.end + 80);
  if (partsNamed(actor, words) > 1)
    return (
      /^,? (?:Jr|Sr|II|III|IV)(?![\p{L}])/u.test(after) ||
      (inOffice(around, actor) && (JOB_AFTER.test(after) || JOB_BEFORE.test(before)))
    );
  const isBare = !words.includes(" ");
  if (hasOtherState(around, run, actor)) return true;
  if (!isBare) return false;
  return (
    plies(around, run, actor) ||
    givenBefore(nations, run) ||
    (actor.bloc === "China" && givenAfter(nations, text, place)) ||
    sinceOther(around, words, place, actor)
  );
}

/** Takes the run off the end of a text; most names stand at the start of a line or after a word in small letters. */
function capitalsAtEnd(before: string): string {
  return /(?:\p{Lu}[\p{L}.’'-]*|the) $/u.test(before.slice(-24)) ? (CAPITALS_BEFORE.exec(before)?.[0] ?? "") : "";
}

/** How many words of a person's name some words hold. */
function partsNamed({ name }: Actor, words: string): number {
  const parts = new Set(words.split(/\s+/));
  return name.split(/\s+/).filter((part) => parts.has(part)).length;
}

function inOffice({ lexicon, day }: Around, actor: Actor): boolean {
  const held = day === null ? actor.offices.filter(({ to }) => to === null) : officesAt(actor, day);
  return held.some(({ body }) => stateOf(lexicon, body) !== null);
}

/** "Judge Xi": the title before the name is none of this person's, who holds an office of state. */
function plies(around: Around, run: string, actor: Actor): boolean {
  const title = lastWord(run);
  return CONTRADICTING.test(title) && !fitsTitle(actor, title, null) && inOffice(around, actor);
}

/** "The Norwegian President …": an office of a state that none of the person's offices is of. */
function hasOtherState({ lexicon }: Around, before: string, actor: Actor): boolean {
  const nation = nationOfTitle(lexicon.nations, before);
  if (nation === null) return false;
  const own = actor.offices.flatMap(({ body }) => stateOf(lexicon, body) ?? []);
  return own.length > 0 && !own.includes(nation);
}

function lastWord(run: string): string {
  return /(\S+) $/.exec(run)?.[1]?.replace(/\.$/, "") ?? "";
}

/** "Lin Xi": one word before the surname that can only be a given name. */
function givenBefore(nations: Nations, run: string): boolean {
  const words = run
    .trim()
    .split(" ")
    .filter((word) => !TITLE.test(word.replace(/\.$/, "")) && !OPENER.test(word));
  return words.length === 1 && isGiven(nations, lastWord(run));
}

function isGiven(nations: Nations, word: string): boolean {
  return (
    /^\p{Lu}\p{Ll}[\p{L}-]*$/u.test(word) && !TITLE.test(word) && !OPENER.test(word) && !holdsNation(nations, word)
  );
}

/** "Xi Lin": Chinese names begin with the surname. */
function givenAfter(nations: Nations, text: string, { end }: Span): boolean {
  const after = /^ (\p{Lu}\p{Ll}+(?:-?\p{Ll}+)?)(?=,|\.|['’]s? | \p{Ll}|$)/u.exec(text.slice(end, end + 40))?.[1];
  return after !== undefined && isGiven(nations, after);
}

/** Somebody else of the surname was introduced since the person was last named. */
function sinceOther({ text, mentions, lexicon }: Around, surname: string, { start }: Span, actor: Actor): boolean {
  const own = mentions.findLast(({ actors }) => actors[0] === actor);
  const within = { start: own?.end ?? 0, end: start };
  return otherIntroduced(lexicon.nations, text, surname, within, actor.bloc === "China");
}

/** Places of a surname looked at before one: a text may be made of nothing else. */
const MOST_LOOKS = 300;

/**
 * Tells whether a text introduces somebody by a given name and this surname within a part of it.
 *
 * @param within - From where whoever the catalogue has of that surname was last named, to the place in question.
 * @param chinese - Whether a name may begin with the surname.
 */
export function otherIntroduced(
  nations: Nations,
  text: string,
  surname: string,
  within: Span,
  chinese: boolean,
): boolean {
  let at = within.end;
  for (let looks = 0; looks < MOST_LOOKS && at > within.start; looks++) {
    at = text.lastIndexOf(surname, at - 1);
    if (at < within.start) return false;
    const end = at + surname.length;
    if (/[\p{L}-]/u.test(text[at - 1] ?? "") || /[\p{L}-]/u.test(text[end] ?? "")) continue;
    const run = capitalsAtEnd(text.slice(Math.max(0, at - 80), at));
    if (givenBefore(nations, run.replace(/ \p{Lu}\. $/u, " "))) return true;
    if (chinese && givenAfter(nations, text, { start: at, end })) return true;
  }
  return false;
}
