import type { Span } from "../../domain/span.ts";
import { foldText } from "../statement/phrases.ts";
import { isInterpreted } from "../statement/translated.ts";
import { findMentions, type StatementView, trimSpan } from "../statement/view.ts";
import { ASKS } from "./asked.ts";
import { type Label, readLabel } from "./label.ts";
import { type Line, settleLabels } from "./settle-labels.ts";
import { isDateline } from "./speaker-form.ts";
import { type TitleSpeaker, titleSpeaker } from "./title.ts";
import { spokenSpans } from "./words.ts";

/**
 * Who has the word in a turn. `audience` is somebody in the room whom nobody knows, `other` a person in a talk who neither asks for
 * the press nor answers for an office.
 */
export type TurnRole = "spokesperson" | "questioner" | "audience" | "moderator" | "other";

/** What one person says until another has the word. */
export type Turn = {
  readonly role: TurnRole;
  /** Null where the words stand without a label and the title says whose they are. */
  readonly label: Label | null;
  /** The words, one span per paragraph, without labels and stage directions. */
  readonly content: readonly Span[];
  readonly isFollowUp: boolean;
  /** Said before the first question. */
  readonly isOpening: boolean;
  /** Marked as an interpreter's words. */
  readonly isInterpreted: boolean;
};

/** A document that is a transcript, cut into turns. */
export type Transcript = { readonly turns: readonly Turn[]; readonly title: TitleSpeaker | null };

type OpenTurn = { role: TurnRole; label: Label | null; spans: Span[]; block: number; isOpening: boolean };

/**
 * Cuts a transcript into turns, whatever its layout; null where the labels do not make it one.
 *
 * A paragraph without a label goes on with the turn before it. Words before the first question are the
 * spokesperson's where the title names one; place and hour above them are nobody's.
 */
export function readTranscript(view: StatementView): Transcript | null {
  const title = titleSpeaker(view.article);
  const all = linesOf(view, title);
  const labelled = settleLabels(all, view, title);
  const lines = labelled ?? boldInterview(view.text, all, title);
  if (lines === null) return title?.isStatement ? wholeText(view, title) : null;
  const boldAsks = labelled === null || lines.some((line) => line.bold && line.label?.role === "questioner");
  const answers = title && !boldAsks ? bareAnswers(view.text, lines) : new Set<Line>();
  const turns: OpenTurn[] = [];
  for (const line of lines.slice(openingOf(view.text, lines))) {
    const last = turns.at(-1);
    const next = nextTurn(line, last, boldAsks || answers.has(line), title);
    if (next) turns.push(next);
    const turn = turns.at(-1);
    const span = trimSpan(view.text, { start: line.label?.wordsStart ?? line.start, end: line.end });
    if (turn && span) addSpan(turn, span, line.block);
  }
  const asked = turns.findIndex((turn) => turn.role === "questioner");
  return {
    title,
    turns: turns.flatMap((turn, i) => closeTurn(view, turn, title !== null && (asked < 0 || i < asked))),
  };
}

/**
 * Finds the first line that somebody may have spoken. Whoever has a label of their own at the start said nothing above it, and
 * before the first question stand the place and the hour.
 */
function openingOf(text: string, lines: readonly Line[]): number {
  const first = lines.findIndex(({ label }) => label !== null);
  const role = lines[first]?.label?.role;
  if (role && role !== "questioner") return first;
  return lines.findIndex(({ label, start, end }) => label !== null || !isDateline(text.slice(start, end)));
}

/** Opens a turn where the word passes to somebody else; null where the line goes on with the last one. */
function nextTurn(
  line: Line,
  last: OpenTurn | undefined,
  boldAsks: boolean,
  title: TitleSpeaker | null,
): OpenTurn | null {
  const open = (role: TurnRole, isOpening = false) => ({ role, label: line.label, spans: [], block: -1, isOpening });
  if (line.label) return open(line.label.role === "named" ? "other" : line.label.role);
  if (!last && boldAsks && line.bold && title?.isInterview) return open("questioner");
  // What stands before the first question of an interview is the paper's.
  if (!last) return title && !title.isInterview ? open("spokesperson", true) : null;
  if (boldAsks && line.bold && last.role !== "questioner") return open("questioner");
  if (boldAsks && !line.bold && last.role === "questioner" && title) return open("spokesperson");
  return null;
}

