/** Does a piece of work when a place is free. */
export type InPlace = (<T>(work: () => Promise<T>) => Promise<T>) & {
  /** How many wait outside now. */
  readonly waiting: () => number;
};

/** Makes a room with so many places: work beyond them waits outside, in the order in which it came. */
export function roomFor(places: number): InPlace {
  const waiting: (() => void)[] = [];
  let free = places;
  const inPlace = async <T>(work: () => Promise<T>): Promise<T> => {
    // Whoever leaves hands its place on, so that nobody who comes meanwhile can slip in first.
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return Object.assign(inPlace, { waiting: () => waiting.length });
}
