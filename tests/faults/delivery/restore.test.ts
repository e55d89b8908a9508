import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../../src/db/catalogue.ts";
import { openDatabase } from "../../../src/db/client.ts";
import { deliveries } from "../../../src/db/schema/delivery.ts";
import { deliver } from "../../../src/workers/deliver.ts";
import { digest } from "../../../src/workers/digest.ts";
import { match } from "../../../src/workers/match.ts";
import { reconcile } from "../../../src/workers/reconcile.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { makeDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { databaseAt } from "../../support/postgres-server.ts";
import { buildDevelopment, buildEndpoint, buildRule, buildSubscriber } from "../../support/rows.ts";
import { sentTo, useWorkerContext } from "../../support/worker-context.ts";
import { startDroppingReceiver } from "./receiver.ts";
import { figure } from "./scale.ts";

let original: Awaited<ReturnType<typeof makeDatabase>>;
let handle: ReturnType<typeof openDatabase>;
const context = useWorkerContext(() => handle.db, buildCatalogue);
beforeAll(async () => {
  original = await makeDatabase();
  handle = openDatabase(original.url);
  await saveCatalogue(handle.db, buildCatalogue(), noon);
  return async () => {
    await original.drop();
  };
});

test("a copy of the database that is started sends nothing again: no alert, no digest", async () => {
  const receiver = await startDroppingReceiver(0.001);
  onTestFinished(receiver.close);
  const endpointIds = [await buildEndpoint(handle.db, { address: receiver.url })];
  await buildRule(handle.db, { endpointIds });
  const allowed = { allowAddresses: [receiver.host] };
  const job = context({ ...allowed });
  for (let n = 0; n < 8; n += 1) await match({ developmentId: (await buildDevelopment(handle.db)).developmentId }, job);
  const subscriberId = await buildSubscriber(handle.db);
  await digest({ subscriberId, day: "2026-05-19" }, job);
  for (const data of sentTo(job, "deliver")) await deliver(data, context({ ...allowed }));
  const before = receiver.calls();
  expect(before).toBe(8);
  await handle.close();

  const copy = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${copy} template ${new URL(original.url).pathname.slice(1)}`);
  const restored = openDatabase(databaseAt(inject("postgresUrl"), copy));
  onTestFinished(async () => {
    await restored.close();
    await admin.unsafe(`drop database if exists ${copy} with (force)`);
    await admin.end();
  });
  const sent: number[] = [];
  for (const at of [hoursOn(1), hoursOn(2)]) {
    const again = { ...context({ ...allowed, at }), db: restored.db };
    await reconcile({}, again);
    for (const data of sentTo(again, "deliver")) await deliver(data, again);
    for (const data of sentTo(again, "digest")) sent.push(Number((await digest(data, again)).digestId ?? 0));
    await sleep(50);
  }
  const waiting = await restored.db.select().from(deliveries).where(eq(deliveries.status, "pending"));
  figure(
    "a restored copy, started",
    `${receiver.calls() - before} alerts and ${sent.filter((id) => id > 0).length} digests sent again`,
  );
  expect(receiver.calls()).toBe(before);
  expect(sent.filter((id) => id > 0)).toEqual([]);
  expect(waiting).toEqual([]);
});
