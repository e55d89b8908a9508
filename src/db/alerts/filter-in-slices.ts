import { setImmediate } from "node:timers/promises";

/** Items that are looked at before others have the processor: some milliseconds where each is a text to be matched. */
const SLICE = 50;

/** Filters a few items at a time: whatever else the process has to do is done in between. */
export async function filterInSlices<Item>(
  items: readonly Item[],
  keep: (item: Item) => boolean,
): Promise<readonly Item[]> {
  const kept: Item[] = [];
  for (let at = 0; at < items.length; at += SLICE) {
    kept.push(...items.slice(at, at + SLICE).filter(keep));
    await setImmediate();
  }
  return kept;
}
