import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { settleRestored } from "../../../src/db/alerts/settle-restored.ts";
import { type Database, openDatabase } from "../../../src/db/client.ts";
import { claimDigest } from "../../../src/db/digests/digests.ts";
import { verifyArchive } from "../../../src/db/history/verify.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { writeBackup } from "../../../src/db/postgres/backup.ts";
import { restoreBackup } from "../../../src/db/postgres/restore.ts";
import { alerts, deliveries, deliveryAttempts, endpoints } from "../../../src/db/schema/delivery.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { digests, letters, subscribers } from "../../../src/db/schema/subscription.ts";
import { shipped } from "../../../src/paths.ts";
import { deliver } from "../../../src/workers/deliver.ts";
import { reconcile } from "../../../src/workers/reconcile.ts";
import { serve } from "../../net/support/loopback.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { databaseAt } from "../../support/postgres-server.ts";
import { buildDelivery, buildDevelopment, buildEndpoint, buildRule, buildSubscriber } from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { keepWords } from "../../web/archive.ts";
import { keepRecords } from "../../web/records-archive.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const STRANGE = "a\tb\\c\r\n\u2028“引语” \\. \\N 😀";
const made: { readonly name: string; readonly close: () => Promise<void> }[] = [];

beforeAll(async () => {
  const { developments: ids } = await keepRecords(db());
  await keepWords(db(), STRANGE);
  await db().execute(sql`
    insert into tokens (name, sha256, scope, created_at)
    select repeat('name ', 100), sha256(n::text::bytea), 'reader', now() from generate_series(1, 3000) n`);
  const endpointId = await buildEndpoint(db(), { name: "desk" });
  const ruleId = await buildRule(db(), { name: "all", endpointIds: [endpointId] });
  await keepOutbox(endpointId, ruleId, ids);
});

afterEach(async () => {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  for (const { name, close } of made.splice(0)) {
    await close();
    await admin.unsafe(`drop database ${name} with (force)`);
  }
  await admin.end();
});

/** One of everything that may wait to be sent, beside what was sent. */
async function keepOutbox(endpointId: number, ruleId: number, [held = 0]: readonly number[]): Promise<void> {
  const sent = await buildDelivery(db(), { endpointId });
  const delivered = { status: "delivered", nextAttemptAt: null, deliveredAt: noon, firstDeliveredAt: noon } as const;
  await db().update(deliveries).set(delivered).where(eq(deliveries.id, sent));
  await buildDelivery(db(), { endpointId });
  const matter = { matter: `development:${held}`, kind: "development" as const, developmentId: held };
  await db()
    .insert(alerts)
    .values({ ruleId, ...matter, heldUntil: secondsOn(-1), createdAt: hoursOn(-1) });
  await db().update(developments).set({ matchedAt: noon });
  await buildDevelopment(db(), { summary: "Not yet matched", detectedAt: secondsOn(-60) });
  const letter = { address: "a@example.org", subject: "?", plain: "?", html: "?", createdAt: hoursOn(-1) };
  await db()
    .insert(letters)
    .values({ key: "consent:1", ...letter, nextAttemptAt: hoursOn(-1) });
  const subscriberId = await buildSubscriber(db());
  await db()
    .update(subscribers)
    .set({ createdAt: hoursOn(-72), confirmedAt: hoursOn(-72) });
  const digest = { periodStart: hoursOn(-48), periodEnd: hoursOn(-24), messageId: "<1@example.org>" };
  await claimDigest(
    db(),
    { subscriberId, day: "2026-05-18", ...digest, subject: "", html: "", plain: "" },
    hoursOn(-24),
  );
}

async function backup(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of writeBackup(db.url(), { parley: "0", now: hoursOn(-12) })) parts.push(part);
  return Buffer.concat(parts);
}

async function* inPieces(bytes: Buffer, size = 997): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A backup with one of its lines changed, counted from the end where negative and the seal left out, under a hash that fits. */
function withLine(
  bytes: Buffer,
  at: number,
  change: (value: Record<string, unknown>) => unknown,
  written: (line: string) => string = (line) => line,
): Buffer {
  const lines = bytes.toString("latin1").split("\n").slice(0, -2);
  const index = at < 0 ? lines.length + at + 1 : at;
  lines[index] = written(JSON.stringify(change(JSON.parse(lines[index] ?? ""))));
  const body = Buffer.from(`${lines.join("\n")}\n`, "latin1");
  const sha256 = createHash("sha256").update(body).digest("hex");
  return Buffer.concat([body, Buffer.from(`${JSON.stringify({ sha256 })}\n`)]);
}

