import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { and, eq, inArray, ne } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../src/db/client.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { saveLetter } from "../../../src/db/digests/letters.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { deliveries } from "../../../src/db/schema/delivery.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { digests } from "../../../src/db/schema/subscription.ts";
import { shipped } from "../../../src/paths.ts";
import { correct } from "../../../src/workers/correct.ts";
import { deliver } from "../../../src/workers/deliver.ts";
import { digest } from "../../../src/workers/digest.ts";
import { letter } from "../../../src/workers/letter.ts";
import { match } from "../../../src/workers/match.ts";
import { reconcile } from "../../../src/workers/reconcile.ts";
import { release } from "../../../src/workers/release.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { makeDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { databaseAt } from "../../support/postgres-server.ts";
import { buildDevelopment, buildEndpoint, buildRule, buildSubscriber } from "../../support/rows.ts";
import { sentTo, type TestContext, useWorkerContext } from "../../support/worker-context.ts";
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
    await handle.close();
    await original.drop();
  };
});

/** Writes all rows down and reads them into a new database, as pg_dump and pg_restore do: tables by COPY, then the sequences. The queues are left out. */
async function dumpAndRestore(from: string, to: string): Promise<number> {
  await migrate(to, shipped("drizzle"));
  const [source, target] = [from, to].map((url) => postgres(url, { max: 1, onnotice: () => {} }));
  if (!source || !target) throw new Error("two databases are needed");
  onTestFinished(async () => {
    await Promise.all([source.end(), target.end()]);
  });
  // As pg_restore --disable-triggers: what stands in a dump was checked when it came in.
  await target`set session_replication_role = replica`;
  const tables = await source<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by tablename`;
  for (const { name } of tables) {
    await target.unsafe(`truncate ${name} cascade`);
  }
  for (const { name } of tables) {
    const rows = await source.unsafe(`copy ${name} to stdout`).readable();
    await pipeline(rows, await target.unsafe(`copy ${name} from stdin`).writable());
  }
  const sequences = await source<{ name: string; value: string | null }[]>`
    select quote_ident(sequencename) as name, last_value::text as value from pg_sequences where schemaname = 'public'`;
  for (const { name, value } of sequences)
    if (value !== null) await target.unsafe(`select setval('${name}', ${value})`);
  return tables.length;
}

const STAGES = { match, release, correct, deliver, letter, digest } as const;

/** Does all that reconcile finds to do, and all that this leads to. */
async function doAll(job: TestContext): Promise<void> {
  await reconcile({}, job);
  for (let done = 0; done < job.sent.length; done += 1) {
    const one = job.sent[done];
    const run = one ? STAGES[one.stage as keyof typeof STAGES] : undefined;
    if (run) await (run as (data: unknown, given: TestContext) => Promise<unknown>)(one?.data, job);
  }
}

test("a database restored from a dump sends nothing again: no alert, no correction, no digest, no letter", async () => {
  const receiver = await startDroppingReceiver(0);
  onTestFinished(receiver.close);
  const allowed = { allowAddresses: [receiver.host] };
  const endpointIds = [await buildEndpoint(handle.db, { address: receiver.url })];
  await buildRule(handle.db, { endpointIds });
  const quiet = { from: "11:00", to: "12:30", timeZone: "UTC" };
  await buildRule(handle.db, { endpointIds, manner: { quiet, cooldownMinutes: 0, urgentFrom: null } });
  await buildSubscriber(handle.db);
  const first = context(allowed);
  const made: number[] = [];
  for (let n = 0; n < 4; n += 1) made.push((await buildDevelopment(handle.db)).developmentId);
  for (const developmentId of made) await match({ developmentId }, first);
  for (const data of sentTo(first, "deliver")) await deliver(data, first);
  const words = { address: "desk@desk.example", subject: "One letter", plain: "One.", html: "<p>One.</p>" };
  await saveLetter(handle.db, { key: "once", ...words }, noon);
  await handle.db
    .update(developments)
    .set({ status: "background" })
    .where(inArray(developments.id, made.slice(0, 1)));
  // What was held back is told, what proved wrong is corrected, letter and digest go out.
  for (const at of [hoursOn(1), hoursOn(2)]) await doAll(context({ ...allowed, at }));
  const mailsIn = async () => (await readdir(first.mailDir)).length;
  const before = { calls: receiver.calls(), mails: await mailsIn() };
  expect(before.calls, "four alerts, one correction, one of three together").toBe(6);
  expect(before.mails, "a digest and a letter").toBe(2);

  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = databaseAt(inject("postgresUrl"), name);
  onTestFinished(async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  const tables = await dumpAndRestore(original.url, url);
  const restored = openDatabase(url);
  onTestFinished(restored.close);
  for (const at of [hoursOn(3), hoursOn(4), hoursOn(5)])
    await doAll({ ...context({ ...allowed, at }), db: restored.db });

  figure(
    `a dump of ${tables} tables, restored and started`,
    `${receiver.calls() - before.calls} alerts and corrections and ${(await mailsIn()) - before.mails} mails sent again`,
  );
  expect({ calls: receiver.calls(), mails: await mailsIn() }).toEqual(before);
  expect(await restored.db.$count(deliveries)).toBe(6);
  expect(await restored.db.$count(deliveries, ne(deliveries.status, "delivered"))).toBe(0);
  expect(await restored.db.$count(digests, and(eq(digests.status, "sent"), eq(digests.repeats, 0)))).toBe(1);
  // And it goes on: what is new is told, under numbers that were never given.
  const later = { ...context({ ...allowed, at: hoursOn(6) }), db: restored.db };
  const { developmentId } = await buildDevelopment(restored.db, { detectedAt: hoursOn(6) });
  expect(made).not.toContain(developmentId);
  await match({ developmentId }, later);
  for (const data of sentTo(later, "deliver")) await deliver(data, later);
  expect(receiver.calls()).toBe(before.calls + 2);
});
