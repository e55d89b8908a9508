import { execFile } from "node:child_process";
import { chmod, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type DatabaseHandle, openDatabase } from "../../../src/db/client.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { startEmbeddedPostgres } from "../../../src/db/postgres/embedded-postgres.ts";
import { shipped } from "../../../src/paths.ts";
import { openQueues, prepareQueues } from "../../../src/queues.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { secretKey } from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { startWorkers } from "../support/workers.ts";
import { startMailServer } from "./mail-server.ts";
import { PER_NEWS, prepareNews, tallyOf, untilAllIsOut } from "./news.ts";
import { startDroppingReceiver } from "./receiver.ts";
import { figure, sized } from "./scale.ts";

const run = promisify(execFile);
let handle: DatabaseHandle;
const context = useWorkerContext(() => handle.db, buildCatalogue);

/** A disk of its own in memory, which can be filled without harm to anybody; null where this process may not make one. */
async function smallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), "parley-disk-"));
  const made = await run("mount", ["-t", "tmpfs", "-o", "size=256m,mode=755", "tmpfs", folder]).catch(() => null);
  onTestFinished(async () => {
    if (made) await run("umount", [folder]);
    await rm(folder, { recursive: true, force: true });
  });
  if (made) await chmod(folder, 0o755);
  return made ? folder : null;
}

/** Writes until not a byte more goes onto the disk; gives what frees it again. */
async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "filler");
  const file = await open(path, "w");
  for (const size of [1 << 20, 4_096]) {
    const bytes = Buffer.alloc(size, 1);
    while (await file.write(bytes).then(({ bytesWritten }) => bytesWritten === size, isFull));
  }
  await file.close();
  return () => rm(path);
}

function isFull(error: NodeJS.ErrnoException): false {
  if (error.code !== "ENOSPC") throw error;
  return false;
}

test("while the disk is full nothing is lost or doubled, and all goes out when there is room again", {
  timeout: 600_000,
}, async ({ skip }) => {
  const disk = await smallDisk();
  if (!disk) {
    figure("a full disk", "NOT TRIED: only root may mount a disk of its own (tmpfs)");
    return skip("only root may mount a disk of its own to fill");
  }
  const data = join(disk, "parley");
  const postgres = await startEmbeddedPostgres(data, () => {});
  onTestFinished(postgres.close);
  await migrate(postgres.url, shipped("drizzle"));
  await prepareQueues({ databaseUrl: postgres.url, redisUrl: null });
  handle = openDatabase(postgres.url, { name: "parley test", maxConnections: 5 });
  onTestFinished(handle.close);
  await saveCatalogue(handle.db, buildCatalogue({ sources: [] }), new Date());
  const receiver = await startDroppingReceiver(0);
  onTestFinished(receiver.close);
  const mail = await startMailServer((step) => sleep(step === "before 250" ? 100 : 0));
  onTestFinished(mail.close);
  const queues = openQueues({ databaseUrl: postgres.url, redisUrl: null });
  onTestFinished(queues.close);
  const news = await prepareNews({ db: handle.db, queues, context }, receiver.url);
  const workers = startWorkers(
    1,
    {
      ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", PARLEY_DATA: data, SMTP_URL: mail.url },
      ...{ PARLEY_ALLOW_ADDRESSES: receiver.host, PARLEY_SECRET_KEY: secretKey.toString("base64") },
      PARLEY_LOG_LEVEL: "error",
    },
    "deliver,digest,reconcile",
  );
  onTestFinished(workers.close);

  let made = 0;
  let over = false;
  const making = (async () => {
    for (; !over; made += 1) {
      await news.one();
      await sleep(50);
    }
  })();
  let fullMs = 0;
  for (let round = 0; round < sized(1, 3); round += 1) {
    await sleep(sized(6_000, 15_000));
    const freeDisk = await fillDisk(disk);
    const [before, started] = [news.refused(), performance.now()];
    // Small rows find room in what the server has set aside; the disk counts as full when something was refused.
    while (news.refused() === before && performance.now() - started < 60_000) await sleep(100);
    await sleep(sized(5_000, 20_000));
    fullMs += performance.now() - started;
    await freeDisk();
  }
  await sleep(sized(3_000, 15_000));
  over = true;
  await making;

  const wanted = { deliveries: made * PER_NEWS.deliveries, digests: made * PER_NEWS.digests };
  const tookMs = await untilAllIsOut(handle.db, wanted, 180_000);
  const tally = await tallyOf(handle.db, receiver, mail);
  figure(
    `${tally.deliveries} alerts and ${tally.digests} digests, disk full for ${(fullMs / 1_000).toFixed(0)} s in all, ${news.refused()} writes refused`,
    `${tally.lost} alerts lost, ${tally.repeated} came twice under one id and body; ${tally.lostDigests} digests lost, ${tally.doubledDigests} twice; all was out ${(tookMs / 1_000).toFixed(0)} s after the last news`,
  );
  expect(news.refused()).toBeGreaterThan(0);
  expect(tally).toMatchObject({
    ...wanted,
    ...{ undelivered: 0, lost: 0, mostBodies: 1, unknownIds: 0, unsettledDigests: 0, lostDigests: 0 },
    doubledDigests: 0,
  });
  expect(workers.deaths()).toEqual([]);
});
