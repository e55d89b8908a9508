/**
 * Gives what was made under a name a moment ago, else has it made, once for all who ask for it meanwhile. What costs much to make may be
 * older: `forMs`.
 */
export type Recall = <T>(name: string, make: () => Promise<T>, forMs?: number) => Promise<T>;

/** Has everything made each time. */
export const recallNothing: Recall = (_, make) => make();

/**
 * Makes a memory of what many pages show alike (names to choose from, counts of topics), so that it is not asked for each of them. Meant
 * for a handful of names that the code gives, not for what readers type: nothing is dropped but for its age.
 *
 * @param usualMs - How old a thing may be of which nothing else is said; 0 remembers nothing.
 */
export function createRecall(usualMs: number, now: () => Date): Recall {
  if (usualMs === 0) return recallNothing;
  const made = new Map<string, { readonly at: number; readonly thing: Promise<unknown> }>();
  return (name, make, forMs = usualMs) => {
    const at = now().getTime();
    const known = made.get(name);
    if (known && at >= known.at && at - known.at < forMs) return known.thing as ReturnType<typeof make>;
    const thing = make();
    made.set(name, { at, thing });
    // What failed is tried again by the next.
    thing.catch(() => made.get(name)?.thing === thing && made.delete(name));
    return thing;
  };
}
