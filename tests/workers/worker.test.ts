import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { currentVersion } from "../../src/db/archive/versions.ts";
import { openDatabase } from "../../src/db/client.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { failedAttempts } from "../../src/db/collection/stage-failures.ts";
import { deliveries } from "../../src/db/schema/delivery.ts";
import { stageFailures } from "../../src/db/schema/operation.ts";
import { Failure, type FailureCode } from "../../src/domain/failure.ts";
import type { Fetcher } from "../../src/net/fetcher.ts";
import type { JobData, Stage } from "../../src/queues.ts";
import { performWith, stageWorkers } from "../../src/workers/worker.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { briefing, page } from "../support/pages.ts";
import { buildDelivery, buildEndpoint, buildItem, buildWatchedSource, itemRow, sourceRow } from "../support/rows.ts";
import { type ContextSays, type TestContext, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

/** Does one job of a stage. */
async function perform<S extends Stage>(stage: S, data: JobData[S], job: TestContext, retry = false): Promise<void> {
  await performWith(job, stageWorkers(1, 1))(stage, data, { retry });
}

/** A fetcher for which every address ends like this. */
function fetcherThat(fails: () => unknown): Fetcher {
  return {
    fetch: async () => {
      throw fails();
    },
    close: async () => {},
  };
}

const failing = (code: FailureCode, options: ConstructorParameters<typeof Failure>[2] = {}): ContextSays => ({
  fetcher: fetcherThat(() => new Failure(code, "what, where, what to do", options)),
});

async function filed(stage: Stage, subject: unknown) {
  const [row] = await db()
    .select()
    .from(stageFailures)
    .where(and(eq(stageFailures.stage, stage), eq(stageFailures.subject, String(subject))));
  return row;
}

describe("an expected failure", () => {
  test("that might pass is filed and tried again, ever later, then put aside for good", async () => {
    const itemId = await buildItem(db());
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const job = context(failing("http-busy"));
      await perform("fetch", { itemId }, job, attempt > 1);
      expect(job.sent).toMatchObject([{ stage: "fetch", data: { itemId }, retry: true }]);
      waits.push(((job.sent[0]?.at?.getTime() ?? 0) - noon.getTime()) / 1_000);
    }
    expect(waits).toEqual([5, 20, 80, 320, 1_280]);
    expect(await filed("fetch", itemId)).toMatchObject({ code: "http-busy", remedy: "retry", attempts: 5 });
    expect((await itemRow(db(), itemId)).outcome).toBeNull();
    const last = context(failing("http-busy"));
    await perform("fetch", { itemId }, last, true);
    expect(last.sent).toEqual([]);
    expect(await filed("fetch", itemId)).toMatchObject({ remedy: "park", nextAt: null, attempts: 6 });
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "failed", failureCode: "http-busy" });
  });

  test("that cannot pass is put aside at once, with the reason in words", async () => {
    const itemId = await buildItem(db());
    const job = context(failing("robots-refused"));
    await perform("fetch", { itemId }, job);
    expect(job.sent).toEqual([]);
    expect(await filed("fetch", itemId)).toMatchObject({ remedy: "park", message: "what, where, what to do" });
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "refused" });
    expect(job.lines).toMatchObject([{ level: 30, msg: "failed", stage: "fetch", code: "robots-refused" }]);
  });

  test("that names a time is tried again then, though its kind is put aside", async () => {
    const itemId = await buildItem(db());
    const job = context(failing("robots-refused", { retryAfterMs: 3_600_000 }));
    await perform("fetch", { itemId }, job);
    expect(job.sent).toMatchObject([{ at: secondsOn(3_600), retry: true }]);
  });

  test("is taken off the file when a later try goes through", async () => {
    const itemId = await buildItem(db());
    await perform("fetch", { itemId }, context(failing("http-busy")));
    const page = { status: 200, url: "", finalUrl: "https://norland.example/a", headers: {}, redirects: [] };
    const answer = {
      ...page,
      bytes: new TextEncoder().encode("ok"),
      permanentRedirectTo: null,
      freshForMs: null,
      elapsedMs: 3,
    };
    await perform(
      "fetch",
      { itemId },
      context({ fetcher: { fetch: async () => answer, close: async () => {} } }),
      true,
    );
    expect(await failedAttempts(db(), "fetch", String(itemId))).toBe(0);
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "new" });
  });
});