/** Makes a database without anything in it. */
async function emptyDatabase(): Promise<{ readonly url: string; readonly db: Database }> {
  const name = `restored_${randomBytes(6).toString("hex")}`;
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const url = databaseAt(inject("postgresUrl"), name);
  const handle = openDatabase(url, { name: "parley test", maxConnections: 3 });
  made.push({ name, close: handle.close });
  return { url, db: handle.db };
}

/** Takes every delivery of an archive in hand, as its workers would; gives how many reached the endpoint. */
async function deliverAll(of: Database): Promise<number> {
  let received = 0;
  const server = await serve((_request, response) => {
    received += 1;
    response.writeHead(204).end();
  });
  await of.update(endpoints).set({ address: new URL("/", server.url).href });
  const job = context({ db: of, servers: [server] });
  for (const { id } of await of.select().from(deliveries)) await deliver({ deliveryId: id }, job);
  return received;
}

/** Gives of each table how many rows it has and what they are, whatever their order. */
async function contentsOf(of: Database): Promise<Readonly<Record<string, string>>> {
  const tables = await of.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'parley_migrations' order by 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await of.execute<{ all: string }>(
      sql.raw(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as all from "${name}" t`,
      ),
    );
    contents[name] = row?.all ?? "";
  }
  return contents;
}

test("what comes back is what there was, row by row, and it goes on from there", async () => {
  const target = await emptyDatabase();
  const { madeAt, rows } = await restoreBackup(target.url, shipped("drizzle"), inPieces(await backup()));
  expect(madeAt).toEqual(hoursOn(-12));
  expect(await contentsOf(target.db)).toEqual(await contentsOf(db()));
  expect(rows.statements).toBeGreaterThan(1);
  expect((await verifyArchive(target.db, null)).breaches).toEqual([]);
  const [newest] = await target.db.execute<{ id: number }>(sql`select max(id)::int as id from statements`);
  expect((await keepWords(target.db, "Said after the restore.")).id).toBeGreaterThan(newest?.id ?? 0);
  await expect(
    target.db.execute(sql`update statements set words = 'other'`),
    "the record is kept as before",
  ).rejects.toThrow();
});

test("numbers go on after those that came back, though the end of the file says that none was given", async () => {
  const target = await emptyDatabase();
  const forgetful = withLine(await backup(), -2, (foot) => ({ ...foot, sequences: {} }));
  await restoreBackup(target.url, shipped("drizzle"), inPieces(forgetful));
  const [newest] = await target.db.execute<{ id: number }>(sql`select max(id)::int as id from statements`);
  expect((await keepWords(target.db, "Said after the restore.")).id).toBeGreaterThan(newest?.id ?? 0);
});

describe("a restored archive", () => {
  test("sends nothing again: what waited is given up, and says why", async () => {
    const target = await emptyDatabase();
    const { madeAt } = await restoreBackup(target.url, shipped("drizzle"), inPieces(await backup()));
    const settled = await settleRestored(target.db, madeAt, noon);
    expect(settled).toEqual({ deliveries: 1, letters: 1, digests: 2, alerts: 2 });
    for (const at of [noon, hoursOn(1)]) {
      const job = context({ db: target.db, at });
      await reconcile({}, job);
      const stages = job.sent.map(({ stage }) => stage);
      for (const stage of ["deliver", "release", "correct", "match", "letter", "digest"])
        expect(stages).not.toContain(stage);
    }
    expect(await deliverAll(target.db)).toBe(0);
    const given = await target.db.select().from(deliveries).where(eq(deliveries.status, "failed"));
    const [attempt] = await target.db
      .select()
      .from(deliveryAttempts)
      .where(eq(deliveryAttempts.deliveryId, given[0]?.id ?? ""));
    expect(attempt?.message).toContain("Restored from a backup");
    expect((await target.db.select().from(digests)).map(({ status, repeats }) => [status, repeats])).toEqual([
      ["unknown", 1],
      ["unknown", 1],
    ]);
    expect(await settleRestored(target.db, madeAt, noon), "a second time there is nothing").toMatchObject({
      deliveries: 0,
      alerts: 0,
    });
  });

  test("goes on sending where it is told to", async () => {
    const target = await emptyDatabase();
    await restoreBackup(target.url, shipped("drizzle"), inPieces(await backup()));
    const job = context({ db: target.db, at: noon });
    await reconcile({}, job);
    const stages = new Set(job.sent.map(({ stage }) => stage));
    for (const stage of ["deliver", "release", "match", "letter", "digest"]) expect(stages).toContain(stage);
    expect(await deliverAll(target.db)).toBe(1);
  });
});

describe("a backup is refused", () => {
  const restore = async (bytes: Buffer) => {
    const target = await emptyDatabase();
    return {
      target,
      ended: await restoreBackup(target.url, shipped("drizzle"), inPieces(bytes)).catch((error) => error),
    };
  };

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["cut in the middle", (bytes) => bytes.subarray(0, bytes.length / 2)],
    ["without its last line", (bytes) => bytes.subarray(0, bytes.lastIndexOf("\n", -2) + 1)],
    [
      "with a word changed",
      (bytes) =>
        Buffer.from(
          bytes.toString("latin1").replace("Talks", "Walks").replace("hotline", "hotlane").replace("tests", "rests"),
          "latin1",
        ),
    ],
    [
      "with a row too many",
      (bytes) => Buffer.from(bytes.toString("latin1").replace("\n\\.\n", "\nx\n\\.\n"), "latin1"),
    ],
    ["that is something else", () => Buffer.from("hello\n")],
    ["that is empty", () => Buffer.alloc(0)],
    ["that has had no migration", (bytes) => withLine(bytes, 0, (head) => ({ ...head, migrations: [] }))],
    ["whose end counts no rows", (bytes) => withLine(bytes, -2, (foot) => ({ ...foot, rows: {} }))],
    [
      "that sets what is no sequence",
      (bytes) => withLine(bytes, -2, (foot) => ({ ...foot, sequences: { pg_class: 1 } })),
    ],
    ["with a column of another name", (bytes) => withLine(bytes, 1, (begins) => ({ ...begins, columns: ["nobody"] }))],
    ["with a table of another name", (bytes) => withLine(bytes, 1, (begins) => ({ ...begins, table: "pg_class" }))],
    [
      "with a table twice",
      (bytes) =>
        withLine(
          bytes,
          1,
          (begins) => begins,
          (line) => `${line}\n\\.\n${line}`,
        ),
    ],
    [
      "whose rows name others that are not there",
      (bytes) => {
        const lines = bytes.toString("latin1").split("\n");
        const from = lines.findIndex((line) => line.startsWith('{"table":"actors"'));
        const end = lines.indexOf("\\.", from);
        const emptied = Buffer.from([...lines.slice(0, from + 1), ...lines.slice(end)].join("\n"), "latin1");
        return withLine(emptied, -2, (foot) => ({ ...foot, rows: { ...(foot.rows as object), actors: 0 } }));
      },
    ],
  ])("%s, and nothing of it stays", async (_, spoil) => {
    const { target, ended } = await restore(spoil(await backup()));
    expect(ended).toMatchObject({ name: "Failure", code: "bad-input" });
    const [held] = await target.db.execute<{ it: string | null }>(
      sql`select to_regclass('public.documents')::text as it`,
    );
    if (held?.it) expect(await target.db.execute(sql`select from documents`)).toEqual([]);
  });

  test("with a line without end, before it fills the memory", async () => {
    let taken = 0;
    async function* zeros() {
      const head = await backup();
      yield head.subarray(0, head.indexOf(10) + 1);
      for (const piece = Buffer.alloc(8 * 1024 * 1024); taken < 2 ** 31; taken += piece.length) yield piece;
    }
    const target = await emptyDatabase();
    const ended = restoreBackup(target.url, shipped("drizzle"), zeros());
    await expect(ended).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("line is longer"),
    });
    expect(taken).toBeLessThanOrEqual(2 ** 28);
  });

  test("where the database holds an archive, which stays as it is", async () => {
    const target = await emptyDatabase();
    await migrate(target.url, shipped("drizzle"));
    await keepRecords(target.db);
    const before = await contentsOf(target.db);
    await expect(restoreBackup(target.url, shipped("drizzle"), inPieces(await backup()))).rejects.toMatchObject({
      code: "in-use",
    });
    expect(await contentsOf(target.db)).toEqual(before);
  });

  test("that a newer Parley wrote", async () => {
    const [head = "", ...rest] = (await backup()).toString("latin1").split("\n");
    const newer = JSON.parse(head);
    newer.migrations.push({ tag: "9999_of_tomorrow", sha256: "0".repeat(64) });
    const { ended } = await restore(Buffer.from([JSON.stringify(newer), ...rest].join("\n"), "latin1"));
    expect(ended).toMatchObject({ code: "migration-refused", message: expect.stringContaining("newer Parley") });
  });
});

test("a backup is as of one moment, whatever is written meanwhile", async () => {
  const parts: Buffer[] = [];
  let wrote = false;
  for await (const part of writeBackup(db.url(), { parley: "0", now: noon })) {
    parts.push(part);
    if (!wrote && parts.length > 3) {
      wrote = true;
      await keepWords(db(), "Said while the backup was written.");
      await sleep(1);
    }
  }
  const target = await emptyDatabase();
  await restoreBackup(target.url, shipped("drizzle"), inPieces(Buffer.concat(parts), 65_536));
  expect(await target.db.execute(sql`select from statements where words like '%while the backup%'`)).toEqual([]);
  expect((await verifyArchive(target.db, null)).breaches).toEqual([]);
});
