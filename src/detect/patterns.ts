import type { Pattern } from "./pattern.ts";
import { AGREEMENT_PATTERNS, CONTROL_PATTERNS, WORD_PATTERNS } from "./patterns-acts.ts";
import { SUMMIT_PATTERNS, TALKS_PATTERNS } from "./patterns-talks.ts";

/**
 * Every pattern, the more telling first: where the words of two patterns overlap, the earlier one keeps them.
 *
 * Not detected from one document: position.shift, formulation.change, statement.first, readout.asymmetry,
 * commitment.met, commitment.missed (they need the archive) and incident.ai.
 */
export const PATTERNS: readonly Pattern[] = [
  ...TALKS_PATTERNS,
  ...AGREEMENT_PATTERNS,
  ...SUMMIT_PATTERNS,
  ...CONTROL_PATTERNS,
  ...WORD_PATTERNS,
];
