import type { Polarity } from "../domain/statement.ts";

const TURNED: Readonly<Record<Polarity, string | null>> = {
  affirmed: null,
  negated: "denied or not said",
  hypothetical: "only supposed",
};

/**
 * Says what must stand beside words that somebody denied, did not say, or would only say if: without it they would be read as said.
 * Null for words that were said.
 */
export function turnedMark(polarity: Polarity): string | null {
  return TURNED[polarity];
}

/** Writes that mark in parentheses behind a space, to stand after the words; nothing after words that were said. */
export function turnedAside(polarity: Polarity): string {
  const mark = turnedMark(polarity);
  return mark === null ? "" : ` (${mark})`;
}
