import type { KnownDate } from "./known-date.ts";
import type { Span } from "./span.ts";

/** How the words reach us: inside quotation marks (or a transcript turn), reported with quoted pieces, or reported. */
export type StatementKind = "direct" | "mixed" | "indirect";

/** What is done with the words. `claim` is an author's own assertion in an op-ed or interview. */
export type StatementAct = "speech" | "writing" | "claim" | "position" | "intent" | "question" | "no_comment";

/** Whether the source says the words were said (`affirmed`), were not (`negated`), or might be (`hypothetical`). */
export type Polarity = "affirmed" | "negated" | "hypothetical";

/** The mention of whoever speaks. Positions are null when the speaker stands outside the text (title, byline, catalogue). */
export type Speaker = {
  readonly text: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly form: "name" | "pronoun" | "role" | "org" | "metonym" | "group" | "document" | "unnamed" | "label";
  /** Where the name was found: beside the cue, earlier in the text, the page title, a turn label, the byline, the source itself. */
  readonly via: "self" | "antecedent" | "page_title" | "turn_label" | "byline" | "source";
};

/** An actor that a speaker mention was resolved to, and how. */
export type ResolvedActor = {
  readonly actorId: string;
  readonly method: "exact" | "alias" | "surname" | "coreference" | "metonym" | "office-at-date" | "source";
  /** 0 to 1. */
  readonly confidence: number;
};

/** A topic leaf found in the words, with the words that show it. */
export type TopicTag = { readonly id: string; readonly score: number; readonly evidence: readonly Span[] };

/** How near the words are to what was said: from the speaker's own publication down to a translation of a paraphrase. */
export type Fidelity = "verbatim-primary" | "verbatim-secondary" | "paraphrase" | "translated";

/** Words attributed to a speaker, with the place in the text that shows it. `text` is `wordsAtAll(article.text, content)`. */
export type Statement = {
  readonly kind: StatementKind;
  readonly act: StatementAct;
  readonly polarity: Polarity;
  /** Where the words stand; several spans when the cue interrupts them. */
  readonly content: readonly Span[];
  readonly text: string;
  /** The parts that stand in quotation marks in the source, without the marks. */
  readonly quotes: readonly Span[];
  /** The words that attribute ("said", 表示); null in transcripts. */
  readonly cue: Span | null;
  readonly speaker: Speaker | null;
  readonly actors: readonly ResolvedActor[];
  readonly addressee: string | null;
  /** Whose account we have ("according to state media"), apart from who spoke. */
  readonly relayedBy: string | null;
  /** The question that a transcript answer replies to. */
  readonly question: (Span & { readonly outlet: string | null }) | null;
  readonly saidAt: KnownDate | null;
  readonly topics: readonly TopicTag[];
  /** 0 to 1; alerts use 0.8 and up. */
  readonly confidence: number;
  /** Name of the rule that fired, for people who ask why. */
  readonly rule: string;
  readonly fidelity: Fidelity;
  readonly flags: readonly string[];
};
