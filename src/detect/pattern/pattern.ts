/**
 * Where the word "AI" (or, for controls, a chip word) must stand for a pattern to count: in the sentence; there or in what is said
 * with it; there or in a sentence beside it, whatever that says; there, or in talks anywhere in the document.
 */
export type Nearness = "sentence" | "nearby" | "beside" | "document";

/**
 * Who must take part: both sides of the talks; both or an international process; one of the two sides, with the other
 * or a process in the sentence or beside it; a state of the two sides or what acts for it, with no third state but in a
 * process; both sides by
 * their leaders; whoever is named, somebody at least; or whoever holds what
 * the words say, when that is one of the two sides, or another state or body where a process or a side is named too.
 */
export type Parties = "both" | "both-or-process" | "one-side" | "side" | "leaders" | "named" | "holder";

/** Words by which a sentence shows a type of development. */
export type Pattern = {
  readonly type: string;
  readonly words: RegExp;
  readonly near: Nearness;
  readonly parties: Parties;
  /** Whether the words fix what is still to come, so that "on Tuesday" is the next one. */
  readonly future?: true;
  /** Whether the words themselves only expect what they tell: "is expected in December". */
  readonly hedged?: true;
  /** Whether the words promise: a later date in the sentence is that of what is promised, not of the promise. */
  readonly promise?: true;
  /** Whether the question that a transcript answer replies to counts with its words. */
  readonly answers?: true;
  /** A time or place that must stand in the sentence too. */
  readonly dated?: true;
  /** Whether chips and technology controls count as the matter, besides AI. */
  readonly chips?: true;
  /** Whether it counts also in a sentence that tells of something else. */
  readonly evenBeside?: true;
  /** Whether only a speaker makes this a development: never the narration of a news text. */
  readonly spoken?: true;
  /** Leaf of catalogue/topics.yaml that the words are about by their nature. */
  readonly topic?: string;
  /** Words one of which must stand in the sentence too. */
  readonly with?: RegExp;
  /** Words beside which the sentence does not show it. */
  readonly unless?: RegExp;
  /** Whether it must have happened: what is only wished for or supposed is nothing at all, and not background. */
  readonly real?: true;
  /** Whether the words are themselves a negation: "decided not to release". */
  readonly negates?: true;
};
