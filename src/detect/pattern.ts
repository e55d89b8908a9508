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
  /** Whether the words tell of something still to come, so that "on Tuesday" is the next one. */
  readonly future?: true;
  /** A time or place that must stand in the sentence too. */
  readonly dated?: true;
  /** Whether chips and technology controls count as the matter, besides AI. */
  readonly chips?: true;
  /** Whether only a speaker makes this a development: never the narration of a news text. */
  readonly spoken?: true;
};
