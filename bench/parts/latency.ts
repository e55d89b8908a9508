import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chanceFrom } from "../site/chance.ts";
import { LIVE_FEED } from "../site/server.ts";
import { runCommand, startMonitor } from "./monitor.ts";
import { writeOverlay } from "./overlay.ts";
import type { Setup } from "./setup.ts";

/** Milliseconds from publication to the webhook, over all items that were published. */
export type Latency = {
  readonly p50: number;
  readonly p95: number;
  readonly most: number;
  readonly count: number;
  readonly mostMb: number | null;
  readonly load: number;
};

/** Time between two publications: at least, and up to so much more, in milliseconds. */
const GAP_MS = 400;
const GAP_MORE_MS = 1_600;
/** Longest that the last webhooks may take. */
const LONGEST_MS = 20_000;

/**
 * Publishes items at random moments in one feed that is polled every second, in a monitor that has nothing else to do, and
 * takes the time until the webhook of each one's development comes in.
 */
export async function measureLatency({ folder, site, archive, env }: Setup, count: number): Promise<Latency> {
  const port = site.ports[0] ?? 0;
  await writeOverlay(join(folder, "catalogue"), [{ feed: LIVE_FEED, port, layout: 0, every: "1s" }]);
  await runCommand(["endpoints", "add", "bench", `http://127.0.0.1:${port}/hook`], env);
  // Nothing waits: more than ten alerts in ten minutes would else be told together.
  await runCommand(["rules", "add", "bench", "--to", "bench", "--urgent", "1"], env);

  const published = new Map<number, number>();
  const took = new Map<number, number>();
  site.onReceived((body, atMs) => {
    // The page's own address stands in the alert's evidence as its title: "… 0-7, May 29, 2026".
    const item = Number(/ 0-(\d+), /.exec(body)?.[1] ?? -1);
    const publishedAt = published.get(item);
    if (publishedAt !== undefined && !took.has(item)) took.set(item, atMs - publishedAt);
  });
  const load = loadavg()[0] ?? 0;
  const monitor = startMonitor([], env);
  await monitor.during(
    archive.until(
      2,
      async (sql) => {
        const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from polls where source_id = ${`bench-${LIVE_FEED}`}`;
        return row?.count ?? 0;
      },
      "first polls of the live feed",
    ),
  );

  const chance = chanceFrom(1);
  for (let n = 0; n < count; n += 1) {
    await sleep(GAP_MS + chance() * GAP_MORE_MS);
    const { item, atMs } = await site.publish();
    published.set(item, atMs);
    if (n % 10 === 9) process.stderr.write(`  published ${n + 1} of ${count}, received ${took.size}\n`);
  }
  const deadline = performance.now() + LONGEST_MS;
  while (took.size < count && performance.now() < deadline) await sleep(50);
  const mostMb = await monitor.stop();
  if (took.size < count) throw new Error(`Of ${count} items that were published, ${took.size} led to a webhook.`);
  const sorted = [...took.values()].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), most: sorted.at(-1) ?? 0, count, mostMb, load };
}

/** The smallest value that at least this share of the sorted values do not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