/** Takes a page for questions and answers by its bold questions alone, where its title says who answers. */
function boldInterview(text: string, lines: readonly Line[], title: TitleSpeaker | null): Line[] | null {
  if (!title || title.isStatement) return null;
  const asked = lines.filter((line) => line.bold && ASKS.test(text.slice(line.start, line.end)));
  if (asked.length < (title.isInterview ? 2 : 1) || asked.length === lines.length) return null;
  return lines.map((line) => ({ ...line, label: null }));
}

/** 请介绍有关情况。 asks without a question mark. */
const INVITES = /(?:请|能否|可否|希望)[^。]{0,30}(?:介绍|评论|回应|看法|证实|情况|说明)[。.]?$/;

/**
 * Finds the first line of each answer on pages that label their questions and no answer. The question ends with the last line in a
 * row that asks; where none does, nobody knows where the answer begins, and there is none.
 */
function bareAnswers(text: string, lines: readonly Line[]): ReadonlySet<Line> {
  const answers = new Set<Line>();
  if (lines.some(({ label }) => label && label.role !== "questioner" && label.role !== "moderator")) return answers;
  const asks = (line: Line | undefined) => line !== undefined && ASKS.test(text.slice(line.start, line.end));
  lines.forEach((line, i) => {
    if (line.label?.role !== "questioner") return;
    const past = lines.findIndex((other, j) => j > i && other.label !== null);
    const own = lines.slice(i, past < 0 ? lines.length : past);
    let last = own.findIndex(asks);
    if (last < 0 && INVITES.test(text.slice(line.start, line.end))) last = 0;
    while (last >= 0 && asks(own[last + 1])) last++;
    const answer = last < 0 ? undefined : own[last + 1];
    if (answer) answers.add(answer);
  });
  return answers;
}

/** Lines of one paragraph that was broken for width are one span; paragraphs stay apart. */
function addSpan(turn: OpenTurn, span: Span, block: number): void {
  const last = turn.spans.at(-1);
  if (last && turn.block === block) turn.spans[turn.spans.length - 1] = { start: last.start, end: span.end };
  else turn.spans.push(span);
  turn.block = block;
}

/** A text longer than this is a speech, and each of its paragraphs a statement: an analyst cites the paragraph. */
const SPEECH_LENGTH = 3000;

/** @param unasked - Nobody has asked yet: then long words are a speech and no answer. */
function closeTurn({ text }: StatementView, turn: OpenTurn, unasked: boolean): Turn[] {
  const { role, label, isOpening } = turn;
  const from = label?.nameSpan.end ?? turn.spans[0]?.start ?? 0;
  const end = turn.spans.at(-1)?.end ?? from;
  // Stage directions such as "(As interpreted.)" are no words of the turn.
  const same = { role, label, isOpening, isFollowUp: label?.isFollowUp ?? false };
  const interpreted = isInterpreted(text.slice(from, end));
  const paragraphs = turn.spans.map((span) => spokenSpans(text, span));
  const pieces = unasked && end - from > SPEECH_LENGTH ? joinBroken(text, paragraphs) : [paragraphs.flat()];
  return pieces.filter(({ length }) => length > 0).map((content) => ({ ...same, content, isInterpreted: interpreted }));
}

/** Joins paragraphs that a line break cut inside a sentence: the next one begins in small letters. */
function joinBroken(text: string, paragraphs: readonly (readonly Span[])[]): readonly (readonly Span[])[] {
  const joined: Span[][] = [];
  for (const spans of paragraphs) {
    const last = joined.at(-1);
    const [first] = spans;
    const goesOn = last && first && /^\p{Ll}/u.test(text.slice(first.start, first.start + 2));
    if (goesOn && /[\p{L}\p{N},]$/u.test(text.slice((last.at(-1)?.end ?? 2) - 2, last.at(-1)?.end)))
      last.push(...spans);
    else joined.push([...spans]);
  }
  return joined;
}

