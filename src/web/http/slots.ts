/** So many of something costly at a time. */
export type Slots = {
  /** Takes one for whoever asks; gives what frees it, of which the first call counts. Null where none is free, or who asks has enough. */
  readonly take: (asker: string) => (() => void) | null;
};

/**
 * Makes slots that are taken or refused at once; nobody waits for one.
 *
 * @param mostOfOne - Of these, how many whoever asks may hold; see `askerOf`.
 */
export function createSlots(most: number, mostOfOne = most): Slots {
  let taken = 0;
  const takenBy = new Map<string, number>();
  const change = (asker: string, by: 1 | -1) => {
    taken += by;
    const own = (takenBy.get(asker) ?? 0) + by;
    if (own === 0) takenBy.delete(asker);
    else takenBy.set(asker, own);
  };
  return {
    take: (asker) => {
      if (taken >= most || (takenBy.get(asker) ?? 0) >= mostOfOne) return null;
      change(asker, 1);
      let held = true;
      return () => {
        if (held) change(asker, -1);
        held = false;
      };
    },
  };
}
