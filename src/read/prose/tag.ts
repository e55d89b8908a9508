import type { Token } from "./tokens.ts";
import { ADPOSITION, AUXILIARY, VERB, type WordClass } from "./word-class.ts";

const LONGEST_TAG = 12;

/**
 * Tells whether "Vitter demanded." stands here, after a quotation that ended in a question or exclamation mark: who, any verb, and
 * then the end or where and to whom.
 */
export function isAnyTag(tokens: readonly Token[], classes: readonly WordClass[], from: number): boolean {
  const mark = tokens[from - 2]?.text ?? "";
  if (!/^[?!]$/.test(mark)) return false;
  for (let at = from + 1; at < Math.min(tokens.length, from + LONGEST_TAG); at++) {
    const token = tokens[at];
    if (!token || token.quote >= 0 || /^[.?!;:]$/.test(token.text) || classes[at] === AUXILIARY) return false;
    if (classes[at] !== VERB) continue;
    const next = tokens[at + 1];
    return (
      /(?:ed|s)$|^(?:began|cried|said|sang|spoke|went|wrote|told)$/.test(token.lower) &&
      (!next ||
        /^[.,]$/.test(next.text) ||
        classes[at + 1] === ADPOSITION ||
        /^(?:as|while|when|to|on)$/.test(next.lower))
    );
  }
  return false;
}
