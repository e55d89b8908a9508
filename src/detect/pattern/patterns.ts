import type { Pattern } from "./pattern.ts";
import { AGREEMENT_PATTERNS, CONTROL_PATTERNS, WORD_PATTERNS } from "./patterns-acts.ts";
import { INCIDENT_PATTERNS } from "./patterns-incidents.ts";
import { SHIFT_PATTERNS } from "./patterns-shifts.ts";
import { SUMMIT_PATTERNS, TALKS_PATTERNS } from "./patterns-talks.ts";

/**
 * Every pattern, the more telling first: where the words of two patterns overlap, the earlier one keeps them.
 *
 * Not detected from one document, because they need the archive: formulation.change, statement.first, readout.asymmetry,
 * commitment.met, commitment.missed; position.shift where only the record shows it.
 */
export const PATTERNS: readonly Pattern[] = [
  ...TALKS_PATTERNS,
  ...AGREEMENT_PATTERNS,
  ...SUMMIT_PATTERNS,
  ...CONTROL_PATTERNS,
  ...SHIFT_PATTERNS,
  ...INCIDENT_PATTERNS,
  ...WORD_PATTERNS,
];
