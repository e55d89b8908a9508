import type { Span } from "../../domain/span.ts";
import { foldText } from "../statement/phrases.ts";
import { findMentions, languageOf, type StatementView, trimSpan } from "../statement/view.ts";
import { ASKS } from "./asked.ts";
import { type Label, readLabel } from "./label.ts";
import { isShortFor, sameName, type TitleSpeaker, titleSpeaker } from "./title.ts";
import { spokenSpans } from "./words.ts";

/** Who has the word in a turn. `other` is a person in a talk who neither asks for the press nor answers for an office. */
export type TurnRole = "spokesperson" | "questioner" | "moderator" | "other";

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
};

/** A document that is a transcript, cut into turns. */
export type Transcript = { readonly turns: readonly Turn[]; readonly title: TitleSpeaker | null };

type Line = Span & { readonly block: number; readonly label: Label | null; readonly bold: boolean };
type OpenTurn = { role: TurnRole; label: Label | null; spans: Span[]; block: number; isOpening: boolean };

/**
 * Cuts a transcript into turns, whatever its layout; null where the labels do not make it one.
 *
 * A paragraph without a label goes on with the turn before it. Words before the first question are the
 * spokesperson's where the title names one.
 */
export function readTranscript(view: StatementView): Transcript | null {
  const title = titleSpeaker(view.article);
  const all = linesOf(view, title);
  const labelled = dropFalseLabels(all, view, title);
  const lines = labelled ?? boldInterview(view.text, all, title);
  if (lines === null) return title?.isStatement ? wholeText(view, title) : null;
  const boldAsks = labelled === null || lines.some((line) => line.bold && line.label?.role === "questioner");
  const answers = title && !boldAsks ? bareAnswers(view.text, lines) : new Set<Line>();
  const turns: OpenTurn[] = [];
  for (const line of lines) {
    const last = turns.at(-1);
    const next = nextTurn(line, last, boldAsks || answers.has(line), title);
    if (next) turns.push(next);
    const turn = turns.at(-1);
    const span = trimSpan(view.text, { start: line.label?.wordsStart ?? line.start, end: line.end });
    if (turn && span) addSpan(turn, span, line.block);
  }
  return { title, turns: turns.flatMap((turn) => closeTurn(view, turn)) };
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

function closeTurn(view: StatementView, turn: OpenTurn): Turn[] {
  const content = turn.spans.flatMap((span) => spokenSpans(view.text, span));
  const { role, label, isOpening } = turn;
  return content.length ? [{ role, label, content, isOpening, isFollowUp: label?.isFollowUp ?? false }] : [];
}

/** A text longer than this is a speech, and each of its paragraphs a statement: an analyst cites the paragraph. */
const SPEECH_LENGTH = 3000;

/** A statement or speech without questions: every paragraph is theirs, unless others report it. */
function wholeText(view: StatementView, title: TitleSpeaker): Transcript | null {
  const paragraphs = view.paragraphs.filter((p) => !p.heading).map((p) => spokenSpans(view.text, p));
  const content = paragraphs.flat();
  const reported = title.role !== "" ? /表示|答问|\bsaid\b/.test(view.text) : !/\b(?:I|we|We|our)\b/.test(view.text);
  if (!content.length || reported) return null;
  const turn = (spans: readonly Span[]): Turn[] =>
    spans.length ? [{ role: "spokesperson", label: null, content: spans, isFollowUp: false, isOpening: true }] : [];
  return { title, turns: view.text.length > SPEECH_LENGTH ? paragraphs.flatMap(turn) : turn(content) };
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
      while ((bold[next]?.end ?? Number.POSITIVE_INFINITY) < span.end - 2) next++;
      const isBold = (bold[next]?.start ?? Number.POSITIVE_INFINITY) <= span.start + 1;
      const isHeading = paragraph.heading && ASKS.test(text.slice(span.start, span.end));
      lines.push({ ...span, block, label: readLabel(text, span, isOutlet), bold: isBold || isHeading });
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

/**
 * Decides whether the document is a transcript, and which of its labels are people.
 *
 * "Our position is clear: …" looks like a label. A name stands when the title or the catalogue knows it, when it is
 * in capitals, or when it comes back; an unknown one that asks is an outlet where a spokesperson answers.
 */
function dropFalseLabels(lines: readonly Line[], view: StatementView, title: TitleSpeaker | null): Line[] | null {
  const counts = new Map<string, number>();
  for (const { label } of lines) if (label) counts.set(label.name, (counts.get(label.name) ?? 0) + 1);
  const asks = lines.some((line) => line.label?.role === "questioner");
  const settled = lines.map((line, i) => {
    const { label } = line;
    if (label?.role !== "named") return line;
    const role = settleRole(view, title, label, counts.get(label.name) ?? 0, asks, lines[i + 1]?.label?.name ?? null);
    return {
      ...line,
      label: role && startsSentence(view.text, lines, i) ? { ...label, role, ...outletBy(role, label) } : null,
    };
  });
  const labels = settled.flatMap((line) => line.label ?? []);
  const hasQuestion = labels.some((l) => l.role === "questioner");
  const hasAnswer = labels.some((l) => l.role === "spokesperson");
  const talk = new Set(labels.filter((l) => (counts.get(l.name) ?? 0) >= 2).map((l) => l.name)).size >= 2;
  const expected = view.article.kind === "transcript" && labels.length > 0;
  return (hasQuestion && (hasAnswer || title !== null)) || talk || expected ? settled : null;
}

function outletBy(role: Label["role"], label: Label) {
  return role === "questioner" ? { outlet: label.name } : {};
}

/** A label inside a broken line of a sentence is no label. */
function startsSentence(text: string, lines: readonly Line[], i: number): boolean {
  const line = lines[i];
  const before = lines[i - 1];
  if (!line || !before || before.block !== line.block) return true;
  return /[.?!。？！”"’)\]—–:：…-]$/.test(text.slice(before.start, before.end));
}

function settleRole(
  view: StatementView,
  title: TitleSpeaker | null,
  label: Label,
  count: number,
  asks: boolean,
  next: string | null,
): Label["role"] | null {
  const { name } = label;
  const isTitleName = (words: string) => title?.name != null && sameName(title.name, words);
  if (isTitleName(name)) return "spokesperson";
  const person = findMentions(view.lexicon, name, foldText(name)).some(
    (m) => m.actors[0]?.type === "person" && m.end - m.start >= name.length - 1,
  );
  if (person) return "spokesperson";
  const isCapitals = /^[^a-z]+$/.test(name) && /[A-Z]{2}/.test(name);
  if (title?.isInterview && title.name) {
    if (isShortFor(name, title.name)) return "spokesperson";
    // Beside whoever is interviewed, HT is the paper that asks.
    if (isCapitals) return "questioner";
  }
  if (isCapitals) return "spokesperson";
  if (languageOf(name) === "zh")
    return name.length <= 4 && (count >= 2 || asks) ? (title?.name ? "questioner" : "spokesperson") : null;
  if (title?.name && next !== null && isTitleName(next)) return "questioner";
  if (name.split(/\s+/).length > 5) return null;
  return count >= 2 ? (title?.name ? "questioner" : "named") : null;
}
