import type { DigestDevelopmentLine, DigestSpeaker, DigestStatementLine } from "../domain/digest-line.ts";
import type { Coverage } from "./coverage-line.ts";
import type { DigestFacts } from "./digest-facts.ts";
import type { DigestWords } from "./digest-words.ts";
import { shorten } from "./shorten.ts";
import { summaryIn } from "./summary-in.ts";

/** What the page and its plain twin are written from. */
export type DigestPageFacts = {
  readonly facts: DigestFacts;
  readonly words: DigestWords;
  readonly coverage: Coverage;
  /** What changed, in three lines. */
  readonly lines: readonly string[];
};

/** Longest quotation in a mail, characters; the page has it whole. */
export const LONGEST_QUOTE = 420;

/** Says the news in the subject, or the quiet. */
export function digestSubject(
  { developments, more, lang }: DigestFacts,
  words: DigestWords,
  coverage: Coverage,
): string {
  const [first] = developments;
  return first
    ? words.subjectNew(shorten(summaryIn(lang, first.summary), 90), developments.length - 1 + more)
    : words.subjectQuiet(coverage);
}

/** Says what changed in three lines. */
export function topLines(
  { developments, more, intake, lang }: DigestFacts,
  words: DigestWords,
  coverage: Coverage,
): readonly string[] {
  const edits = developments.filter(({ edited }) => edited).length;
  const first = developments[0] ? shorten(summaryIn(lang, developments[0].summary), 200) : words.nothing(coverage);
  return [
    first,
    words.counts(developments.length + more - edits, edits, intake.statements, intake.documents),
    words.coverage(coverage),
  ];
}

/** Names each failing source, one line for all where the network of this machine is gone; and what is wrong with Parley itself. */
export function failingLines({ failing, offline, all, troubles }: Coverage, words: DigestWords): readonly string[] {
  const sources =
    offline === null ? failing.map(({ title, why }) => words.failing(title, why)) : [words.offline(offline, all)];
  return [...sources, ...troubles.map((why) => words.failing("Parley", why))];
}

/** Lists what a reader must know of a development before relying on it. */
export function marksOf(
  { severity, typeName, hedge, late, edited, conflict }: DigestDevelopmentLine,
  words: DigestWords,
): readonly string[] {
  return [
    words.nameOf(typeName),
    words.severity(severity),
    ...(late ? [words.late] : []),
    ...(edited ? [words.edited] : []),
    ...(conflict ? [words.conflict] : []),
    ...(hedge ? [`${words.reported}${words.colon}${hedge}`] : []),
  ];
}

/**
 * The words to quote under a development; null where its line has them. A page that was changed is told by its line, from what to what:
 * the changed piece alone is nobody's saying.
 */
export function quotedUnder({ quote, edited, summary }: DigestDevelopmentLine): string | null {
  return quote === null || edited || quote.words === summary ? null : quote.words;
}

/** Who said the words of a development; null for words that were changed in a page, which nobody said. */
export function saidBy({ quote, edited }: DigestDevelopmentLine): DigestSpeaker | null {
  return edited ? null : (quote?.speaker ?? null);
}

/** The same of a statement. */
export function statementMarks({ late, reported }: DigestStatementLine, words: DigestWords): readonly string[] {
  return [...(late ? [words.late] : []), ...(reported ? [words.reported] : [])];
}

/** Says who speaks, with the office on that day. */
export function speakerLine(speaker: DigestSpeaker | null, words: DigestWords): string {
  if (!speaker) return words.unknownSpeaker;
  const name = words.speakerName(speaker);
  return speaker.office ? words.inOffice(name, words.office(speaker.office)) : name;
}