describe("a defect of ours", () => {
  const broken: ContextSays = { fetcher: fetcherThat(() => new TypeError("undefined is not a function")) };

  test("is logged with its stack, filed, and tried again: it may depend on what else happens", async () => {
    const itemId = await buildItem(db());
    const job = context(broken);
    await perform("fetch", { itemId }, job);
    expect(await filed("fetch", itemId)).toMatchObject({ code: "defect", remedy: "retry", attempts: 1 });
    expect(job.lines).toMatchObject([
      {
        level: 50,
        msg: "a defect; please report it",
        err: { type: "TypeError", stack: expect.stringContaining("at ") },
      },
    ]);
  });

  test("does not have a source asked again at once", async () => {
    const sourceId = await buildWatchedSource(db());
    const job = context(broken);
    await perform("poll", { sourceId }, job);
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 1, nextPollAt: secondsOn(1_200) });
    expect(job.sent).toEqual([{ stage: "poll", data: { sourceId }, at: secondsOn(1_200) }]);
  });

  test("does not have a delivery made again at once", async () => {
    const endpointId = await buildEndpoint(db(), { kind: "mail", address: "desk@desk.example" });
    const deliveryId = await buildDelivery(db(), { endpointId, body: "no JSON at all" });
    const job = context();
    await perform("deliver", { deliveryId }, job);
    expect(job.sent).toEqual([{ stage: "deliver", data: { deliveryId }, at: secondsOn(5) }]);
    const [row] = await db().select().from(deliveries).where(eq(deliveries.id, deliveryId));
    expect(row).toMatchObject({ status: "pending", attempts: 1, nextAttemptAt: secondsOn(5) });
  });
});

test("an unreachable database is handed back to the queue, and nothing is filed", async () => {
  const away = openDatabase("postgres://parley@127.0.0.1:1/parley");
  const itemId = await buildItem(db());
  await expect(perform("fetch", { itemId }, context({ db: away.db }))).rejects.toThrow();
  await away.close();
  expect(await failedAttempts(db(), "fetch", String(itemId))).toBe(0);
});

test("a job that has nothing to do is done", async () => {
  for (const stage of ["fetch", "read", "detect", "match"] as const) {
    const job = context();
    const data = { itemId: 0, captureId: 0, versionId: 0, developmentId: 0 };
    await perform(stage, data, job);
    expect(job.sent).toEqual([]);
    expect(job.lines).toMatchObject([{ level: 20, msg: "done", skipped: true }]);
  }
});

describe("the next step of one subject", () => {
  /** Fetches a page in a process that works at these stages. */
  async function fetchIn(here: readonly Stage[], body: string) {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body);
    });
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/page` });
    const job = context({ servers: [server] });
    await performWith(job, stageWorkers(1, 1), here)("fetch", { itemId }, { retry: false });
    return { job, item: await itemRow(db(), itemId) };
  }

  test("is done in the same job where this process works at it, and is not put on the queue", async () => {
    const { job, item } = await fetchIn(["fetch", "read", "detect"], page(briefing));
    expect(job.sent).toEqual([]);
    expect(await currentVersion(db(), item.documentId ?? 0)).toMatchObject({ number: 1 });
  });

  test("is put on the queue where another process works at it", async () => {
    const { job, item } = await fetchIn(["fetch"], page(briefing));
    expect(job.sent).toMatchObject([{ stage: "read" }]);
    expect(await currentVersion(db(), item.documentId ?? 0)).toBeNull();
  });

  test("fails by itself: what came before it stays done", async () => {
    const { job, item } = await fetchIn(["fetch", "read"], "<title>Empty</title>");
    expect(item).toMatchObject({ outcome: "new" });
    expect(job.lines).toContainEqual(expect.objectContaining({ msg: "failed", stage: "read", code: "no-text" }));
  });
});
