import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import type postgres from "postgres";
import { startMonitor } from "./monitor.ts";
import type { Setup } from "./setup.ts";

/** One measured stretch of work. */
export type Stretch = {
  readonly seconds: number;
  readonly count: number;
  /** From the start of the process to the first poll or fetch, in seconds; not part of `seconds`. */
  readonly startSeconds: number;
  readonly mostMb: number | null;
  /** Processor seconds of the Node process, of its main thread alone, and of Postgres, over the whole life of the process. */
  readonly nodeCpu: number | null;
  readonly mainThreadCpu: number | null;
  readonly postgresCpu: number | null;
  /** Load of the machine (1 minute) when the stretch began. */
  readonly load: number;
};

const POLLING = ["--only", "poll,reconcile"];

/** Polls every feed of an empty archive: from the first poll until the last item is stored. */
export async function measureFeeds(setup: Setup): Promise<Stretch> {
  const { feeds, items } = setup.scale;
  return measure(setup, POLLING, feeds * items, "items stored", countItems, async (sql) => {
    const [row] = await sql<{ from: Date; to: Date }[]>`
      select min(started_at) as from, max(finished_at) as to from polls`;
    return row;
  });
}

/** Fetches, archives, reads and detects all that the feeds listed: from the first capture until the last version is detected. */
export async function measureDocuments(setup: Setup): Promise<Stretch> {
  const { feeds, items } = setup.scale;
  return measure(setup, [], feeds * items, "documents read and detected", countDetected, async (sql) => {
    const [row] = await sql<{ from: Date }[]>`
      select min(fetched_at) - min(elapsed_ms) * interval '1 millisecond' as from from captures`;
    return row && { from: row.from, to: new Date() };
  });
}

/** Polls every feed again, none of which has changed. */
export async function measureUnchanged(
  setup: Setup,
): Promise<Stretch & { readonly added: number; readonly unchanged: number }> {
  const { sql } = setup.archive;
  const itemsBefore = await countItems(sql);
  const [last] = await sql<{ id: number }[]>`select max(id)::int as id from polls`;
  const lastPoll = last?.id ?? 0;
  await sql`update sources set next_poll_at = now() where enabled`;
  const countPolls = async (client: postgres.Sql) => {
    const [row] = await client<{ count: number }[]>`select count(*)::int as count from polls where id > ${lastPoll}`;
    return row?.count ?? 0;
  };
  const stretch = await measure(
    setup,
    POLLING,
    setup.scale.feeds,
    "unchanged feeds polled",
    countPolls,
    async (client) => {
      const [row] = await client<{ from: Date; to: Date }[]>`
      select min(started_at) as from, max(finished_at) as to from polls where id > ${lastPoll}`;
      return row;
    },
  );
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from polls where id > ${lastPoll} and outcome = 'unchanged' and http_status = 304`;
  return { ...stretch, unchanged: row?.count ?? 0, added: (await countItems(sql)) - itemsBefore };
}

async function measure(
  { archive, env }: Setup,
  args: readonly string[],
  least: number,
  about: string,
  count: (sql: postgres.Sql) => Promise<number>,
  bounds: (sql: postgres.Sql) => Promise<{ readonly from: Date; readonly to: Date } | undefined>,
): Promise<Stretch> {
  const load = loadavg()[0] ?? 0;
  const postgresBefore = await archive.cpu();
  const startedAt = new Date();
  const started = performance.now();
  const monitor = startMonitor(args, env);
  await monitor.during(archive.until(least, count, about));
  const measured = await bounds(archive.sql);
  const { all: nodeCpu, mainThread: mainThreadCpu } = await monitor.cpu();
  const postgresAfter = await archive.cpu();
  const mostMb = await monitor.stop();
  if (!measured) throw new Error(`Nothing was measured of ${about}.`);
  const seconds = (measured.to.getTime() - measured.from.getTime()) / 1_000;
  const total = (performance.now() - started) / 1_000;
  process.stderr.write(`  ${about}: ${least} in ${seconds.toFixed(1)} s (${total.toFixed(1)} s with start and stop)\n`);
  return {
    ...{ seconds, count: least, mostMb, nodeCpu, mainThreadCpu, load },
    startSeconds: (measured.from.getTime() - startedAt.getTime()) / 1_000,
    postgresCpu: postgresBefore === null || postgresAfter === null ? null : postgresAfter - postgresBefore,
  };
}

async function countItems(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from items`;
  return row?.count ?? 0;
}

async function countDetected(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<
    { count: number }[]
  >`select count(*)::int as count from versions where detected_by is not null`;
  return row?.count ?? 0;
}
