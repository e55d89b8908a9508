/** Does a piece of work when a place is free; urgent work goes before all that is not. */
export type InPlace = <T>(work: () => Promise<T>, urgent?: boolean) => Promise<T>;

/** Makes a room with so many places: work beyond them waits outside, the urgent first, else in the order in which it came. */
export function roomFor(places: number): InPlace {
  const waiting: (() => void)[] = [];
  const urgentWaiting: (() => void)[] = [];
  let free = places;
  return async (work, urgent = false) => {
    // Whoever leaves hands its place on, so that nobody who comes meanwhile can slip in first.
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => (urgent ? urgentWaiting : waiting).push(enter));
    try {
      return await work();
    } finally {
      const next = urgentWaiting.shift() ?? waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
