import type { Actor } from "../../catalogue/actor.ts";
import { type Span, wordsAtAll } from "../../domain/span.ts";
import type { ResolvedActor, Speaker, Statement } from "../../domain/statement.ts";
import { foldText } from "../statement/phrases.ts";
import { attributeTo, nobodyYet } from "../statement/speaker.ts";
import { holdersOf, stateOf } from "../statement/speaker-office.ts";
import { tagTopics } from "../statement/topic-tags.ts";
import { findMentions, type StatementView } from "../statement/view.ts";
import { namesWhole } from "./speaker-form.ts";
import { isShortFor, type TitleSpeaker } from "./title.ts";
import type { Transcript, Turn } from "./transcript.ts";

/** A long answer may touch more topics than a sentence in the news. */
const MOST_TOPICS = 5;

/**
 * Makes one statement of every turn of whoever answers or speaks. Whoever asks, moderates or calls from the room gives none, so that the
 * premise of a question is never credited to anybody.
 */
export function transcriptStatements(view: StatementView, transcript: Transcript): Statement[] {
  const statements: Statement[] = [];
  let question: Statement["question"] = null;
  let answered = false;
  for (const turn of transcript.turns) {
    if (turn.role === "questioner" || (turn.role === "audience" && asks(view.text, turn))) {
      question = mergeQuestion(answered ? null : question, turn);
      answered = false;
    } else if (turn.role !== "moderator" && turn.role !== "audience") {
      statements.push(turnStatement(view, transcript, turn, turn.isOpening ? null : question));
      answered = true;
    }
  }
  return statements;
}

/** Somebody in the room may ask, or only cheer. */
function asks(text: string, turn: Turn): boolean {
  return turn.content.some(({ start, end }) => /[?？]/.test(text.slice(start, end)));
}

/** Two questioners in a row ask one question: a page in two languages gives it twice. */
function mergeQuestion(before: Statement["question"], turn: Turn): Statement["question"] {
  const first = turn.content[0];
  const last = turn.content.at(-1);
  if (!first || !last) return before;
  return { start: before?.start ?? first.start, end: last.end, outlet: turn.label?.outlet ?? before?.outlet ?? null };
}

function turnStatement(
  view: StatementView,
  transcript: Transcript,
  turn: Turn,
  question: Statement["question"],
): Statement {
  const { speaker, actors } = turnSpeaker(view, transcript.title, turn);
  return {
    kind: "direct",
    act: "speech",
    polarity: "affirmed",
    content: turn.content,
    text: wordsAtAll(view.text, turn.content),
    quotes: [],
    cue: null,
    speaker,
    actors,
    addressee: null,
    relayedBy: null,
    question,
    saidAt: view.article.publishedAt,
    topics: tagTopics(view.text, view.topicHits, turn.content, MOST_TOPICS),
    confidence: actors.length ? 0.95 : 0.85,
    rule: turn.isOpening ? "transcript-opening" : "transcript-turn",
    fidelity: turn.isInterpreted ? "translated" : view.fidelity,
    flags: turn.isFollowUp ? ["follow-up"] : [],
  };
}

type TurnSpeaker = { readonly speaker: Speaker | null; readonly actors: readonly ResolvedActor[] };

function turnSpeaker(view: StatementView, title: TitleSpeaker | null, turn: Turn): TurnSpeaker {
  const { label } = turn;
  if (title && (!label || label.isBare)) return fromTitle(view, title);
  if (!label) return { speaker: null, actors: [] };
  const speaker: Speaker = {
    text: view.text.slice(label.nameSpan.start, label.nameSpan.end),
    ...label.nameSpan,
    form: "label",
    via: "turn_label",
  };
  if (label.isBare) return { speaker, actors: sourceBody(view) };
  if (title?.isInterview && title.name && isShortFor(label.name, title.name))
    return { speaker, actors: fromTitle(view, title).actors };
  return { speaker, actors: labelActors(view, label.nameSpan, label.name) };
}

/** The name stands in the title, outside the text, or in the introduction of an interview. Without a name the office is known, not who held the word. */
function fromTitle(view: StatementView, title: TitleSpeaker): TurnSpeaker {
  const outside = { start: null, end: null, via: "page_title" as const };
  if (title.name) {
    const introduced = title.place && { ...title.place, via: "antecedent" as const };
    const speaker = { text: title.name, form: "name" as const, ...(introduced ?? outside) };
    const people = findMentions(view.lexicon, title.name, foldText(title.name)).flatMap((mention) => mention.actors);
    const person = people.find((actor) => actor.type === "person");
    if (person) return { speaker, actors: [exact(person, 0.98)] };
    if (title.isInterview) return { speaker, actors: [] };
    return { speaker, actors: title.role === "" ? titled(view, title.name) : bodyOf(view, title.role) };
  }
  return { speaker: { text: title.role, form: "role", ...outside }, actors: bodyOf(view, title.role) };
}

