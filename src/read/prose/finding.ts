import type { Span } from "../../domain/span.ts";
import type { Polarity, StatementAct } from "../../domain/statement.ts";
import type { Cue } from "./cue.ts";
import type { Run } from "./subject.ts";
import type { Token } from "./tokens.ts";

/** An attribution found in one sentence, before anybody is resolved. */
export type Finding = {
  readonly content: readonly Span[];
  readonly cue: Span;
  /** Whose account of it we have: "according to state media, X said …". */
  readonly relay?: Span;
  /** Null where the verb shares the subject of the finding before it. */
  readonly speaker: Span | null;
  readonly addressee: Span | null;
  readonly act: StatementAct;
  readonly polarity: Polarity;
  readonly rule: string;
  readonly confidence: number;
};

/** Finds the token after the last that is content: the final full stop is left out. */
export function endOf(tokens: readonly Token[]): number {
  let end = tokens.length;
  while (end > 0 && /^[.;:!?…]$/.test(tokens[end - 1]?.text ?? "") && (tokens[end - 1]?.quote ?? -1) < 0) end--;
  return end;
}

/** Says what is done with the words that a cue introduces. */
export function actOf(cue: Cue): StatementAct {
  if (cue.frames.has("w")) return "writing";
  if (cue.lemma === "ask" || cue.lemma === "wonder" || cue.lemma === "question")
    return cue.lemma === "question" ? "position" : "question";
  if (cue.frames.has("i")) return "intent";
  return cue.frames.has("q") || cue.frames.has("d") || cue.frames.has("o") ? "speech" : "position";
}

/** Finds the place of a run of tokens in the text. */
export function spanOf(tokens: readonly Token[], run: Run): Span {
  return { start: tokens[run.from]?.start ?? 0, end: tokens[run.to - 1]?.end ?? 0 };
}

/** Finds the place of a run without commas and dashes at its ends. */
export function contentSpans(tokens: readonly Token[], run: Run): Span[] {
  let { from, to } = run;
  const loose = (i: number) => /^[,;:—–]$/.test(tokens[i]?.text ?? "") && (tokens[i]?.quote ?? -1) < 0;
  while (from < to && loose(from)) from++;
  while (to > from && loose(to - 1)) to--;
  return from < to ? [spanOf(tokens, { from, to })] : [];
}

/** Finds what stands in quotation marks before the verb, and the words it is part of. */
export function quotedPart(tokens: readonly Token[], run: Run): Run {
  const outside = tokens.slice(run.from, run.to).findIndex((token) => token.quote >= 0);
  const lead = tokens.slice(run.from, run.from + outside);
  if (outside <= 0) return run;
  const isLead = lead.length <= 2 || /^[:,]$/.test(lead.at(-1)?.text ?? "");
  return isLead && !/\p{L}/u.test(lead.at(-2)?.text ?? "")
    ? { from: run.from + outside, to: run.to }
    : leadTrimmed(tokens, run);
}

/** Drops what leads a run in without being said: "and", "but", a dash. */
export function leadTrimmed(tokens: readonly Token[], run: Run): Run {
  const first = tokens[run.from];
  return first && /^(?:but|and|still|yet|so|even so|however)$/.test(first.lower) && run.to - run.from > 3
    ? { from: run.from + (tokens[run.from + 1]?.text === "," ? 2 : 1), to: run.to }
    : run;
}
