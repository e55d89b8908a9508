import type { Source } from "./source.ts";

/** Lists the sources that mirror a source or that it mirrors; empty for most. */
export type MirrorTable = (sourceId: string) => readonly string[];

/** Makes the table of mirrors, in both directions: whichever of two places shows a document first, the other is its second. */
export function mirrorTable(sources: readonly Pick<Source, "id" | "mirrorOf">[]): MirrorTable {
  const related = new Map<string, string[]>();
  const relate = (one: string, other: string) => related.set(one, [...(related.get(one) ?? []), other]);
  for (const { id, mirrorOf = [] } of sources) {
    for (const original of mirrorOf) {
      relate(id, original);
      relate(original, id);
    }
  }
  return (sourceId) => related.get(sourceId) ?? [];
}
