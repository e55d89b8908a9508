import type { DevelopmentRow } from "../db/developments/development-list.ts";

/** A development that is told, and those told in the same words of the same place, itself among them; empty where it is alone. */
export type ToldOnce = { readonly development: DevelopmentRow; readonly together: readonly DevelopmentRow[] };

/**
 * Puts developments together that are told in the same words of the same place: one sentence may be the first on two topics. They would
 * read as one line printed twice. The gravest of them, and of these the first, stands for all, where the first stood.
 */
export function toldOnce(developments: readonly DevelopmentRow[]): readonly ToldOnce[] {
  const groups = new Map<string, DevelopmentRow[]>();
  for (const development of developments) {
    const words = wordsOf(development);
    groups.set(words, [...(groups.get(words) ?? []), development]);
  }
  return [...groups.values()].flatMap((group) => {
    const [development] = group.toSorted((one, other) => weightOf(other) - weightOf(one));
    return development ? [{ development, together: group.length > 1 ? group : [] }] : [];
  });
}

function wordsOf({ id, type, summary, dismissedAt, evidence: [first] }: DevelopmentRow): string {
  const place = first ? [first.versionId, first.spanStart] : [id];
  return JSON.stringify([type, summary, dismissedAt !== null, ...place]);
}

/** What is new goes before what is not, however grave that is. */
function weightOf({ severity, status }: DevelopmentRow): number {
  return severity + (status === "new" ? 10 : 0);
}

/** Names what tells one of them from the others: its topics, else its actors, else both, else its number. */
export function namesApart(
  together: readonly DevelopmentRow[],
  nameOf: (name: DevelopmentRow["topics"][number]) => string,
): readonly { readonly id: number; readonly name: string }[] {
  const join = (names: DevelopmentRow["topics"]) => names.map(nameOf).join(", ");
  const ways: readonly ((one: DevelopmentRow) => string)[] = [
    ({ topics }) => join(topics),
    ({ actors }) => join(actors),
    ({ topics, actors }) => join([...actors, ...topics]),
  ];
  const telling = ways.find((way) => new Set(together.map(way).filter(Boolean)).size === together.length);
  return together.map((one) => ({ id: one.id, name: telling?.(one) ?? `${one.id}` }));
}
