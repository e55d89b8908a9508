/** How hard the faults are tried: the short form in every run of the tests, the full one by `npm run bench:delivery`. */
export const isFull = process.env.PARLEY_TEST_FAULTS === "full";

/** Chooses a size. */
export function sized<T>(short: T, full: T): T {
  return isFull ? full : short;
}

/** Prints a figure so that `npm run bench:delivery` can collect it. */
export function figure(name: string, value: string): void {
  console.log(`FIGURE ${name} | ${value}`);
}

/** Gives the value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
