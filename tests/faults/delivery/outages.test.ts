import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type DatabaseHandle, openDatabase } from "../../../src/db/client.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { shipped } from "../../../src/paths.ts";
import { openQueues } from "../../../src/queues.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { secretKey } from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { type Servers, startServers } from "../support/servers.ts";
import { startWorkers } from "../support/workers.ts";
import { startMailServer } from "./mail-server.ts";
import { PER_NEWS, prepareNews, tallyOf, untilAllIsOut } from "./news.ts";
import { startDroppingReceiver } from "./receiver.ts";
import { figure, sized } from "./scale.ts";

let handle: DatabaseHandle;
const context = useWorkerContext(() => handle.db, buildCatalogue);

type Fault = (servers: Servers) => Promise<void>;
const AWAY_MS = sized(1_500, 5_000);
const emptyRedis: Fault = (servers) => servers.flushRedis();
const killRedis: Fault = (servers) => servers.crashRedis(AWAY_MS);
const killPostgres: Fault = (servers) => servers.crashPostgres(AWAY_MS);

/** Seconds between two faults, in which news comes in and goes out. */
const PAUSE_MS = sized(4_000, 10_000);
const CONVERGED_MS = 180_000;

test.each<[string, readonly Fault[]]>(
  sized<[string, readonly Fault[]][]>(
    [["Redis is emptied and killed and Postgres killed", [emptyRedis, killRedis, killPostgres]]],
    [
      ["Redis is emptied three times", [emptyRedis, emptyRedis, emptyRedis]],
      ["Redis is killed three times", [killRedis, killRedis, killRedis]],
      ["Postgres is killed three times", [killPostgres, killPostgres, killPostgres]],
    ],
  ),
)(
  "while %s, no alert and no digest is lost, none is doubled, and all go out without anybody's help",
  { timeout: 600_000 },
  async (name, faults) => {
    const servers = await startServers();
    onTestFinished(servers.close);
    await migrate(servers.databaseUrl, shipped("drizzle"));
    handle = openDatabase(servers.databaseUrl, { name: "parley test", maxConnections: 5 });
    onTestFinished(handle.close);
    await saveCatalogue(handle.db, buildCatalogue({ sources: [] }), new Date());
    const receiver = await startDroppingReceiver(0);
    onTestFinished(receiver.close);
    const mail = await startMailServer((step) => sleep(step === "before 250" ? 100 : 0));
    onTestFinished(mail.close);
    const queues = openQueues({ ...servers, prefix: `parley-${new URL(servers.databaseUrl).pathname.slice(1)}` });
    onTestFinished(queues.close);
    const news = await prepareNews({ db: handle.db, queues, context }, receiver.url);
    const workers = startWorkers(2, await environment(servers, receiver.host, mail.url), "deliver,digest,reconcile");
    onTestFinished(workers.close);

    let made = 0;
    let over = false;
    const making = (async () => {
      for (; !over; made += 1) {
        await news.one();
        await sleep(150);
      }
    })();
    for (const fault of faults) {
      await sleep(PAUSE_MS);
      await fault(servers);
    }
    await sleep(PAUSE_MS);
    over = true;
    await making;

    const wanted = { deliveries: made * PER_NEWS.deliveries, digests: made * PER_NEWS.digests };
    const tookMs = await untilAllIsOut(handle.db, wanted, CONVERGED_MS);
    const tally = await tallyOf(handle.db, receiver, mail);
    figure(
      `${tally.deliveries} alerts and ${tally.digests} digests while ${name}`,
      `${tally.lost} alerts lost, ${tally.repeated} came twice under one id and body; ${tally.lostDigests} digests lost, ${tally.doubledDigests} twice; all was out ${(tookMs / 1_000).toFixed(0)} s after the last news`,
    );
    expect(tally).toMatchObject({
      ...wanted,
      ...{ undelivered: 0, lost: 0, mostBodies: 1, unknownIds: 0, unsettledDigests: 0, lostDigests: 0 },
      ...{ repeated: 0, doubledDigests: 0 },
    });
    expect(receiver.unverified()).toBe(0);
    expect(workers.deaths()).toEqual([]);
  },
);

async function environment({ databaseUrl, redisUrl }: Servers, receiver: string, smtpUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), "parley-outage-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", PARLEY_DATA: folder },
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, SMTP_URL: smtpUrl, PARLEY_ALLOW_ADDRESSES: receiver },
    ...{ PARLEY_SECRET_KEY: secretKey.toString("base64"), PARLEY_LOG_LEVEL: "error" },
  };
}
