import { HAPPENINGS } from "./happenings.ts";
import type { Found } from "./play.ts";
import type { Item, Label } from "./publish.ts";

/** Lists what was missed, found beside the labels, given another status, and how threads came out: for whoever mends the detector. */
export function mistakes(
  { found, pairs }: { readonly found: readonly Found[]; readonly pairs: readonly { found: Found; label: Label }[] },
  items: readonly Item[],
  threadOf: ReadonlyMap<number, number>,
): string {
  const hits = new Set(pairs.map(({ found: one }) => one));
  const missed = items.flatMap((item) =>
    item.labels
      .filter((label) => !pairs.some(({ found: one, label: own }) => one.item === item && own === label))
      .map(({ type }) => `missed ${item.id} ${type}: ${item.paragraphs.join(" ").slice(0, 200)}`),
  );
  const extra = found
    .filter((one) => !hits.has(one))
    .map(({ item, type, status, actorIds, summary }) => `extra ${item.id} ${type} ${status} [${actorIds}] ${summary}`);
  const status = pairs
    .filter(({ found: one, label }) => one.status !== label.status)
    .map(({ found: one }) => `status ${one.item.id} ${one.type} is ${one.status}, ${one.key}: ${one.summary}`);
  const threads = new Map<string, Set<string>>();
  for (const { found: one, label } of pairs) {
    const { id, thread } = HAPPENINGS.find((happening) => happening.id === label.happening) ?? {};
    const name = String(threadOf.get(one.developmentId));
    if (id) threads.set(name, (threads.get(name) ?? new Set()).add(`${thread}:${id}`));
  }
  const grouped = [...threads].map(([name, ids]) => `thread ${name}: ${[...ids].join(", ")}`);
  return [...missed, ...extra, ...status, ...grouped].join("\n");
}
