import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import { type Database, isDatabaseDown } from "../../../src/db/client.ts";
import { alerts, deliveries } from "../../../src/db/schema/delivery.ts";
import { digests } from "../../../src/db/schema/subscription.ts";
import type { Queues } from "../../../src/queues.ts";
import { match } from "../../../src/workers/match.ts";
import { buildDevelopment, buildEndpoint, buildRule, buildSubscriber } from "../../support/rows.ts";
import type { TestContext } from "../../support/worker-context.ts";
import type { MailServer } from "./mail-server.ts";
import type { startDroppingReceiver } from "./receiver.ts";

const ENDPOINTS = 10;
/** Nothing waits for a burst to be over. */
const atOnce = { quiet: null, cooldownMinutes: 0, urgentFrom: 1 } as const;

type Place = {
  readonly db: Database;
  readonly queues: Queues;
  readonly context: (says: { readonly at: Date; readonly enqueue: Queues["enqueue"] }) => TestContext;
};

/** Makes a rule with ten endpoints; gives what makes news for it, and a digest for one more subscriber, whatever becomes of the database. */
export async function prepareNews({ db, queues, context }: Place, receiverUrl: string) {
  const endpointIds: number[] = [];
  for (let n = 0; n < ENDPOINTS; n += 1) endpointIds.push(await buildEndpoint(db, { address: `${receiverUrl}/${n}` }));
  await buildRule(db, { endpointIds, manner: atOnce, createdAt: new Date(0) });
  let refused = 0;
  /** A stage whose database is away is done again by its queue; so is this. */
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseDown(error)) throw error;
        refused += 1;
        await sleep(250);
      }
    }
  };
  // Due an hour ago and again tomorrow: no second digest becomes due while the test runs.
  const sendAt = new Date(Date.now() - 3_600_000).toISOString().slice(11, 16);
  return {
    one: async () => {
      const { developmentId } = await insist(() => buildDevelopment(db, { detectedAt: new Date() }));
      await insist(() => match({ developmentId }, context({ at: new Date(), enqueue: queues.enqueue })));
      await insist(() => buildSubscriber(db, { sendAt, createdAt: new Date(Date.now() - 7 * 86_400_000) }));
    },
    /** How often the database would not take what was written. */
    refused: () => refused,
  };
}

/** What stands in the database at the end, held against what arrived. */
export async function tallyOf(
  db: Database,
  receiver: Awaited<ReturnType<typeof startDroppingReceiver>>,
  mail: MailServer,
) {
  const made = await db
    .select({ id: deliveries.id, status: deliveries.status, alertId: deliveries.alertId })
    .from(deliveries)
    .innerJoin(alerts, eq(alerts.id, deliveries.alertId))
    .orderBy(asc(deliveries.id));
  const sent = await db.select().from(digests).orderBy(asc(digests.id));
  const mails = new Map<string, number>();
  for (const id of mail.accepted) mails.set(id, (mails.get(id) ?? 0) + 1);
  const calls = made.map(({ id }) => receiver.seen.get(id)?.calls ?? 0);
  return {
    deliveries: made.length,
    undelivered: made.filter(({ status }) => status !== "delivered").length,
    lost: calls.filter((count) => count === 0).length,
    repeated: calls.filter((count) => count > 1).length,
    mostBodies: Math.max(...[...receiver.seen.values()].map(({ bodies }) => bodies.size)),
    unknownIds: [...receiver.seen.keys()].filter((id) => !made.some((one) => one.id === id)).length,
    digests: sent.length,
    unsettledDigests: sent.filter(({ status }) => status !== "sent").length,
    lostDigests: sent.filter(({ messageId }) => !mails.has(messageId)).length,
    doubledDigests: [...mails.values()].filter((count) => count > 1).length,
  };
}

/** Waits until so many alerts and digests have gone out and nothing is left to do; gives how long that took, ms. */
export async function untilAllIsOut(
  db: Database,
  wanted: { readonly deliveries: number; readonly digests: number },
  withinMs: number,
): Promise<number> {
  const started = performance.now();
  const rest = async () => {
    const out = await db.$count(deliveries, eq(deliveries.status, "delivered"));
    const mailed = await db.$count(digests, eq(digests.status, "sent"));
    return wanted.deliveries - out + wanted.digests - mailed;
  };
  while (performance.now() - started < withinMs) {
    if ((await rest().catch(() => 1)) <= 0) break;
    await sleep(250);
  }
  return performance.now() - started;
}

/** What each news makes. */
export const PER_NEWS = { deliveries: ENDPOINTS, digests: 1 } as const;
