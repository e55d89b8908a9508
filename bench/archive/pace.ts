/** How long a reader looks at a page before the next: evenly spread between two times, or exponentially around a mean. */
export type Pace =
  | { readonly spread: "even"; readonly leastMs: number; readonly mostMs: number }
  | { readonly spread: "exponential"; readonly meanMs: number; readonly mostMs: number };

/**
 * The think time of TPC-W (TPC Benchmark W 1.8, clause 5.3.2.1): exponentially distributed with a mean of seven seconds, none longer
 * than ten times that.
 */
export const TPC_W: Pace = { spread: "exponential", meanMs: 7_000, mostMs: 70_000 };

/** Draws how long a page is looked at, in milliseconds. */
export function drawnPause(pace: Pace, chance: () => number): number {
  if (pace.spread === "even") return pace.leastMs + chance() * (pace.mostMs - pace.leastMs);
  return Math.min(pace.mostMs, -Math.log(1 - chance()) * pace.meanMs);
}

/** Names a pace for the table. */
export function paceName(pace: Pace): string {
  const seconds = (ms: number) => String(ms / 1_000);
  if (pace.spread === "even") return `a page every ${seconds(pace.leastMs)} to ${seconds(pace.mostMs)} s`;
  return `a page every ${seconds(pace.meanMs)} s by TPC-W's think time`;
}
