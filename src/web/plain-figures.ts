import type { Phrase } from "./dictionary/words.ts";
import type { MeasuredFigure } from "./measured-figures.ts";

/** A figure that everybody understands, and where it stands in the table of docs/benchmarks.md. */
type Told = {
  /** How the name of its line ends. */
  readonly line: string;
  /** Which of the numbers of its cell it is, from 0: `91.6 (93.8 89.5)` holds F1, precision and recall. */
  readonly number: number;
  readonly phrase: Phrase;
  /** Whether the table gives a share of 1, told here as one of 100. */
  readonly isShare?: true;
};

/** What a reader who is no developer wants to know of the reading, the worst of it among the rest. */
const TOLD: readonly Told[] = [
  { line: " quoted ≥ 5 words: recall", number: 0, phrase: "plainQuotedFound" },
  { line: " quoted ≥ 5 words: speaker right", number: 0, phrase: "plainQuotedSpeaker" },
  { line: " indirect with speaker: F1 (P R); without", number: 2, phrase: "plainReportedFound" },
  { line: "talks, topics of matched statements: P / R", number: 0, phrase: "plainTopics" },
  { line: "article body F1 (P R)", number: 2, phrase: "plainBody", isShare: true },
  { line: "publication day right or rightly none, %", number: 0, phrase: "plainDay" },
  { line: "conferences, questions in bold: right role and speaker, %", number: 0, phrase: "plainTurns" },
  { line: "conferences, questions in bold: questions credited to a spokesperson", number: 0, phrase: "plainQuestions" },
];

/** A figure told in plain words: the number as it is written, and how many cases it stands on, as the table says. */
export type PlainFigure = { readonly phrase: Phrase; readonly number: string; readonly of: string };

/** Chooses the figures that are told in plain words; one whose line or number the table lacks is left out. */
export function plainFigures(figures: readonly MeasuredFigure[]): readonly PlainFigure[] {
  return TOLD.flatMap(({ line, number, phrase, isShare }) => {
    const figure = figures.find(({ name }) => name.endsWith(line));
    const found = figure?.measured.match(/\d+(?:\.\d+)?/g)?.[number];
    if (!figure || found === undefined) return [];
    return [{ phrase, number: isShare ? asPercent(found) : found.replace(/\.0$/, ""), of: figure.of }];
  });
}

/** How many figures are told where the table has all of them. */
export const PLAIN_FIGURES = TOLD.length;

function asPercent(share: string): string {
  return (Number(share) * 100).toFixed(1).replace(/\.0$/, "");
}
