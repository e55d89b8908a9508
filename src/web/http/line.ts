/** A line in which work waits: so much of it is done at a time, the rest in the order in which it came. */
export type Line = {
  /**
   * Waits for a turn. Gives what ends it, of which the first call counts; null where whoever waited has left, whose turn goes to the next.
   */
  readonly turn: (left: AbortSignal) => Promise<(() => void) | null>;
  /** How many wait. */
  readonly waiting: () => number;
};

/** Makes a line that lets so many through at a time. */
export function createLine(atOnce: number): Line {
  let free = atOnce;
  const waiting = new Set<() => void>();
  const endOnce = () => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const [next] = waiting;
      if (next) next();
      else free += 1;
    };
  };
  const wait = (left: AbortSignal) =>
    new Promise<(() => void) | null>((decide) => {
      const settle = (turn: (() => void) | null) => {
        waiting.delete(come);
        left.removeEventListener("abort", leave);
        decide(turn);
      };
      const come = () => settle(endOnce());
      const leave = () => settle(null);
      waiting.add(come);
      left.addEventListener("abort", leave);
    });
  return {
    turn: async (left) => {
      if (left.aborted) return null;
      if (free === 0) return wait(left);
      free -= 1;
      return endOnce();
    },
    waiting: () => waiting.size,
  };
}
