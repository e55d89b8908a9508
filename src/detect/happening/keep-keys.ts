import type { Development } from "../../domain/development.ts";
import { overlaps, type Span } from "../../domain/span.ts";

/** A development that was found in this very version before, with the places that showed it. */
export type FoundBefore = { readonly key: string; readonly type: string; readonly evidence: readonly Span[] };

/**
 * Gives developments found again in a version the keys that they were kept under, so that a replay finds the same ones, whatever
 * came into the archive since.
 */
export function keepKeys(found: readonly Development[], before: readonly FoundBefore[]): readonly Development[] {
  const free = [...before];
  return found.map((development) => {
    const at = free.findIndex(
      ({ type, evidence }) =>
        type === development.type && evidence.some((old) => development.evidence.some((span) => overlaps(old, span))),
    );
    const [same] = at < 0 ? [] : free.splice(at, 1);
    return same ? { ...development, key: same.key } : development;
  });
}
