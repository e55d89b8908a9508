import { setTimeout as sleep } from "node:timers/promises";
import { inArray } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { beforeAll, expect, inject, onTestFinished, test, vi } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { deliveries } from "../../../src/db/schema/delivery.ts";
import { signWebhook } from "../../../src/net/webhook-signature.ts";
import { match } from "../../../src/workers/match.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDevelopment, buildEndpoint, buildRule, webhookSecret } from "../../support/rows.ts";
import { sentTo, useWorkerContext } from "../../support/worker-context.ts";
import { startDroppingReceiver } from "./receiver.ts";
import { figure, sized } from "./scale.ts";
import { startSender } from "./sender.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

/** Nothing waits for a burst to be over. */
const atOnce = { quiet: null, cooldownMinutes: 0, urgentFrom: 1 } as const;

test.each(["postgres", "redis"] as const)(
  "with the queues in %s, every alert arrives with one body though the sender is killed every two seconds and the receiver drops a fifth",
  { timeout: 900_000 },
  async (backend) => {
    const receiver = await startDroppingReceiver(0.2);
    onTestFinished(receiver.close);
    const [alerts, killForMs] =
      backend === "postgres" ? sized([1_000, 30_000], [10_000, 300_000]) : sized([200, 10_000], [2_000, 60_000]);
    const endpointIds: number[] = [];
    for (let n = 0; n < 20; n += 1)
      endpointIds.push(await buildEndpoint(db(), { address: `${receiver.url}/${backend}/${n}` }));
    await buildRule(db(), { query: `"fault ${backend}"`, endpointIds, manner: atOnce, createdAt: new Date(0) });
    const job = context({ at: new Date() });
    for (let n = 0; n < alerts / endpointIds.length; n += 1) {
      const { developmentId } = await buildDevelopment(db(), {
        summary: `Fault ${backend} ${n}`,
        detectedAt: new Date(),
      });
      await match({ developmentId }, job);
    }
    const ids = sentTo(job, "deliver").map(({ deliveryId }) => deliveryId);
    expect(ids).toHaveLength(alerts);

    const place = {
      databaseUrl: db.url(),
      redisUrl: backend === "redis" ? inject("redisUrl") : null,
      allow: [receiver.host],
    };
    const until = Date.now() + killForMs;
    let kills = 0;
    while (Date.now() < until) {
      const sender = startSender(place);
      await sleep(2_000);
      await sender.kill();
      kills += 1;
    }
    const last = startSender(place);
    onTestFinished(last.kill);
    // What a killed sender held is free again when its lease ends.
    const end = Date.now() + 240_000;
    while (ids.some((id) => !receiver.seen.has(id)) && Date.now() < end) await sleep(250);

    const missing = ids.filter((id) => !receiver.seen.has(id));
    const bodies = [...receiver.seen.values()].map((one) => one.bodies.size);
    const repeated = [...receiver.seen.values()].filter(({ calls }) => calls > 1).length;
    figure(
      `${alerts} alerts, queues in ${backend}, sender killed ${kills} times, a fifth of the connections dropped`,
      `${missing.length} lost; most bodies per id ${Math.max(...bodies)}; ${receiver.calls()} calls, ${receiver.unverified()} not verified by the official library; ${repeated} ids more than once`,
    );
    expect(missing).toEqual([]);
    expect(new Set(bodies)).toEqual(new Set([1]));
    expect(receiver.unverified()).toBe(0);
    expect([...receiver.seen.keys()].filter((id) => !ids.includes(id))).toEqual([]);
    const rows = await db().select({ id: deliveries.id }).from(deliveries).where(inArray(deliveries.id, ids));
    expect(rows).toHaveLength(alerts);
  },
);

test("a signature is refused five minutes and a second off, and after any change of one bit", () => {
  // The library asks the clock, and a second may end between signing and asking.
  vi.useFakeTimers({ toFake: ["Date"], now: noon });
  onTestFinished(() => void vi.useRealTimers());
  const official = new Webhook(webhookSecret);
  const body = JSON.stringify({ type: "development.new", words: "今天 they talked" });
  const at = (skewSeconds: number) => {
    const timestamp = new Date(Date.now() + skewSeconds * 1_000);
    return {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(timestamp.getTime() / 1_000)),
      "webhook-signature": signWebhook({ id: "msg_1", timestamp, body, secrets: [webhookSecret] }),
    };
  };
  const takes = (text: string | Buffer, headers: Record<string, string>) => {
    try {
      official.verify(text, headers, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  };
  for (const skew of [-300, 0, 300]) expect(takes(body, at(skew))).toBe(true);
  for (const skew of [-301, 301]) expect(takes(body, at(skew))).toBe(false);
  const bytes = Buffer.from(body);
  const headers = at(0);
  let refused = 0;
  for (let n = 0; n < 10_000; n += 1) {
    const changed = Buffer.from(bytes);
    const bit = (n * 7_919) % (bytes.length * 8);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const id = n % 2 === 0 ? headers["webhook-id"] : `msg_${n + 2}`;
    if (!takes(n % 2 === 0 ? changed.toString("latin1") : body, { ...headers, "webhook-id": id })) refused += 1;
  }
  figure(
    "signatures: one-bit changes of body or another id, and 301 seconds off",
    `${refused} of 10000 and 2 of 2 refused`,
  );
  expect(refused).toBe(10_000);
});
