/** A figure between 0 and 1 out of hits, found and wanted. */
export function f1(hits: number, found: number, wanted: number): number {
  const precision = found === 0 ? 0 : hits / found;
  const recall = wanted === 0 ? 0 : hits / wanted;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** A mention with the group it was put into and the group it belongs to. */
export type Grouped = { readonly found: string; readonly wanted: string };

/** BCubed precision, recall and F1 of a grouping (Bagga and Baldwin 1998). */
export function bcubed(all: readonly Grouped[]): {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
} {
  const counts = (key: (one: Grouped) => string) => {
    const map = new Map<string, number>();
    for (const one of all) map.set(key(one), (map.get(key(one)) ?? 0) + 1);
    return map;
  };
  const both = counts(({ found, wanted }) => `${found}\n${wanted}`);
  const byFound = counts(({ found }) => found);
  const byWanted = counts(({ wanted }) => wanted);
  let precision = 0;
  let recall = 0;
  for (const { found, wanted } of all) {
    const shared = both.get(`${found}\n${wanted}`) ?? 0;
    precision += shared / (byFound.get(found) ?? 1);
    recall += shared / (byWanted.get(wanted) ?? 1);
  }
  if (all.length === 0) return { precision: 0, recall: 0, f1: 0 };
  precision /= all.length;
  recall /= all.length;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
