/** Something a reader could not take in; the rest of the input was still read. */
export type Problem = {
  /** A short fixed word for programs, e.g. `no-text`, `bad-date`, `not-a-feed`. */
  readonly code: string;
  /** One sentence for people: what, where, what to do. */
  readonly message: string;
  /** Line in the input, counted from 1, where that is known. */
  readonly line?: number | null;
};
