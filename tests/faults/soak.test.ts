import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { shipped } from "../../src/paths.ts";
import { type Publisher, startPublisher } from "./support/publisher.ts";
import { type Servers, startServers } from "./support/servers.ts";
import { startWorkers } from "./support/workers.ts";

/** `npm run soak` does it in full: 200 feeds, 10,000 items in five minutes. */
const FULL = (import.meta as { readonly env?: { readonly MODE?: string } }).env?.MODE === "soak";
const PLAN = FULL
  ? { feeds: 200, itemsPerFeed: 50, overMs: 300_000, killEveryMs: 2_000, every: "30s", awayMs: 5_000 }
  : { feeds: 10, itemsPerFeed: 20, overMs: 30_000, killEveryMs: 4_000, every: "2s", awayMs: 1_500 };
/** After the last fault everything must be in its place within this time. */
const CONVERGED_MS = 120_000;
const PROCESSES = 3;

test(
  `of ${PLAN.feeds * PLAN.itemsPerFeed} items none is lost and none comes twice while processes, Postgres and Redis are killed and the queues emptied`,
  async () => {
    const publisher = await startPublisher(PLAN.feeds, PLAN.itemsPerFeed, PLAN.overMs);
    onTestFinished(publisher.close);
    const servers = await startServers();
    onTestFinished(servers.close);
    const folder = await catalogueOf(publisher);
    const workers = startWorkers(PROCESSES, environment(folder, publisher, servers));
    onTestFinished(workers.close);
    const sql = postgres(servers.databaseUrl, {
      max: 2,
      onnotice: () => {},
      connect_timeout: 5,
      connection: { search_path: "public" },
    });
    onTestFinished(() => sql.end({ timeout: 1 }));
    await until(() => count(sql`select count(*)::int as n from polls`), PLAN.feeds, 120_000);

    publisher.begin();
    const killing = setInterval(workers.killOne, PLAN.killEveryMs);
    const outages = await makeOutages(servers);
    while (!publisher.allOut()) await pause(200);
    clearInterval(killing);

    const lastFaultAt = performance.now();
    const all = PLAN.feeds * PLAN.itemsPerFeed;
    await until(
      () => count(sql`select count(*)::int as n from documents where current_version_id is not null`),
      all,
      CONVERGED_MS,
    );
    await until(
      async () => all - (await count(sql`select count(*)::int as n from items where outcome is null`)),
      all,
      CONVERGED_MS,
    );
    const convergedMs = performance.now() - lastFaultAt;

    const urls = (await sql<{ url: string }[]>`select url from items`).map(({ url }) => url);
    const missing = publisher.addresses().filter((address) => !new Set(urls).has(address));
    const twice = await sql`
      select 'items' as what, url from items group by url having count(*) > 1 union all
      select 'documents', url from documents group by url having count(*) > 1 union all
      select 'captures', d.url from captures c join documents d on d.id = c.document_id group by d.url having count(*) > 1 union all
      select 'versions', d.url from versions v join documents d on d.id = v.document_id group by d.url having count(*) > 1`;
    const parked = await sql`select stage, subject, code, message from stage_failures where remedy = 'park'`;
    const outcomes = await sql`select outcome, count(*)::int as n from items group by outcome`;
    console.log(
      `${urls.length} items; ${workers.kills()} processes killed; Postgres killed ${outages.postgres} times, Redis ${outages.redis} times, emptied ${outages.flushes} times; converged ${(convergedMs / 1_000).toFixed(1)} s after the last fault`,
    );
    expect(missing.length).toBe(0);
    expect([...twice]).toEqual([]);
    expect([...parked]).toEqual([]);
    expect([...outcomes]).toEqual([{ outcome: "new", n: all }]);
    expect(workers.deaths()).toEqual([]);
    expect(outages).toEqual({ postgres: 3, redis: 3, flushes: 3 });
    expect(convergedMs).toBeLessThan(CONVERGED_MS);
  },
  PLAN.overMs + 2 * CONVERGED_MS + 180_000,
);

/** Kills each server three times and empties Redis three times, spread over the time in which items appear. */
async function makeOutages(servers: Servers) {
  const done = { postgres: 0, redis: 0, flushes: 0 };
  const step = PLAN.overMs / 10;
  for (let round = 0; round < 3; round += 1) {
    await pause(step);
    await servers.flushRedis();
    done.flushes += 1;
    await pause(step);
    await servers.crashRedis(PLAN.awayMs);
    done.redis += 1;
    await pause(step);
    await servers.crashPostgres(PLAN.awayMs);
    done.postgres += 1;
  }
  return done;
}

async function catalogueOf(publisher: Publisher): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "parley-soak-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { sources } = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
  const off = sources.map(({ id }) => ({ id, enabled: false, disabledBecause: "a test runs" }));
  const own = Array.from({ length: PLAN.feeds }, (_, feed) => ({
    ...{ id: `soak-${feed}`, title: `Feed ${feed}`, actor: "soak", class: "official-readout", official: false },
    ...{ bloc: "third", languages: ["en"], priority: "A", enabled: true, confidence: "high", plainHttp: true },
    ...{ evidence: ["made for a test"], poll: { every: PLAN.every } },
    list: { kind: "feed", url: publisher.feedUrl(feed) },
  }));
  await mkdir(join(folder, "catalogue"));
  await writeFile(join(folder, "catalogue", "sources.yaml"), JSON.stringify([...off, ...own]));
  const actor = { id: "soak", type: "government-body", name: "Invented Ministry", bloc: "third", parent: null };
  await writeFile(join(folder, "catalogue", "actors.yaml"), JSON.stringify([actor]));
  return folder;
}

function environment(folder: string, publisher: Publisher, { databaseUrl, redisUrl }: Servers) {
  return {
    ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" },
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PARLEY_DATA: join(folder, "data") },
    ...{ PARLEY_CATALOGUE: join(folder, "catalogue"), PARLEY_ALLOW_ADDRESSES: publisher.hosts.join(",") },
    // Five feeds share a host: its pause would be all that is tested.
    ...{ PARLEY_HOST_GAP_MS: "0", PARLEY_LOG_LEVEL: "error", PARLEY_READERS: "1" },
  };
}

async function count(query: PromiseLike<readonly { readonly n?: number }[]>): Promise<number> {
  // The server may be away, or its tables not made yet.
  return Promise.resolve(query).then(
    ([row]) => row?.n ?? 0,
    () => 0,
  );
}

async function until(look: () => Promise<number>, least: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  let seen = 0;
  while (performance.now() < deadline) {
    seen = await look();
    if (seen >= least) return;
    await pause(500);
  }
  throw new Error(`${seen} of ${least} after ${withinMs / 1_000} seconds`);
}

function pause(ms: number): Promise<unknown> {
  return new Promise((done) => setTimeout(done, ms));
}
