import { contains, overlaps, type Span, wordsAtAll } from "../../domain/span.ts";
import type { Statement } from "../../domain/statement.ts";
import { saidAt } from "../date/said-at.ts";
import { type Attribution, attributeTo, nobodyYet, remember, type SpeakerMemory } from "../statement/speaker.ts";
import { tagTopics } from "../statement/topic-tags.ts";
import { type Paragraph, type StatementView, trimSpan } from "../statement/view.ts";
import { withoutAdvice } from "./advice.ts";
import { chineseFindings } from "./chinese.ts";
import { datelineLength } from "./dateline.ts";
import type { Finding } from "./finding.ts";
import { announces, leadIn, saidOf } from "./frames.ts";
import { learnedFindings } from "./learned.ts";
import { ownedIn } from "./owned.ts";
import { withPolarity } from "./polarity.ts";
import { findQuotations, type Quotation, quotationsAt } from "./quotation.ts";
import { ordered, quotedContent } from "./quoted-content.ts";
import { refusalIn } from "./refusal.ts";
import { relayed } from "./relayed.ts";
import { findingsIn, isTag } from "./sentence.ts";
import { stancesIn } from "./stance.ts";
import { isAnyTag } from "./tag.ts";
import { type Sentence, sentencesOf, type Token, tokenise } from "./tokens.ts";
import { wordClasses } from "./word-class.ts";
import { withoutWriter } from "./writer.ts";

const MOST_TOPICS = 3;
/** In tokens. What is longer is a list or noise, and would cost time without end. */
const LONGEST_SENTENCE = 600;

type Draft = { finding: Finding; content: Span[]; attribution: Attribution; paragraph: number };

/**
 * Finds the attributions of running text, paragraph by paragraph.
 *
 * @param asked - What journalists ask, each from the start of its paragraph: it credits nobody.
 */
export function proseStatements(view: StatementView, asked: readonly Span[] = []): Statement[] {
  const askedTo = new Map(asked.map(({ start, end }) => [start, end]));
  const memory = nobodyYet();
  const drafts: Draft[] = [];
  const quotations: Quotation[] = [];
  // Paragraphs of a quotation that is not closed yet: who speaks may stand at its end.
  const open: ReadParagraph[] = [];
  const isOpinion = view.article.kind === "op-ed";
  const readAll = ({ sentences, number, carried }: ReadParagraph) => {
    for (const sentence of sentences) readSentence(view, sentence, number, drafts, memory, carried);
  };
  const flush = () => open.splice(0).forEach(readAll);
  view.paragraphs.forEach((whole, number) => {
    const paragraph = {
      ...whole,
      ...trimSpan(view.text, { ...whole, start: askedTo.get(whole.start) ?? whole.start }),
    };
    if (
      askedTo.get(whole.start) === whole.end ||
      paragraph.heading ||
      isHeadline(view.text.slice(paragraph.start, paragraph.end))
    )
      return;
    const quoted = findQuotations(view.text, paragraph);
    const carried = carriesOn(view, paragraph, quotations.at(-1) ?? null, quoted);
    quotations.push(...quoted);
    const reader = paragraph.lang === "zh" ? chineseSentences : englishSentences;
    const all = reader(view, paragraph, quoted);
    const sentences = isOpinion
      ? all.map((one) => ({ ...one, findings: withoutAdvice(view.text, one.findings) }))
      : all;
    const here = { number, carried, sentences, quotation: quoted[0] ?? null };
    if (!carried) flush();
    const waits =
      staysOpen(view.text, paragraph, quoted) &&
      (open.length > 0 || (!carried && drafts.at(-1)?.finding.rule !== "lead-in"));
    if (waits) open.push(here);
    else if (open.length && isTagged(here)) {
      const first = drafts.length;
      readAll(here);
      takeIn(drafts.slice(first), here, open.splice(0));
    } else {
      flush();
      readAll(here);
    }
  });
  flush();
  return drafts.flatMap((draft) => statementOf(view, draft, quotations));
}

/** A paragraph taken apart; `quotation` is its first. */
type ReadParagraph = {
  readonly number: number;
  readonly carried: boolean;
  readonly sentences: readonly ReadySentence[];
  readonly quotation: Quotation | null;
};

/** In UTF-16 units: a shorter line whose marks are not closed is a mistyped reply rather than part of a long quotation. */
const SHORTEST_OPEN = { en: 30, zh: 12 };

/** A paragraph that is one quotation from its first mark on, which it does not close though its sentence ends. */
function staysOpen(text: string, paragraph: Paragraph, quoted: readonly Quotation[]): boolean {
  const [only, second] = quoted;
  if (only === undefined || second || only.closed || only.outer.start !== paragraph.start) return false;
  return (
    paragraph.end - paragraph.start >= SHORTEST_OPEN[paragraph.lang] &&
    /[.?!…。？！]/.test(text[paragraph.end - 1] ?? "")
  );
}