function exact(actor: Actor, confidence: number): ResolvedActor {
  return { actorId: actor.id, method: "exact", confidence };
}

/** The body that "Foreign Ministry Spokesperson" or 外交部发言人 speaks for. */
function bodyOf(view: StatementView, role: string): ResolvedActor[] {
  const body = findMentions(view.lexicon, role, foldText(role), view.day, view.origin).flatMap(
    (mention) => mention.actors,
  )[0];
  return body ? [{ actorId: body.id, method: "alias", confidence: 0.85 }] : sourceBody(view);
}

function sourceBody(view: StatementView): ResolvedActor[] {
  const { source } = view.hints;
  return source?.official ? [{ actorId: source.actor, method: "source", confidence: 0.8 }] : [];
}

const OFFICE = /^THE (VICE PRESIDENT|PRESIDENT|PRIME MINISTER|PREMIER|SECRETARY-GENERAL)$/;

/** Resolves a label: a known name, a title with a surname, or an office of the source's own state at the date. */
function labelActors(view: StatementView, span: Span, name: string): readonly ResolvedActor[] {
  const office = OFFICE.exec(name)?.[1];
  if (office) {
    const state = stateOf(view.lexicon, view.hints.source?.actor ?? null) ?? stateOfAddress(view.article.url);
    const holders = state ? holdersOf(view.lexicon, office, state, view.day) : [];
    const only = holders.length === 1 ? holders[0] : undefined;
    return only ? [{ actorId: only.id, method: "office-at-date", confidence: 0.95 }] : [];
  }
  const known = attributeTo(view, span, nobodyYet()).actors;
  if (known.length) return known.every(({ actorId }) => isNamedBy(view, actorId, name)) ? known : [];
  return titled(view, name);
}

/** Whose name the label holds but as a part of another is not who speaks; whom the label does not name is found by the office. */
function isNamedBy(view: StatementView, actorId: string, name: string): boolean {
  const mentions = findMentions(view.lexicon, name, foldText(name)).filter(({ actors }) => actors[0]?.id === actorId);
  return (
    !mentions.length ||
    mentions.some(({ start, end, actors }) => namesWhole(name, start, end, actors[0]?.type === "person"))
  );
}

/** The government that an official address belongs to. */
function stateOfAddress(url: string | null): string | null {
  if (!url) return null;
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? "";
  if (/(?:^|\.)(?:whitehouse|state|treasury|commerce|archives)\.gov$/i.test(host)) return "united-states";
  return /\.gov\.cn$/i.test(host) ? "china" : null;
}

/** `SECRETARY ALDER`, `MR. ALDER`: labels in capitals, tried in the case that names have. */
function titled(view: StatementView, name: string): readonly ResolvedActor[] {
  const surname = name.split(/\s+/).at(-1)?.toLowerCase() ?? "";
  const title = name.split(/\s+/).slice(0, -1).join(" ").toLowerCase().replace(/\./g, "");
  const candidates = (view.lexicon.people.get(surname) ?? []).filter((actor) => holdsTitle(view, actor, title));
  const only = candidates.length === 1 ? candidates[0] : undefined;
  return only ? [{ actorId: only.id, method: "office-at-date", confidence: 0.85 }] : [];
}

/** "MR" and "MS" say nothing of the office: such a person must hold one of the source's state on the day. */
function holdsTitle(view: StatementView, actor: Actor, title: string): boolean {
  if (view.day === null) return false;
  const day = view.day;
  const here = stateOf(view.lexicon, view.hints.source?.actor ?? null) ?? stateOfAddress(view.article.url);
  return actor.offices.some((office) => {
    const inTime =
      (office.from === null || office.from <= day) &&
      (office.to === null || day.slice(0, office.to.length) <= office.to);
    if (!inTime) return false;
    if (/^(?:mr|ms|mrs|miss|dr)?$/.test(title)) return here !== null && stateOf(view.lexicon, office.body) === here;
    return office.role.toLowerCase().includes(title);
  });
}
