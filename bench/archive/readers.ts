import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Archive } from "../parts/archive.ts";
import type { Row } from "../parts/report.ts";
import { type Filled, fillStatements } from "./fill.ts";
import { type Pace, paceName } from "./pace.ts";
import type { PageGroup } from "./pages.ts";
import type { ReadersReport, ReadersTask } from "./reader-clients.ts";
import { startWebProcess } from "./web-process.ts";

const READERS = 200;
/** Half of the smallest machine that is measured: reading pages and news, not keeping what they say, is what the workers' time goes into. */
const WRITERS = 2;
/** What is kept meanwhile was said in the last hundred of two thousand days. */
const LATELY = 0.95;
/** Of ten pages that a reader loads: what people come for more often than the rest. */
const SHARES: Readonly<Record<string, number>> = { statements: 3, "a statement": 2, api: 2 };
/** Until everybody has loaded the first page or two. */
const WARM_UP_MS = 10_000;

/**
 * Keeps statements as the workers do, once while nobody reads, and then for each pace once while 200 people read pages and ask the API
 * and once more without them; tells how fast that went with readers as against without, and what the readers saw.
 *
 * The pages come from a process of its own, `parley start --only web`, as docs/operations.md separates them; the readers are
 * another, the writers are threads of this one.
 *
 * @param statements - How many are kept each time.
 * @param paces - How long a reader looks at a page before the next; each is measured by itself.
 * @param folder - For what the process of the pages puts down.
 */
export async function timeReaders(
  archive: Archive,
  groups: readonly PageGroup[],
  {
    statements,
    paces,
    folder,
  }: { readonly statements: number; readonly paces: readonly Pace[]; readonly folder: string },
): Promise<readonly Row[]> {
  const data = join(folder, "readers");
  const rows: Row[] = [];
  let load = loadavg()[0] ?? null;
  let before = await keep(archive, statements);
  for (const pace of paces) {
    const beside = await keepBesideReaders(archive, addressesOf(groups), { statements, pace, data });
    const after = await keep(archive, statements);
    rows.push(...rowsOf({ ...beside, before, after, load }, pace));
    [before, load] = [after, null];
  }
  return rows;
}

async function keepBesideReaders(
  archive: Archive,
  addresses: readonly string[],
  { statements, pace, data }: { readonly statements: number; readonly pace: Pace; readonly data: string },
) {
  const { url, monitor: web } = await startWebProcess(archive.url, data);
  const clients = fork(fileURLToPath(new URL("./reader-clients.js", import.meta.url)), [], {
    serialization: "advanced",
  });
  const measure = async () => {
    clients.send({ url, addresses, readers: READERS, pace } satisfies ReadersTask);
    await web.during(sleep(WARM_UP_MS));
    await report(clients);
    const started = performance.now();
    const used = (await web.cpu()).all;
    const kept = await web.during(keep(archive, statements));
    const seconds = (performance.now() - started) / 1_000;
    const seen = await report(clients);
    return { kept, seen, seconds, cores: used === null ? null : (((await web.cpu()).all ?? 0) - used) / seconds };
  };
  const [outcome] = await Promise.allSettled([measure()]);
  clients.kill();
  const most = await web.stop();
  if (outcome.status === "rejected") throw outcome.reason;
  return { ...outcome.value, most };
}

type Run = {
  /** How fast statements were kept without readers before, with them, and without them afterwards. */
  readonly before: Filled;
  readonly kept: Filled;
  readonly after: Filled;
  readonly seen: ReadersReport;
  readonly seconds: number;
  /** Processors and memory in MB that the process of the pages took; null without /proc. */
  readonly cores: number | null;
  readonly most: number | null;
  readonly load: number | null;
};

function rowsOf({ before, kept, after, seen, seconds, cores, most, load }: Run, pace: Pace): readonly Row[] {
  const alone = (before.perSecond + after.perSecond) / 2;
  const wrong = Object.entries(seen.errors);
  const failed = wrong.reduce((sum, [, count]) => sum + count, 0);
  const sorted = [...seen.tookMs].sort((a, b) => a - b);
  const quantile = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  const rate = (perSecond: number) => `${Math.round(perSecond).toLocaleString("en")}/s`;
  const name = `${READERS} readers, ${paceName(pace)}`;
  const process = cores === null ? "" : `; the process of the pages ${cores.toFixed(2)} cores, ${most?.toFixed(0)} MB`;
  return [
    {
      name: `${name}: statements kept meanwhile`,
      value: `${(kept.perSecond / alone).toFixed(2)} (${rate(kept.perSecond)}; without readers ${rate(before.perSecond)} before, ${rate(after.perSecond)} after)`,
      ...{ target: "≥ 0.80 of the rate without", met: kept.perSecond >= 0.8 * alone, load },
    },
    {
      name: `${name}: errors`,
      value: `${failed} of ${sorted.length + failed}${wrong.map(([what, count]) => `, ${count} × ${what}`).join("")}`,
      ...{ target: "0", met: failed === 0, load: null },
    },
    {
      name: `${name}: pages`,
      value: `${(sorted.length / seconds).toFixed(1)}/s; p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms${process}`,
      ...{ target: "", met: null, load: null },
    },
  ];
}

function keep(archive: Archive, statements: number): Promise<Filled> {
  return fillStatements(archive.url, archive.sql, statements, { writers: WRITERS, from: LATELY });
}

/** Puts the pages of all groups in one row, those more often that people come for. */
function addressesOf(groups: readonly PageGroup[]): readonly string[] {
  const repeated = groups.flatMap(({ name, addresses }) => Array<readonly string[]>(SHARES[name] ?? 1).fill(addresses));
  const most = Math.max(...repeated.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) =>
    repeated.flatMap((addresses, group) => addresses[(at + group) % addresses.length] ?? []),
  ).flat();
}

async function report(clients: ChildProcess): Promise<ReadersReport> {
  const answer = once(clients, "message");
  clients.send("report");
  return (await answer)[0];
}