/** A paragraph whose first quotation somebody is said to say. */
function isTagged({ sentences, quotation }: ReadParagraph): boolean {
  return sentences.some(({ findings }) => findings.some(({ content }) => holds(content, quotation)));
}

function holds(content: readonly Span[], quotation: Quotation | null): boolean {
  return quotation !== null && content.some((span) => overlaps(span, quotation.inner));
}

/** Gives whoever is said to say the end of a quotation over paragraphs its earlier paragraphs too. */
function takeIn(drafts: readonly Draft[], { quotation }: ReadParagraph, before: readonly ReadParagraph[]): void {
  const draft = drafts.find(({ content }) => holds(content, quotation));
  draft?.content.unshift(...before.flatMap((one) => one.quotation?.inner ?? []));
}

/** "What Both Sides Agree On": a short line in capitals without a mark at its end, in texts that do not tell their headings. */
function isHeadline(line: string): boolean {
  const words = line.split(/\s+/).filter((word) => /\p{L}{4}/u.test(word));
  if (words.length < 2 || line.length > 120 || /[.!?:;,…”"'’]$/.test(line)) return false;
  return words.every((word) => /^[^\p{L}]*\p{Lu}/u.test(word));
}

/** `alone` is a quotation without a verb; `leads` says who speaks in the paragraph after. */
type ReadySentence = {
  readonly findings: readonly Finding[];
  readonly alone: Span | null;
  readonly leads: Finding | null;
};

function englishSentences(view: StatementView, paragraph: Paragraph, quoted: readonly Quotation[]): ReadySentence[] {
  const start = paragraph.start + datelineLength(view.text.slice(paragraph.start, paragraph.end));
  const tokens = tokenise(view.text, { start, end: paragraph.end }, quoted);
  const classes = wordClasses(view.text, tokens);
  let first = 0;
  const tag = (all: readonly Token[], from: number) => isTag(all, from) || isAnyTag(all, classes, from);
  return sentencesOf(tokens, quoted, tag).map((sentence) => {
    const own = classes.slice(first, first + sentence.tokens.length);
    first += sentence.tokens.length;
    if (sentence.tokens.length > LONGEST_SENTENCE) return { findings: [], alone: null, leads: null };
    const refusal = refusalIn(sentence);
    const said = learnedFindings(sentence, own, findingsIn(sentence));
    const nouns = [...said, ...ownedIn(sentence, said)];
    const told = relayed(sentence, inOrder([...nouns, ...stancesIn(sentence, own, nouns)]));
    const findings = withoutWriter(sentence, withPolarity(sentence, own, told));
    const all = refusal ? [...findings.filter((f) => !repeats(f, refusal)), refusal] : findings;
    const about = saidOf(sentence);
    if (about)
      return { findings: all.filter((finding) => finding.cue.start !== about.cue.start), leads: about, alone: null };
    const leads = all.length ? null : (leadIn(sentence) ?? announces(sentence, own));
    return { findings: all, leads, alone: all.length || leads ? null : aloneIn(sentence, quoted) };
  });
}

/** A refusal to comment is told once: neither as the act of declining nor as what was commented on. */
function repeats(finding: Finding, refusal: Finding): boolean {
  return (
    finding.content.some((span) => contains(span, refusal.cue)) ||
    refusal.content.some((span) => contains(span, finding.cue))
  );
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.cue.start - b.cue.start);
}

/** But “…”: words before a quotation that only join it to what was said before. */
const JOINS = /^(?:and|but|also|indeed|plus|still|yet|then|however|so)$/;

/** A sentence that is a quotation and nothing else. */
function aloneIn(sentence: Sentence, quoted: readonly Quotation[]): Span | null {
  const words = sentence.tokens.filter((token) => token.isWord);
  const inside = words.filter((token) => token.quote >= 0);
  const here = quotationsAt(quoted, sentence).filter((q) => overlaps(q.outer, sentence));
  const first = here[0];
  const outside = words.filter((token) => token.quote < 0);
  if (words.length < 3 || !first) return null;
  if (outside.length > 1 || !outside.every((token) => JOINS.test(token.lower) && token.end <= first.outer.start))
    return null;
  if (outside.length > 0 && inside.length < 5) return null;
  return { start: first.inner.start, end: Math.min(sentence.end, here.at(-1)?.inner.end ?? sentence.end) };
}

function chineseSentences(view: StatementView, paragraph: Paragraph, quoted: readonly Quotation[]): ReadySentence[] {
  return chineseFindings(view.text, paragraph, quoted).map(({ findings, alone }) => ({ findings, alone, leads: null }));
}

/** A paragraph that opens with the marks of a quotation the one before did not close. */
function carriesOn(
  view: StatementView,
  paragraph: Span,
  last: Quotation | null,
  quoted: readonly Quotation[],
): boolean {
  const first = quoted[0];
  return (
    last !== null &&
    !last.closed &&
    first?.outer.start === paragraph.start &&
    view.text.slice(last.outer.end, paragraph.start).trim() === ""
  );
}

function readSentence(
  view: StatementView,
  sentence: ReadySentence,
  paragraph: number,
  drafts: Draft[],
  memory: SpeakerMemory,
  carried: boolean,
): void {
  for (const finding of sentence.findings) {
    const shared = drafts.at(-1)?.attribution ?? memory.any;
    const attribution = finding.speaker ? attributeTo(view, finding.speaker, memory) : shared;
    if (!attribution || !finding.content.length) continue;
    drafts.push({ finding, content: [...finding.content], attribution, paragraph });
    remember(memory, attribution);
  }
  if (sentence.leads) {
    const attribution = sentence.leads.speaker ? attributeTo(view, sentence.leads.speaker, memory) : memory.any;
    if (attribution) drafts.push({ finding: sentence.leads, content: [], attribution, paragraph });
    if (attribution) remember(memory, attribution);
  }
  if (sentence.alone) addQuotation(view, sentence.alone, paragraph, drafts, memory, carried);
}

/** A quotation without a verb goes on with the one just before, or follows a sentence that led up to it. */
function addQuotation(
  view: StatementView,
  alone: Span,
  paragraph: number,
  drafts: Draft[],
  memory: SpeakerMemory,
  carried: boolean,
): void {
  const last = drafts.at(-1);
  if (!last || paragraph - last.paragraph > 1) return;
  const end = last.content.at(-1)?.end ?? 0;
  const between = view.text.slice(Math.max(end, last.finding.cue.end), alone.start);
  if (last.finding.rule === "lead-in") {
    last.content.push(alone);
    last.paragraph = paragraph;
    return;
  }
  const near = last.paragraph === paragraph || carried;
  if (near && isQuoted(view, last) && last.attribution === memory.any && between.length < 160) {
    last.content.push(alone);
    if (carried) last.paragraph = paragraph;
    return;
  }
  // A new paragraph that is a quotation mostly goes on with who spoke before; it may be somebody else's: little confidence.
  const finding: Finding = {
    ...last.finding,
    addressee: null,
    act: "speech",
    polarity: "affirmed",
    rule: "quotation-alone",
    confidence: near ? 0.6 : 0.45,
  };
  drafts.push({ finding, content: [alone], attribution: last.attribution, paragraph });
}

function isQuoted(view: StatementView, draft: Draft): boolean {
  return /quotation/.test(draft.finding.rule) || /^[“"「]/.test(view.text.slice(draft.content[0]?.start ?? 0));
}

function statementOf(view: StatementView, draft: Draft, quotations: readonly Quotation[]): Statement[] {
  const { finding, attribution } = draft;
  const meant = ordered(draft.content);
  const near = quotationsAt(quotations, { start: meant[0]?.start ?? 0, end: meant.at(-1)?.end ?? 0 });
  const { content, kind } = quotedContent(view.text, meant, near);
  if (!content.length) return [];
  const quotes = near.map((q) => q.inner).filter((inner) => content.some((span) => contains(span, inner)));
  const flags = [
    ...(attribution.speaker.form === "unnamed" ? ["unnamed-source"] : []),
    // The words stand apart from any verb: who spoke before is taken to go on.
    ...(finding.rule === "quotation-alone" ? ["speaker-carried-over"] : []),
  ];
  return [
    {
      kind,
      act: finding.act,
      polarity: finding.polarity,
      content,
      text: wordsAtAll(view.text, content),
      quotes,
      cue: finding.cue,
      speaker: attribution.speaker,
      actors: attribution.actors,
      addressee: finding.addressee && view.text.slice(finding.addressee.start, finding.addressee.end),
      relayedBy: finding.relay ? view.text.slice(finding.relay.start, finding.relay.end) : null,
      question: null,
      saidAt: saidAt(view.text, finding.cue, content, view.article.publishedAt),
      topics: tagTopics(
        view.text,
        view.topicHits,
        [...content, finding.cue, ...tellingSpeaker(view, attribution)],
        MOST_TOPICS,
      ),
      confidence: Math.round(Math.max(0.1, finding.confidence - (attribution.actors.length ? 0 : 0.05)) * 100) / 100,
      rule: finding.rule,
      fidelity: kind === "indirect" ? "paraphrase" : view.fidelity,
      flags,
    },
  ];
}

/** A document that speaks, and leaders who speak together, say by their name what it is about; a person's posts do not. */
function tellingSpeaker(view: StatementView, { speaker, actors }: Attribution): Span[] {
  const { start, end, form } = speaker;
  if (start === null || end === null) return [];
  const types = actors.map(({ actorId }) => view.lexicon.actors.get(actorId)?.type);
  return types.includes("document") || (form === "group" && types.length > 1) ? [{ start, end }] : [];
}
