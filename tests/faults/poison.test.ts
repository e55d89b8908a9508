import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { shipped } from "../../src/paths.ts";
import { type Loopback, serve } from "../net/support/loopback.ts";
import { makeDatabase } from "../support/database.ts";
import { rss } from "../support/pages.ts";
import { startProgram } from "../support/program.ts";
import { POISONS } from "./support/poison.ts";

const GOOD = 100;
const GOOD_EVERY_MS = 4_000;
/** No good feed is later than a poll may be at all (docs/benchmarks.md). */
const ON_TIME_MS = 5_000;
/** A loop that stands still for longer keeps timers and other jobs waiting. */
const LONGEST_DELAY_MS = 500;
/** Three drips of 20 seconds, and ten for each reading that is stopped. */
const LONGEST_MS = 120_000;

test(
  "sixty and more poisonous documents hurt neither the process nor the hundred good feeds beside them",
  async () => {
    expect(POISONS.length).toBeGreaterThanOrEqual(60);
    const good = await Promise.all(
      Array.from({ length: 10 }, () => serve((_, response) => response.end(rss([{ key: "a" }])))),
    );
    const poisonous = await Promise.all(
      POISONS.map(({ answer }) =>
        serve((request, response) => answer(response, `http://${request.headers.host}${request.url}`)),
      ),
    );
    const database = await makeDatabase();
    onTestFinished(database.drop);
    const folder = await catalogueOf(good, poisonous);
    const program = startProgram(monitor(database.url, folder, [...good, ...poisonous]));
    onTestFinished(program.kill);
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    onTestFinished(() => sql.end({ timeout: 1 }));
    expect(await program.line()).toBe("running");
    const deadline = performance.now() + LONGEST_MS;
    while (performance.now() < deadline) {
      const [row] = await sql<
        { n: number }[]
      >`select count(distinct source_id)::int as n from polls where source_id like 'poison-%'`;
      if (row?.n === POISONS.length) break;
      await new Promise((done) => setTimeout(done, 500));
    }
    program.say("enough");
    const { delayMs, rssMb } = JSON.parse(await program.line()) as { delayMs: number; rssMb: number };
    expect(await program.ended()).toBe(0);

    const polls = await sql<
      { n: number; outcome: string; code: string | null; seen: number; message: string | null }[]
    >`
    select distinct on (source_id) substr(source_id, 8)::int as n, outcome, failure_code as code, items_seen as seen, message
    from polls where source_id like 'poison-%' order by source_id, id`;
    const wrong = POISONS.flatMap((poison, n) => {
      const poll = polls.find((one) => one.n === n);
      if (!poll) return [`${poison.name}: never polled`];
      const { outcome, code, seen, message } = poll;
      const allowed =
        poison.outcome === "read"
          ? outcome === "read"
          : poison.outcome
            ? poison.outcome.includes(code ?? "read")
            : code !== "defect";
      const counted = poison.items === undefined || seen === poison.items;
      return allowed && counted ? [] : [`${poison.name}: ${code ?? outcome}, ${seen} items; ${message ?? ""}`];
    });
    const late = await sql<{ ms: number }[]>`
    select extract(epoch from started_at - lag(finished_at) over (partition by source_id order by id)) * 1000 - ${GOOD_EVERY_MS} * 1.1 as ms
    from polls where source_id like 'good-%'`;
    const lateness = late.map(({ ms }) => Number(ms)).filter((ms) => ms > 0);
    const failed =
      await sql`select source_id, failure_code from polls where source_id like 'good-%' and outcome = 'failed'`;
    const [counts] = await sql<{ sources: number; polls: number }[]>`
    select count(distinct source_id)::int as sources, count(*)::int as polls from polls where source_id like 'good-%'`;
    console.log(
      `${POISONS.length} poisons; ${counts?.polls} polls of good feeds, latest by ${Math.max(0, ...lateness).toFixed(0)} ms; longest event-loop delay ${delayMs.toFixed(0)} ms; ${rssMb} MB`,
    );
    expect(wrong).toEqual([]);
    expect([...failed]).toEqual([]);
    expect(counts?.sources).toBe(GOOD);
    expect(Math.max(0, ...lateness)).toBeLessThan(ON_TIME_MS);
    expect(delayMs).toBeLessThan(LONGEST_DELAY_MS);
  },
  LONGEST_MS + 60_000,
);

/** A monitor that polls, and tells the longest delay of its loop when it is told to stop. */
function monitor(databaseUrl: string, folder: string, servers: readonly Loopback[]): string {
  const settings = {
    ...{ DATABASE_URL: databaseUrl, PARLEY_DATA: join(folder, "data"), PARLEY_CATALOGUE: join(folder, "catalogue") },
    ...{ PARLEY_ALLOW_ADDRESSES: servers.map(({ host }) => host).join(","), PARLEY_HOST_GAP_MS: "0" },
  };
  const module = (path: string) => JSON.stringify(`file://${shipped(`dist/${path}.js`)}`);
  return `
    import { monitorEventLoopDelay } from "node:perf_hooks";
    const { startApp } = await import(${module("app")});
    const { readConfig } = await import(${module("config")});
    const { pino } = await import(${JSON.stringify(`file://${shipped("node_modules/pino/pino.js")}`)}).then((found) => found.default);
    const app = await startApp(readConfig(${JSON.stringify(settings)}), {
      only: ["poll", "reconcile", "watch"], say: () => {}, log: pino({ level: "fatal" }, pino.destination(2)),
    });
    const loop = monitorEventLoopDelay({ resolution: 10 });
    loop.enable();
    console.log("running");
    await new Promise((go) => process.stdin.once("data", go));
    loop.disable();
    console.log(JSON.stringify({ delayMs: loop.max / 1e6, rssMb: Math.round(process.memoryUsage.rss() / 1048576) }));
    await app.close();
    process.exit(0);
  `;
}

async function catalogueOf(good: readonly Loopback[], poisonous: readonly Loopback[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parley-poison-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { sources } = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
  const off = sources.map(({ id }) => ({ id, enabled: false, disabledBecause: "a test runs" }));
  const entry = (id: string, url: string, every: string) => ({
    ...{
      id,
      title: id,
      actor: "norland",
      class: "official-readout",
      official: false,
      bloc: "third",
      languages: ["en"],
    },
    ...{ priority: "A", enabled: true, confidence: "high", plainHttp: true, evidence: ["made for a test"] },
    ...{ poll: { every }, list: { kind: "feed", url } },
  });
  const own = [
    ...Array.from({ length: GOOD }, (_, n) =>
      entry(`good-${n}`, `${good[n % good.length]?.url}/${n}`, `${GOOD_EVERY_MS / 1_000}s`),
    ),
    ...poisonous.map(({ url }, n) => entry(`poison-${n}`, `${url}/feed`, "1d")),
  ];
  await mkdir(join(folder, "catalogue"));
  await writeFile(join(folder, "catalogue", "sources.yaml"), JSON.stringify([...off, ...own]));
  const actor = { id: "norland", type: "state", name: "Norland", bloc: "third", parent: null };
  await writeFile(join(folder, "catalogue", "actors.yaml"), JSON.stringify([actor]));
  return folder;
}
