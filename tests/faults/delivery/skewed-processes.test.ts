import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { openQueues } from "../../../src/queues.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { secretKey } from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { skewedClock } from "../support/skewed-clock.ts";
import { startWorkers } from "../support/workers.ts";
import { startMailServer } from "./mail-server.ts";
import { PER_NEWS, prepareNews, tallyOf, untilAllIsOut } from "./news.ts";
import { startDroppingReceiver } from "./receiver.ts";
import { figure, sized } from "./scale.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue({ sources: [] }), new Date()));

const TWO_HOURS = 7_200_000;

test("processes whose clocks are two hours fast and two hours slow lose and double nothing beside one whose clock is right", {
  timeout: 400_000,
}, async () => {
  const receiver = await startDroppingReceiver(0);
  onTestFinished(receiver.close);
  // Long enough that another process looks while a mail is being handed over.
  const mail = await startMailServer((step) => sleep(step === "before 250" ? 1_000 : 0));
  onTestFinished(mail.close);
  const place = { databaseUrl: db.url(), redisUrl: inject("redisUrl") };
  const queues = openQueues({ ...place, prefix: `parley-${new URL(db.url()).pathname.slice(1)}` });
  onTestFinished(queues.close);
  const news = await prepareNews({ db: db(), queues, context }, receiver.url);
  const folder = await mkdtemp(join(tmpdir(), "parley-clocks-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const deaths: (readonly string[])[] = [];
  for (const aheadMs of [TWO_HOURS, -TWO_HOURS, 0]) {
    const workers = startWorkers(
      1,
      {
        ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", PARLEY_DATA: folder },
        ...{ DATABASE_URL: place.databaseUrl, REDIS_URL: place.redisUrl, SMTP_URL: mail.url },
        ...{ PARLEY_ALLOW_ADDRESSES: receiver.host, PARLEY_SECRET_KEY: secretKey.toString("base64") },
        ...{ PARLEY_LOG_LEVEL: "error", ...skewedClock(aheadMs) },
      },
      "deliver,digest,reconcile",
    );
    onTestFinished(workers.close);
    deaths.push(workers.deaths());
  }
  const rounds = sized(40, 300);
  for (let n = 0; n < rounds; n += 1) {
    await news.one();
    await sleep(150);
  }
  const wanted = { deliveries: rounds * PER_NEWS.deliveries, digests: rounds * PER_NEWS.digests };
  const tookMs = await untilAllIsOut(db(), wanted, 180_000);
  const tally = await tallyOf(db(), receiver, mail);
  figure(
    `${tally.deliveries} alerts and ${tally.digests} digests by three processes, two hours fast, two hours slow, right`,
    `${tally.lost} alerts lost, ${tally.repeated} twice, ${receiver.unverified()} signed at a wrong time; ${tally.lostDigests} digests lost, ${tally.doubledDigests} twice; all was out ${(tookMs / 1_000).toFixed(0)} s after the last news`,
  );
  expect(tally).toMatchObject({
    ...wanted,
    ...{ undelivered: 0, lost: 0, mostBodies: 1, unknownIds: 0, unsettledDigests: 0, lostDigests: 0 },
    ...{ repeated: 0, doubledDigests: 0 },
  });
  expect(receiver.unverified()).toBe(0);
  expect(deaths.flat()).toEqual([]);
});
