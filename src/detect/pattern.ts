/** Where the word "AI" (or, for controls, a chip word) must stand for a pattern to count. */
export type Nearness = "sentence" | "nearby" | "document";

/**
 * Who must take part: both sides of the talks; both or an international process; one of the two sides, with the other
 * or a process in the sentence or beside it; or both sides by their leaders.
 */
export type Parties = "both" | "both-or-process" | "one-side" | "leaders";

/** Words by which a sentence shows a type of development. */
export type Pattern = {
  readonly type: string;
  readonly words: RegExp;
  readonly near: Nearness;
  readonly parties: Parties;
  /** Whether the words fix what is still to come, so that "on Tuesday" is the next one. */
  readonly future?: true;
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
};
