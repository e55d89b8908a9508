import type { Row } from "../parts/report.ts";

/** How many of something were right, and those that were not. */
export type Share = {
  readonly count: (right: boolean, name: string, detail?: unknown) => void;
  /** @param target - Least percentage that is wanted; null where none is. */
  readonly row: (name: string, target: number | null) => Row;
};

/** Counts right and wrong cases; with `BENCH_MISSES=1` the wrong ones are told on standard error. */
export function openShare(): Share {
  let right = 0;
  const wrong: string[] = [];
  return {
    count: (isRight, name, detail) => {
      if (isRight) right += 1;
      else wrong.push(detail === undefined ? name : `${name} ${JSON.stringify(detail)}`);
    },
    row: (name, target) => {
      const all = right + wrong.length;
      const percent = all === 0 ? 0 : (100 * right) / all;
      if (process.env.BENCH_MISSES && wrong.length > 0)
        process.stderr.write(`\n${name}\n${wrong.map((miss) => `  ${miss.slice(0, 400)}\n`).join("")}`);
      return {
        ...{ name, value: `${percent.toFixed(1)} % of ${all}`, load: null },
        target: target === null ? "" : `≥ ${target} %`,
        met: target === null ? null : percent >= target,
      };
    },
  };
}
