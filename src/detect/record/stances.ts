import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";
import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import { overlaps, type Span, wordsAt } from "../../domain/span.ts";
import type { Statement } from "../../domain/statement.ts";
import type { ActorFinder } from "../words/mentions.ts";
import { plainWords } from "../words/plain-words.ts";
import { type Sentence, splitSentences } from "../words/sentences.ts";
import { isOfficial, stateOf } from "../words/states.ts";
import { isThing, type Side, type StanceWords, stanceWordsIn } from "./stance-words.ts";

/** What is looked at of a statement to find a stance in it. */
export type StanceStatement = Pick<
  Statement,
  "actors" | "content" | "cue" | "kind" | "act" | "polarity" | "confidence" | "topics" | "saidAt"
>;

/** A clear stance that somebody who speaks for a state or international body took in a statement. */
export type Stance = {
  /** Place of the statement in the list of the document's statements. */
  readonly statement: number;
  /** The state or international body whose stance it is. */
  readonly holderId: string;
  /** Who spoke for it. */
  readonly actorId: string;
  readonly topicIds: readonly string[];
  readonly side: Side;
  /** Of what, in the source's words. */
  readonly object: string;
  /** The sentence. */
  readonly span: Span;
  readonly words: string;
  readonly saidAt: KnownDate;
  readonly isReported: boolean;
};

/** Below this a statement, or who is said to have spoken, is not sure enough to build a record on. */
const SURE_WORDS = 0.7;
const SURE_SPEAKER = 0.8;
/** Stances kept of one document, and statements looked at for them; a transcript of an hour holds a dozen. */
const MOST = 40;
const MOST_LOOKED_AT = 400;

/**
 * Finds the clear stances in a document: said on a known day and a known topic by somebody who spoke officially then, of the
 * speaker's own side, flat, and of something that can be compared. Whatever is hedged, denied, conditional or of others is none.
 *
 * @param official - Whether the publisher speaks for a state or international body.
 */
export function findStances(
  text: string,
  statements: readonly StanceStatement[],
  finder: ActorFinder,
  official: boolean,
): readonly Stance[] {
  let sentences: readonly Sentence[] | null = null;
  const found: Stance[] = [];
  let looked = 0;
  statements.forEach((statement, index) => {
    const held = found.length < MOST && looked < MOST_LOOKED_AT ? holderOf(statement, finder, official) : null;
    if (!held || !statement.saidAt || !STANCE_VERB.test(around(text, statement))) return;
    looked += 1;
    sentences ??= splitSentences(text);
    for (const sentence of sentences) {
      if (sentence.question || !placesOf(statement).some((place) => overlaps(place, sentence))) continue;
      const words = wordsAt(text, sentence);
      const one = stanceIn(plainWords(words), sentence.start, statement, held.holderId, finder);
      if (!one) continue;
      const span = { start: sentence.start, end: sentence.end };
      if (found.some((other) => other.span.start === span.start && other.holderId === held.holderId)) continue;
      const { side, object } = one;
      const topicIds = statement.topics.map(({ id }) => id).sort();
      const { saidAt, kind } = statement;
      found.push({
        statement: index,
        ...held,
        topicIds,
        side,
        object,
        span,
        words,
        saidAt,
        isReported: kind === "indirect",
      });
    }
  });
  return found.slice(0, MOST);
}

/** A cheap look before anything else. */
const STANCE_VERB =
  /\b(?:support|back|endors|favou?r|accept|open to|oppos|reject|object|rules? out|against|refuse|stands? for)|支持|赞成|赞同|接受|反对|认可|不同意/i;

function around(text: string, statement: StanceStatement): string {
  const places = placesOf(statement);
  const start = Math.min(...places.map((place) => place.start));
  const end = Math.max(...places.map((place) => place.end));
  return text.slice(Math.max(0, start - 80), end);
}

function placesOf({ content, cue }: StanceStatement): readonly Span[] {
  return cue ? [...content, cue] : content;
}

const LEGISLATURE = /\b(?:Senate|House of Representatives|Congress|Congressional|Select Committee|Parliament)\b/;

