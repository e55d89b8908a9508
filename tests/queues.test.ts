import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { checkRedis } from "../src/check-redis.ts";
import { openQueues, type Perform, prepareQueues, type QueuePlace, type Queues } from "../src/queues.ts";
import { useDatabase } from "./support/database.ts";
import { redisProgram, startProgram } from "./support/redis-server.ts";

const db = useDatabase();

/** Opens queues of their own for one test, closed when it ends. */
async function open(backend: "redis" | "postgres", says: Partial<QueuePlace> = {}): Promise<Queues> {
  const place = {
    databaseUrl: db.url(),
    redisUrl: backend === "redis" ? inject("redisUrl") : null,
    prefix: `test-${randomBytes(6).toString("hex")}`,
    ...says,
  };
  await prepareQueues(place);
  const queues = openQueues(place);
  if (backend === "postgres") await queues.clear();
  onTestFinished(() => queues.close());
  return queues;
}

/** Starts a worker that notes what it is given; the test may say what a job does besides. */
async function listen(queues: Queues, does: (subject: number) => Promise<void> = async () => {}, concurrency = 1) {
  const seen: { itemId: number; retry: boolean; at: number }[] = [];
  const perform: Perform = async (_stage, data, { retry }) => {
    const { itemId } = data as { itemId: number };
    seen.push({ itemId, retry, at: Date.now() });
    await does(itemId);
  };
  const stop = await queues.work("fetch", concurrency, perform);
  let stopped: Promise<void> | null = null;
  const once = () => {
    stopped ??= stop();
    return stopped;
  };
  onTestFinished(once);
  return { seen, ids: () => seen.map(({ itemId }) => itemId), stop: once };
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

describe.each(["redis", "postgres"] as const)("with the queues in %s", (backend) => {
  test("a job runs once, with its data", async () => {
    const queues = await open(backend);
    const worker = await listen(queues);
    await queues.enqueue("fetch", { itemId: 7 });
    await until(() => expect(worker.ids()).toEqual([7]));
    await sleep(200);
    expect(worker.seen).toMatchObject([{ itemId: 7, retry: false }]);
  });

  test("many jobs are added at once, and none to do is nothing to do", async () => {
    const queues = await open(backend);
    await queues.enqueue("fetch", []);
    await queues.enqueue(
      "fetch",
      Array.from({ length: 300 }, (_, itemId) => ({ itemId })),
    );
    const worker = await listen(queues, undefined, 8);
    await until(() => expect(worker.seen).toHaveLength(300));
    expect(new Set(worker.ids()).size).toBe(300);
  });

  test("a job that waits is not added twice", async () => {
    const queues = await open(backend);
    for (let time = 0; time < 3; time += 1) await queues.enqueue("fetch", { itemId: 1 });
    await queues.enqueue("fetch", [{ itemId: 1 }, { itemId: 2 }]);
    const worker = await listen(queues);
    await until(() => expect(worker.ids().sort()).toEqual([1, 2]));
    await sleep(300);
    expect(worker.ids().sort()).toEqual([1, 2]);
  });

  test("a job that ran may be added again and runs again", async () => {
    const queues = await open(backend);
    const worker = await listen(queues);
    for (let time = 1; time <= 3; time += 1) {
      await queues.enqueue("fetch", { itemId: 1 });
      await until(() => expect(worker.seen).toHaveLength(time));
      // The job leaves the queue a moment after its work is done.
      await until(async () => expect((await queues.counts("fetch")).active).toBe(0));
    }
  });

  test("a second try says that it is one, and stands beside the first", async () => {
    const queues = await open(backend);
    await queues.enqueue("fetch", { itemId: 1 });
    await queues.enqueue("fetch", { itemId: 1 }, { retry: true });
    const worker = await listen(queues);
    await until(() => expect(worker.seen).toHaveLength(2));
    expect(worker.seen.map(({ retry }) => retry).sort()).toEqual([false, true]);
  });

  test("a job for later runs at its time and not before", async () => {
    const queues = await open(backend);
    const worker = await listen(queues);
    const at = new Date(Date.now() + 1_500);
    await queues.enqueue("fetch", { itemId: 1 }, { at });
    await queues.enqueue("fetch", { itemId: 1 }, { at });
    await until(() => expect(worker.seen).toHaveLength(1));
    expect((worker.seen[0]?.at ?? 0) - at.getTime()).toBeGreaterThanOrEqual(-20);
    await sleep(300);
    expect(worker.seen).toHaveLength(1);
  });

  test("a job for a time that is past runs now", async () => {
    const queues = await open(backend);
    const worker = await listen(queues);
    await queues.enqueue("fetch", { itemId: 1 }, { at: new Date("2020-01-01T00:00:00Z") });
    await until(() => expect(worker.ids()).toEqual([1]));
  });

  test("a job that throws is tried again", async () => {
    const queues = await open(backend);
    let left = 2;
    const worker = await listen(queues, async () => {
      if (left-- > 0) throw new Error("the database is away");
    });
    await queues.enqueue("fetch", { itemId: 1 });
    await until(() => expect(worker.ids()).toEqual([1, 1, 1]));
    await until(async () => expect(sum(await queues.counts("fetch"))).toBe(0));
  });

  test("two workers never do one job at the same time", async () => {
    const queues = await open(backend);
    const busy = new Set<number>();
    let clashes = 0;
    const slowly = async (itemId: number) => {
      if (busy.has(itemId)) clashes += 1;
      busy.add(itemId);
      await sleep(20);
      busy.delete(itemId);
    };
    const workers = [await listen(queues, slowly, 4), await listen(queues, slowly, 4)];
    for (let round = 0; round < 5; round += 1) {
      await queues.enqueue(
        "fetch",
        Array.from({ length: 20 }, (_, itemId) => ({ itemId })),
      );
      await sleep(50);
    }
    await until(async () => expect(sum(await queues.counts("fetch"))).toBe(0));
    expect(clashes).toBe(0);
    const each = workers.flatMap(({ ids }) => ids());
    expect(new Set(each).size).toBe(20);
  });

  test("a stop waits for the job that runs, and takes no other", async () => {
    const queues = await open(backend);
    let finished = 0;
    const worker = await listen(queues, async () => {
      await sleep(800);
      finished += 1;
    });
    await queues.enqueue("fetch", [{ itemId: 1 }, { itemId: 2 }]);
    await until(() => expect(worker.seen).toHaveLength(1));
    await worker.stop();
    expect(finished).toBe(1);
    expect(worker.seen).toHaveLength(1);
    expect((await queues.counts("fetch")).waiting).toBe(1);
  });

  test("clearing them takes every job away, also those for later", async () => {
    const queues = await open(backend);
    await queues.enqueue("fetch", [{ itemId: 1 }, { itemId: 2 }]);
    await queues.enqueue("fetch", { itemId: 3 }, { at: new Date(Date.now() + 60_000) });
    await queues.enqueue("read", { captureId: 1 });
    await queues.clear();
    expect(sum(await queues.counts("fetch")) + sum(await queues.counts("read"))).toBe(0);
  });

  test("what comes round at a pace comes round again after the queues were emptied", async () => {
    const queues = await open(backend);
    let ticks = 0;
    const stop = await queues.work("reconcile", 1, async () => {
      ticks += 1;
    });
    onTestFinished(stop);
    await queues.repeat("reconcile", 300);
    await until(() => expect(ticks).toBeGreaterThan(1));
    await queues.clear();
    const before = ticks;
    await until(() => expect(ticks).toBeGreaterThan(before + 1));
  });

  test("what comes round at a pace does so once, however many processes ask for it", async () => {
    const queues = await open(backend);
    let ticks = 0;
    const stop = await queues.work("watch", 1, async () => {
      ticks += 1;
    });
    onTestFinished(stop);
    await Promise.all([1, 2, 3].map(() => queues.repeat("watch", 500)));
    await sleep(2_600);
    expect(ticks).toBeGreaterThanOrEqual(3);
    // Six, and each of those who ask at the same moment may begin with one; three paces would make fifteen.
    expect(ticks).toBeLessThanOrEqual(9);
  });
});

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

describe("when the queue is away", () => {
  test("adding to it does not throw and says so; workers go on when Redis is back", async () => {
    const program = await redisProgram();
    const first = await startProgram(program);
    const said: string[] = [];
    const queues = await open("redis", { redisUrl: first.url, onTrouble: (sentence) => said.push(sentence) });
    const worker = await listen(queues);
    await queues.enqueue("fetch", { itemId: 1 });
    await until(() => expect(worker.ids()).toEqual([1]));
    await first.close();
    await queues.enqueue("fetch", { itemId: 2 });
    expect(said).toContain("Could not add to the fetch queue; reconcile will");
    const again = await startProgram(program, Number(new URL(first.url).port));
    await vi.waitFor(
      async () => {
        await queues.enqueue("fetch", { itemId: 3 });
        expect(worker.ids()).toContain(3);
      },
      { timeout: 40_000, interval: 500 },
    );
    await again.close();
    const stopping = Date.now();
    await worker.stop();
    expect(Date.now() - stopping, "a stop does not wait for a Redis that is away").toBeLessThan(10_000);
  }, 60_000);

  test("a Redis that does not answer is a failure that says what to do, without the password", async () => {
    await expect(checkRedis("redis://:open-sesame@127.0.0.1:1")).rejects.toMatchObject({
      code: "redis-unreachable",
      message: expect.not.stringContaining("open-sesame"),
    });
    await expect(checkRedis("redis://127.0.0.1:1")).rejects.toThrow(/unset it to keep the queues in Postgres/);
  });

  test("a Redis that answers is taken, with its version", async () => {
    expect(await checkRedis(inject("redisUrl"))).toMatchObject({
      version: expect.stringMatching(/^\d+\./),
      warning: null,
    });
  });
});

describe("queues in Postgres", () => {
  /** Lists what the connections of the queues were last asked, and counts a table's rows. */
  const asked = () =>
    db().execute<{ query: string }>(sql`
      select query from pg_stat_activity where application_name = 'parley queues' and datname = current_database()`);

  test("listen on one connection for the workers of all stages, which are all woken", async () => {
    const queues = await open("postgres");
    const seen: string[] = [];
    for (const stage of ["fetch", "read", "detect"] as const) {
      const stop = await queues.work(stage, 2, async (which) => void seen.push(which));
      onTestFinished(stop);
    }
    await until(async () => expect((await asked()).filter(({ query }) => /LISTEN/.test(query))).toHaveLength(1));
    await queues.enqueue("detect", { versionId: 1 });
    await queues.enqueue("fetch", { itemId: 1 });
    await until(() => expect(seen.sort()).toEqual(["detect", "fetch"]));
  });

  test("go on when the connection that listens is cut off", async () => {
    const queues = await open("postgres");
    const worker = await listen(queues);
    await until(async () => expect((await asked()).filter(({ query }) => /LISTEN/.test(query))).toHaveLength(1));
    await db().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'parley queues' and datname = current_database() and query like '%LISTEN%'`);
    await until(async () => expect((await asked()).filter(({ query }) => /LISTEN/.test(query))).toHaveLength(1));
    await queues.enqueue("fetch", { itemId: 5 });
    await until(() => expect(worker.ids()).toEqual([5]));
  });

  test("write no events, and their jobs are not logged", async () => {
    const queues = await open("postgres");
    await db().execute(sql`delete from bullmq.event`);
    const worker = await listen(queues);
    await queues.enqueue("fetch", { itemId: 3 });
    await until(() => expect(worker.ids()).toEqual([3]));
    await worker.stop();
    expect(await db().execute(sql`select event from bullmq.event`)).toHaveLength(0);
    const [kind] = await db().execute(
      sql`select relpersistence as kind from pg_class where oid = 'bullmq.job'::regclass`,
    );
    expect(kind).toEqual({ kind: "u" });
  });
});