/** A statement or speech without questions: every paragraph is theirs, unless others report it. */
function wholeText(view: StatementView, title: TitleSpeaker): Transcript | null {
  const spoken = view.paragraphs.filter((p) => !p.heading);
  const first = spoken.findIndex((p) => !view.text.slice(p.start, p.end).split("\n").every(isDateline));
  const paragraphs = spoken.slice(Math.max(first, 0)).map((p) => spokenSpans(view.text, p));
  const content = paragraphs.flat();
  const reported = title.role !== "" ? /表示|答问|\bsaid\b/.test(view.text) : !/\b(?:I|we|We|our)\b/.test(view.text);
  if (!content.length || reported) return null;
  const turn = (spans: readonly Span[]): Turn[] =>
    spans.length
      ? [
          {
            ...{ role: "spokesperson", label: null, content: spans, isFollowUp: false, isOpening: true },
            isInterpreted: isInterpreted(spans.map(({ start, end }) => view.text.slice(start, end)).join(" ")),
          },
        ]
      : [];
  return {
    title,
    turns: view.text.length > SPEECH_LENGTH ? joinBroken(view.text, paragraphs).flatMap(turn) : turn(content),
  };
}

function linesOf(view: StatementView, title: TitleSpeaker | null): Line[] {
  const { text } = view;
  const bold = view.article.blocks.flatMap((block) => block.bold);
  const isOutlet = (name: string) =>
    findMentions(view.lexicon, name, foldText(name)).some((m) => m.actors[0]?.type === "media");
  const cut = lineBreaks(title);
  const lines: Line[] = [];
  let next = 0; // lines and bold spans follow one another in the text: each is looked at once
  view.paragraphs.forEach((paragraph, block) => {
    for (const piece of piecesOf(text, paragraph, cut)) {
      const span = trimSpan(text, piece);
      if (!span) continue;
      const label = readLabel(text, span, isOutlet);
      let boldLabel = false;
      for (let at = bold[next]; at && at.end < span.end - 2; at = bold[++next])
        boldLabel ||=
          label !== null &&
          at.start <= label.nameSpan.start &&
          at.end >= label.nameSpan.end &&
          at.end <= label.wordsStart + 1;
      const isBold = (bold[next]?.start ?? Number.POSITIVE_INFINITY) <= span.start + 1;
      const isHeading = paragraph.heading && ASKS.test(text.slice(span.start, span.end));
      lines.push({ ...span, block, label, bold: isBold || isHeading, boldLabel });
    }
  });
  return lines;
}

/** Finds where lines begin in a paragraph; some pages run the next label on in the same paragraph. */
function lineBreaks(title: TitleSpeaker | null): RegExp {
  const names = [
    "(?:会后)?(?:有)?记者(?:追问|问及|问)",
    "追问",
    "答",
    "The following questions? (?:was|were) (?:raised|asked)[^.:?!]{0,60}",
    ...(title?.name ? [escapeWords(title.name)] : []),
  ];
  return new RegExp(`\\n|(?<=[。？！?.!”"])[ \\u00a0\\u3000]*(?=(?:${names.join("|")})[：:])`, "g");
}

function piecesOf(text: string, paragraph: Span, cut: RegExp): Span[] {
  const words = text.slice(paragraph.start, paragraph.end);
  const cuts = [...words.matchAll(cut)];
  const starts = [0, ...cuts.map((m) => m.index + m[0].length)];
  const ends = [...cuts.map((m) => m.index), words.length];
  return starts.map((start, i) => ({
    start: paragraph.start + start,
    end: paragraph.start + (ends[i] ?? words.length),
  }));
}

function escapeWords(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