/** The state or body that a statement's speaker spoke for; null where that is not sure, or the speaker is one of many in a legislature. */
function holderOf(
  { actors, confidence, act, polarity, topics, saidAt }: StanceStatement,
  { byId }: ActorFinder,
  official: boolean,
): { readonly holderId: string; readonly actorId: string } | null {
  // What the press says that a state is for or against is its own account: only words said, or the state's own publication, count.
  const isOwnWord = act === "speech" || act === "writing" || (act === "position" && official);
  if (confidence < SURE_WORDS || topics.length === 0 || !isOwnWord) return null;
  if (polarity === "hypothetical") return null;
  const day = dayOf(saidAt);
  const sure = actors.filter((actor) => actor.confidence >= SURE_SPEAKER && isOfficial(actor.actorId, byId, day));
  const [first] = sure;
  if (!first || isLegislator(first.actorId, byId, day)) return null;
  return { holderId: stateOf(first.actorId, byId, day), actorId: first.actorId };
}

function isLegislator(actorId: string, byId: ReadonlyMap<string, Actor>, day: string | null): boolean {
  const actor = byId.get(actorId);
  if (!actor) return false;
  if (actor.type !== "person") return LEGISLATURE.test(actor.name);
  return (day ? officesAt(actor, day) : actor.offices).some(({ body }) =>
    LEGISLATURE.test((body && byId.get(body)?.name) || ""),
  );
}

const HEDGED =
  /\b(?:reportedly|allegedly|perhaps|maybe|possibly|seems?|appears?|hopes?|should|would|could|might|used to|once|previously|earlier|had)\b|可能|据称|希望|呼吁|曾|此前|一度/i;

/** The one stance of a sentence; two in one sentence are of two things or weigh each other. */
function stanceIn(
  plain: string,
  at: number,
  statement: StanceStatement,
  holderId: string,
  finder: ActorFinder,
): StanceWords | null {
  if (HEDGED.test(plain)) return null;
  const all = stanceWordsIn(plain);
  const [one] = all;
  if (!one || all.length > 1 || !isThing(one.object)) return null;
  const verb = { start: at + one.verb.start, end: at + one.verb.end };
  const isCue = statement.cue !== null && overlaps(statement.cue, verb);
  const isSaid = statement.content.some((span) => overlaps(span, verb));
  // Where the verb of the stance itself attributes the words, what is opposed is kept as negated.
  if (!isCue && (!isSaid || statement.polarity !== "affirmed")) return null;
  const before = plain.slice(Math.max(0, one.verb.start - LONGEST_BEFORE), one.verb.start);
  return isOwn(before, statement, holderId, finder) ? one : null;
}

const SUBJECT = /(?:^|[,:;，：；"“]|\b(?:that|said|says)\b|表示|称|说|强调|指出)([^,:;，：；"“]*)$/i;
const ADVERBS =
  /\b(?:firmly|strongly|fully|clearly|also|still|resolutely|consistently|always|categorically|has|have|and|continues? to)\b|坚决|坚定|一贯|始终|历来|完全|明确|强烈|积极|也|都|一直/gi;
const WE = /^(?:we|our (?:side|government|country|administration)|the (?:administration|government)|我们|我方)$/i;
const THEY = /^(?:it|they|he|she|the (?:country|ministry|office)|其)$/i;
/** So much is read before a verb for its subject, in UTF-16 units. */
const LONGEST_BEFORE = 200;
/** Longer than this the words before the verb are no plain subject. */
const LONGEST_SUBJECT = 60;

/** Tells whether the words before a verb of stance name nobody but the holder as its subject. */
function isOwn(before: string, { kind }: StanceStatement, holderId: string, finder: ActorFinder): boolean {
  const [, words = ""] = SUBJECT.exec(before) ?? [];
  const subject = words.replace(ADVERBS, " ").replace(/\s+/g, " ").trim();
  if (subject === "") return kind !== "indirect" && before.trim() === "";
  if (subject.length > LONGEST_SUBJECT) return false;
  if (WE.test(subject)) return true;
  if (THEY.test(subject)) return kind !== "direct";
  const named = finder.find(subject);
  return named.length > 0 && named.every((id) => stateOf(id, finder.byId, null) === holderId) && isBareName(subject);
}

/** "China", "the Chinese side", 中方: a name and next to nothing else; "firms in China" is another subject. */
function isBareName(subject: string): boolean {
  const isHan = /\p{Script=Han}/u.test(subject);
  return isHan
    ? subject.length <= 8 && !subject.includes("的")
    : /^(?:the )?(?:\p{Lu}[\p{L}.'-]*(?: of| and)? ?){1,7}(?:side|government|administration)?$/u.test(subject) &&
        !/\band\b/.test(subject);
}
