import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import type { Source } from "../../src/catalogue/source.ts";
import type { EnqueueOptions, JobData, Perform, Stage } from "../../src/queues.ts";
import type { WorkerContext } from "../../src/workers/context.ts";
import { product } from "./product.ts";

/** What the measured process is asked to do. */
export type Watch = {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly ports: readonly number[];
  readonly sources: number;
  readonly hours: number;
  /** Simulated seconds in a second. */
  readonly speed: number;
};

/** What it measured; times in milliseconds of the machine's own clock unless they say otherwise. */
export type Watched = {
  readonly polls: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly seconds: number;
  readonly late: { readonly p50: number; readonly p95: number; readonly most: number };
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly most: number };
  readonly cpuMsPerPoll: number;
  /** Resident memory at each tenth of the time, MB. */
  readonly memoryMb: readonly number[];
};

const START = Date.parse("2026-05-19T00:00:00Z");
const PACES = ["15m", "15m", "30m", "30m", "1h"];
const LOOP_RESOLUTION_MS = 10;

process.on("message", async (watch: Watch) => {
  process.send?.(await run(watch));
  process.exit(0);
});

async function run(watch: Watch): Promise<Watched> {
  const parley = await product();
  const { databaseUrl, redisUrl, hours, speed } = watch;
  await parley.migrate(databaseUrl, parley.shipped("drizzle"));
  await parley.prepareQueues({ databaseUrl, redisUrl });
  const catalogue = catalogueOf(watch, parley.sourceSchema.parse);
  const { db, close } = parley.openDatabase(databaseUrl, { name: "parley bench", maxConnections: 20 });
  const clock = { startedAt: 0 };
  const now = () => new Date(START + (clock.startedAt === 0 ? 0 : (Date.now() - clock.startedAt) * speed));
  await parley.saveCatalogue(db, catalogue, now());

  const queues = parley.openQueues({ databaseUrl, redisUrl, prefix: "parley-bench-collect" });
  const reader = parley.startReader(catalogue, 2);
  const due = new Map<string, number>();
  const late: number[] = [];
  const context: WorkerContext = {
    ...{ sites: () => null, mirrorsOf: () => [], judge: () => [] },
    ...{ db, reader, now, random: Math.random, log: pino({ level: "warn" }, pino.destination(2)) },
    enqueue: async (stage: Stage, data: JobData[Stage] | readonly JobData[Stage][], { at }: EnqueueOptions = {}) => {
      if (stage !== "poll" || !at) return;
      const { sourceId } = data as JobData["poll"];
      due.set(sourceId, at.getTime());
      if (clock.startedAt > 0) await queues.enqueue("poll", { sourceId }, { at: realTime(at) });
    },
    fetcher: parley.createFetcher({
      userAgent: "Parley/bench (+mailto:desk@parley.example)",
      allowAddresses: watch.ports.map((port) => `127.0.0.1:${port}`),
      perHostGapMs: 0,
    }),
    mailer: parley.createMailer({ smtpUrl: null, mailDir: "/nowhere", from: "Parley <parley@desk.example>" }),
    ...{
      publicUrl: "https://parley.example",
      allowAddresses: [],
      userAgent: "Parley/bench",
      secretKey: new Uint8Array(),
      ruleBook: parley.createRuleBook(),
      lanes: parley.createLanes(),
      firstLooks: parley.createFirstLooks(),
    },
  };
  const realTime = (at: Date) => new Date(clock.startedAt + (at.getTime() - START) / speed);
  const perform = parley.performWith(context, parley.stageWorkers(16, 2));

  process.stderr.write("each source once, so that the rest finds them unchanged\n");
  await inParallel(16, catalogue.sources, ({ id }) => perform("poll", { sourceId: id }, { retry: false }));
  await db.execute(sql`update sources set news_at = '{}', next_poll_at = ${new Date(START).toISOString()}::timestamptz
    + floor(random() * case definition->'poll'->>'every' when '15m' then 90 when '30m' then 180 else 360 end) * interval '10 seconds'`);
  const rows = await db.execute<{ id: string; at: string }>(
    sql`select id, next_poll_at as at from sources where enabled`,
  );
  const before = await countPolls(db);

  process.stderr.write(`${hours} simulated hours in ${((hours * 3_600) / speed).toFixed(0)} seconds\n`);
  clock.startedAt = Date.now() + 3_000;
  for (const { id, at } of rows) await context.enqueue("poll", { sourceId: id }, { at: new Date(at) });
  await sleep(Math.max(0, clock.startedAt - Date.now()));
  const timed: Perform = async (stage, data, about) => {
    const wanted = due.get((data as JobData["poll"]).sourceId);
    if (wanted !== undefined) late.push(Math.max(0, (now().getTime() - wanted) / speed));
    await perform(stage, data, about);
  };
  process.send?.("begun");
  const stop = await queues.work("poll", 16, timed);
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const memoryMb: number[] = [];
  for (let tenth = 0; tenth < 10; tenth += 1) {
    await sleep((hours * 3_600_000) / speed / 10);
    memoryMb.push(Math.round(process.memoryUsage.rss() / 1024 ** 2));
  }
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - startedAt) / 1_000;
  loop.disable();
  await stop();
  const after = await countPolls(db);
  const polls = after.all - before.all;
  late.sort((a, b) => a - b);
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
  const delay = (ns: number) => Math.max(0, ns / 1e6 - LOOP_RESOLUTION_MS);
  await queues.close();
  await reader.close();
  await close();
  return {
    ...{
      polls,
      unchanged: after.unchanged - before.unchanged,
      failed: after.failed - before.failed,
      seconds,
      memoryMb,
    },
    late: { p50: at(0.5), p95: at(0.95), most: at(1) },
    loopDelay: { p50: delay(loop.percentile(50)), p99: delay(loop.percentile(99)), most: delay(loop.max) },
    cpuMsPerPoll: (used.user + used.system) / 1_000 / polls,
  };
}

function catalogueOf({ sources, ports }: Watch, parse: (entry: unknown) => Source) {
  const actor = { id: "bench", type: "government-body" as const, name: "Invented Ministry", bloc: "third" as const };
  const entries = Array.from({ length: sources }, (_, n) =>
    parse({
      ...{
        id: `bench-${n}`,
        title: `Feed ${n}`,
        actor: "bench",
        class: "official-readout",
        official: true,
        bloc: "third",
      },
      ...{ languages: ["en"], priority: "A", enabled: true, confidence: "high", evidence: ["made for a measurement"] },
      ...{ plainHttp: true, poll: { every: PACES[n % PACES.length] } },
      list: { kind: "feed", url: `http://127.0.0.1:${ports[n % ports.length]}/${n}.xml` },
    }),
  );
  return {
    sources: entries,
    actors: [{ ...actor, aliases: [], abbreviations: [], zh: [], parent: null, offices: [], evidence: [] }],
    ...{ ambiguityRules: [], nations: [], topics: [], developmentTypes: [], events: [], phrases: [], sites: [] },
  };
}

async function countPolls(db: WorkerContext["db"]) {
  const [row] = await db.execute<{ all: number; unchanged: number; failed: number }>(sql`
    select count(*)::int as all, count(*) filter (where outcome = 'unchanged')::int as unchanged,
      count(*) filter (where outcome = 'failed')::int as failed from polls`);
  return row ?? { all: 0, unchanged: 0, failed: 0 };
}

async function inParallel<T>(width: number, all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const lane = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await run(one);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
