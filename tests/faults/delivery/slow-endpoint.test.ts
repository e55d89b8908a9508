import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { openQueues } from "../../../src/queues.ts";
import { match } from "../../../src/workers/match.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDevelopment, buildEndpoint, buildRule } from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { figure, quantile, sized } from "./scale.ts";
import { startSender } from "./sender.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

/** Answers after so long, and notes when each id came. */
async function startEndpoint(waitMs: number) {
  const cameAt = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      cameAt.set(String(request.headers["webhook-id"]), Date.now());
      setTimeout(() => response.writeHead(204).end(), waitMs);
    });
    request.on("error", () => {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return { cameAt, host: `127.0.0.1:${port}` };
}

test("one endpoint that hangs for 30 seconds delays none of 99 others", { timeout: 600_000 }, async () => {
  const [healthy, hanging] = [await startEndpoint(0), await startEndpoint(30_000)];
  const endpointIds = [await buildEndpoint(db(), { address: `http://${hanging.host}/` })];
  for (let n = 0; n < 99; n += 1)
    endpointIds.push(await buildEndpoint(db(), { address: `http://${healthy.host}/${n}` }));
  const manner = { quiet: null, cooldownMinutes: 0, urgentFrom: 1 } as const;
  await buildRule(db(), { query: "slowly", endpointIds, manner, createdAt: new Date(0) });
  const sender = startSender({ databaseUrl: db.url(), redisUrl: null, allow: [healthy.host, hanging.host] });
  onTestFinished(sender.kill);
  await sender.line();
  const queues = openQueues({ databaseUrl: db.url(), redisUrl: null });
  onTestFinished(queues.close);

  const usedMs = async () => {
    sender.say("how much?");
    return Number(await sender.line());
  };
  const usedBefore = await usedMs();
  const rounds = sized(6, 50);
  const madeAt = new Map<string, number>();
  for (let n = 0; n < rounds; n += 1) {
    const { developmentId } = await buildDevelopment(db(), { summary: `Slowly ${n}`, detectedAt: new Date() });
    const enqueue: typeof queues.enqueue = async (stage, data, options) => {
      for (const one of [data].flat()) if ("deliveryId" in one) madeAt.set(one.deliveryId, Date.now());
      await queues.enqueue(stage, data, options);
    };
    await match({ developmentId }, context({ at: new Date(), enqueue }));
    await sleep(sized(2_000, 1_000));
  }
  const wanted = rounds * 99;
  const end = Date.now() + 60_000;
  while (healthy.cameAt.size < wanted && Date.now() < end) await sleep(100);
  const waits = [...healthy.cameAt].map(([id, at]) => at - (madeAt.get(id) ?? Number.NaN));
  const p95 = quantile(waits, 0.95);
  figure(
    `${rounds * 100} alerts to 100 endpoints, one of them hanging 30 s`,
    `healthy: ${waits.length} of ${wanted} arrived, p50 ${quantile(waits, 0.5)} ms, p95 ${p95} ms; ${(((await usedMs()) - usedBefore) / wanted).toFixed(1)} ms of processor time an alert`,
  );
  expect(healthy.cameAt.size).toBe(wanted);
  // The short form runs beside all other tests; it still shows an endpoint that waits for another.
  expect(p95).toBeLessThan(sized(10_000, 2_000));
});
