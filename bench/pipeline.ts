import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { startTestRedis } from "../tests/support/redis-server.ts";
import { openArchive, printStatements } from "./parts/archive.ts";
import { type Baseline, runBaseline } from "./parts/baseline.ts";
import { type Latency, measureLatency } from "./parts/latency.ts";
import { benchOptions } from "./parts/options.ts";
import { writeOverlay } from "./parts/overlay.ts";
import { machine, type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";
import { environmentFor, type Scale, type Setup, sourcesOf } from "./parts/setup.ts";
import { measureDocuments, measureFeeds, measureUnchanged, type Stretch } from "./parts/throughput.ts";
import { startSite } from "./site/site.ts";

const given = benchOptions(
  "bench:pipeline",
  "Times the whole pipeline against a loopback server: a table of figures, targets and verdicts. Takes about five minutes, with --quick under one.",
  {
    quick: { says: "50 feeds and 12 webhooks, without the comparison of a small archive with the whole one" },
    redis: { says: "queues in Redis: that of REDIS_URL, or one started for it" },
    feeds: { number: null, says: "how many feeds (500, with --quick 50)" },
    items: { number: 30, says: "items of each feed" },
    hosts: { number: 1, says: "hosts that the feeds stand on" },
    latencies: { number: null, says: "items timed from publication to webhook (80, with --quick 12)" },
    parts: {
      parts: ["feeds", "documents", "unchanged", "latency", "baseline", "growth"],
      says: "what is measured; feeds always is",
    },
    statements: { says: "print the SQL statements that took longest" },
    write: { says: "write the table into docs/benchmarks.md" },
  },
);

const { parts } = given;
const scale: Scale = { feeds: given.feeds ?? (given.quick ? 50 : 500), items: given.items, hosts: given.hosts };
const latencies = given.latencies ?? (given.quick ? 12 : 80);

/** Everything that one archive was measured for. */
type Run = {
  readonly feeds: Stretch;
  readonly documents: Stretch | null;
  readonly unchanged: Awaited<ReturnType<typeof measureUnchanged>> | null;
  readonly latency: Latency | null;
  readonly baseline: Baseline | null;
  readonly postgres: string;
};

const redis = given.redis ? await findRedis() : null;
const rows: Row[] = [];
const whole = await runOnce(scale, parts);
rows.push(...rowsOf(whole));
if (parts.has("growth") && !given.quick) rows.push(...(await growth(whole)));
await redis?.close();

const heading = [
  `Measured ${new Date().toISOString().slice(0, 10)}: ${scale.feeds} feeds × ${scale.items} items from a loopback server (${scale.hosts} host${scale.hosts === 1 ? "" : "s"}) in another process; queues in ${redis ? "Redis" : "Postgres"}.`,
  `Machine: ${machine(whole.postgres)}.`,
  "Settings: the embedded defaults; PARLEY_HOST_GAP_MS=0, because all feeds stand on one machine, is the one setting that differs.",
].join("\n\n");
const report = `${heading}\n\n${tableOf(rows)}`;
console.log(report);
if (given.write) {
  const file = new URL("../../docs/benchmarks.md", import.meta.url);
  await writeBetweenMarkers(file, redis ? "bench:pipeline redis" : "bench:pipeline", report);
}

/** Measures one archive from empty, in a folder that is thrown away. */
async function runOnce(size: Scale, wanted: ReadonlySet<string>): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "parley-bench-"));
  // The embedded server's user must be able to pass through.
  await chmod(folder, 0o755);
  await mkdir(join(folder, "data"));
  const site = await startSite(size.hosts, size.feeds, size.items);
  const archive = await openArchive(join(folder, "data"), given.statements);
  const setup: Setup = {
    folder,
    scale: size,
    site,
    archive,
    env: environmentFor(folder, site.ports, redis?.url ?? null),
  };
  try {
    await writeOverlay(join(folder, "catalogue"), sourcesOf(size, site.ports));
    say(`${size.feeds} feeds × ${size.items} items`);
    const run = {
      feeds: await measureFeeds(setup),
      documents: wanted.has("documents") ? await measureDocuments(setup) : null,
      unchanged: wanted.has("unchanged") ? await measureUnchanged(setup) : null,
      latency: wanted.has("latency") ? await measureLatency(setup, latencies) : null,
      baseline: wanted.has("baseline") ? await naive(setup) : null,
      postgres: archive.version.split(" ")[0] ?? archive.version,
    };
    if (given.statements) await printStatements(archive, 40);
    return run;
  } finally {
    site.close();
    await archive.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function naive({ archive, scale: { feeds }, site }: Setup): Promise<Baseline> {
  say("the naive script");
  const urls = Array.from(
    { length: feeds },
    (_, n) => `http://127.0.0.1:${site.ports[n % site.ports.length]}/feed/${n}.xml`,
  );
  return runBaseline(archive.url, urls);
}

/** Compares the cost of a document in a small archive with that in the whole one. */
async function growth({ documents }: Run): Promise<readonly Row[]> {
  const small = await runOnce({ ...scale, feeds: Math.round(scale.feeds / 5) }, new Set(["documents"]));
  if (!documents || !small.documents) return [];
  const each = ({ seconds, count }: Stretch) => (seconds / count) * 1_000;
  const ratio = each(documents) / each(small.documents);
  const value = `${each(small.documents).toFixed(2)} ms → ${each(documents).toFixed(2)} ms (×${ratio.toFixed(2)})`;
  const name = `time per document, ${small.documents.count} → ${documents.count} documents`;
  return [{ name, value, target: "at most ×1.25", met: ratio <= 1.25, load: small.documents.load }];
}

function rowsOf({ feeds, documents, unchanged, latency, baseline }: Run): readonly Row[] {
  const cores = availableParallelism();
  const found: Row[] = [];
  const itemsPerSecond = feeds.count / feeds.seconds;
  found.push(
    row(
      "new items, feeds only",
      `${fixed(itemsPerSecond)}/s (${feeds.seconds.toFixed(1)} s)`,
      "2,000/s",
      itemsPerSecond >= 2_000,
      feeds.load,
    ),
  );
  found.push(row("start of the process until the first poll", `${feeds.startSeconds.toFixed(1)} s`, "", null, null));
  if (documents) {
    const rate = documents.count / documents.seconds;
    const target = Math.min(150, 40 * cores);
    found.push(
      row(
        "documents fetched, archived, read, detected",
        `${fixed(rate)}/s (${documents.seconds.toFixed(1)} s)`,
        `${target}/s on ${cores} cores`,
        rate >= target,
        documents.load,
      ),
    );
    found.push(
      row(
        "the same per core",
        `${(rate / cores).toFixed(1)}/s`,
        "40/s",
        rate / cores >= Math.min(40, 150 / cores),
        null,
      ),
    );
    found.push(
      row(
        "processor time per document",
        `${perDocument(documents.nodeCpu, documents)} Node (${perDocument(documents.mainThreadCpu, documents)} main thread), ${perDocument(documents.postgresCpu, documents)} Postgres`,
        "",
        null,
        null,
      ),
    );
  }
  if (unchanged) {
    const rate = unchanged.count / unchanged.seconds;
    found.push(
      row(
        "second poll of unchanged feeds",
        `${fixed(rate)}/s; ${unchanged.unchanged} of ${unchanged.count} ended in 304`,
        "all 304",
        unchanged.unchanged === unchanged.count,
        unchanged.load,
      ),
    );
    found.push(row("items added by it", String(unchanged.added), "0", unchanged.added === 0, null));
  }
  if (latency) {
    const { p50, p95, most, count, load } = latency;
    found.push(
      row(
        `publication to webhook, ${count} items`,
        `p50 ${fixed(p50)} ms, p95 ${fixed(p95)} ms, most ${fixed(most)} ms`,
        "p95 under 1,500 ms",
        p95 < 1_500,
        load,
      ),
    );
  }
  const memory = [feeds, documents, unchanged, latency].flatMap((part) => (part?.mostMb ? [part.mostMb] : []));
  if (memory.length > 0) {
    const most = Math.max(...memory);
    found.push(
      row(
        "most memory of the Node process",
        `${fixed(most)} MB (${memory.map(fixed).join(", ")} by part)`,
        "under 350 MB",
        most < 350,
        null,
      ),
    );
  }
  if (baseline) {
    const naiveRate = baseline.documents / baseline.documentSeconds;
    const ratio = documents
      ? `; Parley does ${(documents.count / documents.seconds / naiveRate).toFixed(2)} of it`
      : "";
    found.push(
      row("naive script, feeds only", `${fixed(baseline.documents / baseline.feedSeconds)} items/s`, "", null, null),
    );
    found.push(row("naive script, pages", `${fixed(naiveRate)}/s${ratio}`, "", null, null));
  }
  return found;
}

function row(name: string, value: string, target: string, met: boolean | null, load: number | null): Row {
  return { name, value, target, met, load };
}

function perDocument(cpuSeconds: number | null, { count }: Stretch): string {
  return cpuSeconds === null ? "unknown" : `${((cpuSeconds / count) * 1_000).toFixed(1)} ms`;
}

function fixed(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

async function findRedis(): Promise<{ url: string; close: () => Promise<void> }> {
  return process.env.REDIS_URL ? { url: process.env.REDIS_URL, close: async () => {} } : startTestRedis();
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
