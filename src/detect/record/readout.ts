import { officesAt } from "../../catalogue/offices.ts";
import { dayOf } from "../../domain/known-date.ts";
import type { MeetingKind, PointVerdict, Strength } from "../../domain/readout.ts";
import { type Span, wordsAt } from "../../domain/span.ts";
import { writtenDates } from "../../read/date/dates-in-text.ts";
import type { DetectArticle } from "../input.ts";
import type { ActorFinder } from "../words/mentions.ts";
import { plainWords } from "../words/plain-words.ts";
import { splitSentences } from "../words/sentences.ts";
import { isLeader, isOfficial, type Sides, stateOf } from "../words/states.ts";
import { strengthOf, strongerOf } from "./strength.ts";

/** What an account says of one topic: its strongest sentence. */
export type Point = Span & { readonly topicId: string; readonly words: string; readonly strength: Strength | null };

/** One side's official account of a meeting of the two. */
export type ReadoutFacts = {
  readonly kind: MeetingKind;
  /** Day of the meeting as the account gives it, else of its publication. */
  readonly day: string;
  readonly side: string;
  /** Persons on either side whom title or lead name. */
  readonly participants: readonly string[];
  readonly points: readonly Point[];
};

const MET =
  /\b(?:held|hosted|had|concluded)\b[^.;]{0,60}\b(?:summit|meetings?|talks|calls?|conversations?|round|dialogue)\b|\b(?:met|spoke) (?:with|by phone|over)\b|\b(?:readout|meeting|call|summit) (?:of|with|between)\b|举行(?:了)?[^。；]{0,20}(?:会晤|会谈|通话|对话|磋商|会议)|会见|通电话|同[^。；]{0,20}(?:会晤|会谈)/i;
const TO_COME = /\b(?:will|to be held|scheduled|plans to|next)\b|将(?:于|同|在|会)|定于|拟/i;
/** How much of a text sets the scene, in UTF-16 units. */
const LEAD = 700;

/**
 * Reads an official text as one side's account of a meeting of the two sides; null when it is none: a third state's text, news, or
 * words about a meeting to come.
 *
 * @param topicsOf - Finds the topic leaves that a span of the text is about.
 */
export function readReadout(
  article: DetectArticle,
  side: string | null,
  { finder, sides }: { readonly finder: ActorFinder; readonly sides: Sides },
  topicsOf: (span: Span) => readonly string[],
): ReadoutFacts | null {
  const published = dayOf(article.publishedAt);
  if (side === null || published === null || (side !== sides.us && side !== sides.china)) return null;
  if (article.kind === "transcript") return null;
  const lead = plainWords(`${article.title ?? ""}\n${article.text.slice(0, LEAD)}`);
  const sentences = splitSentences(lead).map((sentence) => wordsAt(lead, sentence));
  const telling = sentences.slice(0, 3).find((words) => MET.test(words) && !TO_COME.test(words));
  if (!telling) return null;
  const named = finder.find(lead);
  const states = new Set(named.map((id) => stateOf(id, finder.byId, published)).concat(side));
  if (!states.has(sides.us) || !states.has(sides.china)) return null;
  const people = named.filter((id) => finder.byId.get(id)?.type === "person" && isOfficial(id, finder.byId, published));
  const written = writtenDates(telling, published, false).find(({ date }) => date?.precision === "day")?.date;
  return {
    kind: kindOf(people, telling, finder, published),
    day: dayOf(written ?? null) ?? published,
    side,
    participants: people,
    points: pointsOf(article.text, topicsOf),
  };
}

const LEADERS = /\b(?:leaders|presidents|heads of state)\b|元首|主席同|总统/i;

function kindOf(people: readonly string[], telling: string, finder: ActorFinder, day: string): MeetingKind {
  const leaders = people.filter((id) => isLeader(id, finder.byId, day));
  if (leaders.length >= 2 || (leaders.length > 0 && LEADERS.test(telling))) return "leaders";
  const ministers = people.filter((id) => {
    const actor = finder.byId.get(id);
    return actor !== undefined && officesAt(actor, day).some(({ role }) => /minister|secretary/i.test(role));
  });
  return ministers.length > 0 ? "ministers" : "talks";
}

function pointsOf(text: string, topicsOf: (span: Span) => readonly string[]): readonly Point[] {
  const points = new Map<string, Point>();
  for (const sentence of splitSentences(text)) {
    const words = wordsAt(text, sentence).replace(/\s+/g, " ");
    const strength = strengthOf(words);
    for (const topicId of topicsOf(sentence)) {
      const before = points.get(topicId);
      const isStronger = strength !== null && strongerOf(before?.strength ?? null, strength) !== before?.strength;
      if (!before || isStronger)
        points.set(topicId, { start: sentence.start, end: sentence.end, topicId, words, strength });
    }
  }
  return [...points.values()];
}

/** Two accounts on one topic. */
export type ComparedPoint = {
  readonly topicId: string;
  readonly verdict: PointVerdict;
  readonly first: Point | null;
  readonly second: Point | null;
};

/** Compares two accounts of one meeting, topic by topic; a topic that both only mention without a word of the scale is said by both. */
export function comparePoints(first: readonly Point[], second: readonly Point[]): readonly ComparedPoint[] {
  const topics = [...new Set([...first, ...second].map(({ topicId }) => topicId))].sort();
  return topics.map((topicId) => {
    const one = first.find((point) => point.topicId === topicId) ?? null;
    const other = second.find((point) => point.topicId === topicId) ?? null;
    return { topicId, verdict: verdictOf(one, other), first: one, second: other };
  });
}

function verdictOf(one: Point | null, other: Point | null): PointVerdict {
  if (!one) return "only-second";
  if (!other) return "only-first";
  return one.strength === other.strength ? "both" : "different-strength";
}
