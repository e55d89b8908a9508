import { readFile } from "node:fs/promises";
import type postgres from "postgres";
import type { Row } from "../parts/report.ts";

/** What one piece of work took, in milliseconds: by the clock, and of processor time (ours and that of Postgres); null without /proc. */
export type Taken = { readonly wall: number; readonly processor: number | null };

/** Times work on an archive. */
export type Stopwatch = <T>(taken: Taken[], work: () => Promise<T>) => Promise<T>;

/**
 * Makes a stopwatch for work that one pool of connections does. On a machine that has other work too, the clock says how long that
 * kept us waiting; processor time says what the work itself costs.
 *
 * @param name - The name of the pool, as Postgres shows it; its connections are looked for once, so open them before.
 */
export async function stopwatch(sql: postgres.Sql, name: string): Promise<Stopwatch> {
  const backends = await sql<{ pid: number }[]>`select pid from pg_stat_activity where application_name = ${name}`;
  const theirs = async () => {
    const times = await Promise.all(backends.map(({ pid }) => processorMs(pid)));
    return times.reduce((sum, ms) => (sum === null || ms === null ? null : sum + ms), 0 as number | null);
  };
  return async (taken, work) => {
    const before = await theirs();
    // Ours begins and ends between the looks at theirs, which cost something themselves.
    const began = process.cpuUsage();
    const started = performance.now();
    const result = await work();
    const wall = performance.now() - started;
    const own = process.cpuUsage(began);
    const after = await theirs();
    const processor = before === null || after === null ? null : after - before + (own.user + own.system) / 1_000;
    taken.push({ wall, processor });
    return result;
  };
}

/** Reads how long a process has run on a processor (first field of proc(5) schedstat, nanoseconds), in milliseconds. */
async function processorMs(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/schedstat`, "utf8").catch(() => null);
  return text === null ? null : Number(text.split(" ")[0]) / 1e6;
}

/** Writes a line of the report about how long something took. */
export function timedRow(
  name: string,
  taken: readonly Taken[],
  target: { readonly p50: number | null; readonly p95: number | null },
  load: number | null,
): Row {
  const wall = quantilesOf(taken.map((one) => one.wall));
  const processor = quantilesOf(taken.flatMap((one) => one.processor ?? []));
  const worked = taken.some((one) => one.processor === null)
    ? ""
    : `; processor p50 ${processor.p50.toFixed(1)}, p95 ${processor.p95.toFixed(1)} ms`;
  return {
    name,
    value: `p50 ${wall.p50.toFixed(1)} ms, p95 ${wall.p95.toFixed(1)} ms, most ${wall.most.toFixed(0)} ms${worked}`,
    target: [
      target.p50 === null ? null : `p50 ≤ ${target.p50} ms`,
      target.p95 === null ? null : `p95 ≤ ${target.p95} ms`,
    ]
      .filter(Boolean)
      .join(", "),
    met: target.p95 === null ? null : wall.p95 <= target.p95 && (target.p50 === null || wall.p50 <= target.p50),
    load,
  };
}

function quantilesOf(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 };
}
