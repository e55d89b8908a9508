import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { notedDifferences } from "./row-changes.ts";
import { type SealedTable, sealedTables } from "./sealed-tables.ts";

/** Most rows under one seal. */
const MOST_ROWS = 5_000;
const DIGEST_LENGTH = 16;
const FIRST = "0".repeat(64);

/** How long sealing waits for transactions under way, and how often it looks. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Something in the sealed record that is not as it was sealed. */
export type HistoryBreach = { readonly row: string; readonly what: string };

/**
 * Seals the rows of the record that are not sealed yet: all that were committed when it begins.
 *
 * A row of a lower number that commits after sealed ones would look put in. So the highest numbers are read first, then every transaction
 * that was writing at that moment must end, and only rows up to those numbers are sealed.
 *
 * @param patienceMs - How long to wait for those transactions; then nothing is sealed, and the next time will do.
 * @returns How many rows were sealed.
 */
export async function sealHistory(db: Database, now: Date, patienceMs = PATIENCE_MS): Promise<number> {
  const tops = await topsOf(db);
  if (!(await othersEnded(db, patienceMs))) return 0;
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ ours: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('parley history')) as ours`,
    );
    if (!lock?.ours) return 0;
    await tx.execute(sql`set local timezone to 'UTC'`);
    let count = 0;
    for (const table of sealedTables) count += await sealTable(tx, table, tops.get(table.noun) ?? 0, now);
    return count;
  });
}

/** Reads the highest number of each table. */
async function topsOf(db: Database): Promise<ReadonlyMap<string, number>> {
  const each = sealedTables.map(
    ({ noun }) => sql`select ${noun} as noun, max(id)::float8 as top from ${sql.identifier(`${noun}s`)}`,
  );
  const rows = await db.execute<{ noun: string; top: number | null }>(sql.join(each, sql` union all `));
  return new Map(rows.map(({ noun, top }) => [noun, top ?? 0]));
}

/** Waits until all transactions of this database have ended that are writing now; false when that takes too long. */
async function othersEnded(db: Database, patienceMs: number): Promise<boolean> {
  const writing = async () => {
    const rows = await db.execute<{ xid: string }>(sql`
      select backend_xid::text as xid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null`);
    return rows.map(({ xid }) => xid);
  };
  const awaited = new Set(await writing());
  for (let waitedMs = 0; awaited.size > 0; waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= patienceMs) return false;
    await sleep(LOOK_EVERY_MS);
    const still = new Set(await writing());
    for (const xid of awaited) if (!still.has(xid)) awaited.delete(xid);
  }
  return true;
}

/** Seals the rows of a table up to a number, some thousands at a time. */
async function sealTable(tx: Database, table: SealedTable, top: number, now: Date): Promise<number> {
  for (let count = 0; ; ) {
    const [mark] = await tx.execute<{ last: string }>(
      sql`select coalesce(max(last_id), 0)::text as last from history_seals where noun = ${table.noun}`,
    );
    const where = sql`t.id > ${mark?.last ?? "0"}::bigint and t.id <= ${top}::bigint`;
    const rows = await digestsOf(tx, table, where, MOST_ROWS);
    const last = rows.at(-1);
    if (!last) return count;
    const [newest] = await tx.execute<{ number: number; hash: string }>(
      sql`select number, hash from history_seals order by number desc limit 1`,
    );
    const seal = {
      ...{ number: (newest?.number ?? 0) + 1, noun: table.noun, afterId: Number(mark?.last ?? 0), lastId: last.id },
      ...{ ids: rows.map(({ id }) => id), digests: rows.map(({ digest }) => digest).join("") },
    };
    await tx.execute(sql`
      insert into history_seals (number, noun, after_id, last_id, ids, digests, hash, sealed_at)
      values (${seal.number}::integer, ${seal.noun}, ${seal.afterId}::bigint, ${seal.lastId}::bigint,
        array(select jsonb_array_elements_text(${JSON.stringify(seal.ids)}::text::jsonb)::bigint), ${seal.digests},
        ${hashOf(newest?.hash ?? FIRST, seal)}, ${now.toISOString()}::timestamptz)`);
    count += rows.length;
    if (rows.length < MOST_ROWS) return count;
  }
}

/**
 * Compares the record with its seals and with the notes of its changes, and the seals with one another; gives every row that was changed,
 * removed or put in behind Parley's back.
 */
export async function verifyHistory(
  db: Database,
): Promise<{ readonly seals: number; readonly rows: number; readonly breaches: readonly HistoryBreach[] }> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local timezone to 'UTC'`);
    const breaches: HistoryBreach[] = [];
    let [seals, rows, before] = [0, 0, FIRST];
    for (;;) {
      const [found] = await tx.execute<Seal & { hash: string }>(sql`
        select number, noun, after_id::float8 as "afterId", last_id::float8 as "lastId",
          (select coalesce(jsonb_agg(i order by place), '[]') from unnest(ids) with ordinality as one (i, place)) as ids, digests, hash
        from history_seals where number > ${seals}::integer order by number limit 1`);
      if (!found) break;
      const { hash, ...seal } = found;
      if (seal.number !== seals + 1) breaches.push({ row: `seal ${seals + 1}`, what: "it is missing" });
      if (hashOf(before, seal) !== hash)
        breaches.push({ row: `seal ${seal.number}`, what: "it is not as it was written" });
      [seals, before] = [seal.number, hash];
      rows += seal.ids.length;
      breaches.push(...(await differences(tx, seal)));
    }
    breaches.push(...(await notedDifferences(tx)));
    return { seals, rows, breaches };
  });
}

type Seal = {
  readonly number: number;
  readonly noun: string;
  readonly afterId: number;
  readonly lastId: number;
  readonly ids: readonly number[];
  readonly digests: string;
};

async function differences(
  tx: Database,
  { noun, afterId, lastId, ids, digests }: Seal,
): Promise<readonly HistoryBreach[]> {
  const table = sealedTables.find((one) => one.noun === noun);
  if (!table) return [{ row: `seal of ${noun}`, what: "this Parley does not know what it seals; a newer one made it" }];
  const where = sql`t.id > ${afterId}::bigint and t.id <= ${lastId}::bigint`;
  const today = new Map((await digestsOf(tx, table, where, null)).map(({ id, digest }) => [id, digest]));
  const breaches = ids.flatMap((id, place) => {
    const digest = today.get(id);
    today.delete(id);
    const row = `${noun} ${id}`;
    if (digest === undefined) return [{ row, what: "it was removed" }];
    const then = digests.slice(place * DIGEST_LENGTH, (place + 1) * DIGEST_LENGTH);
    return digest === then ? [] : [{ row, what: "it was changed after it was recorded" }];
  });
  return [...breaches, ...[...today.keys()].map((id) => ({ row: `${noun} ${id}`, what: "it was put in later" }))];
}

async function digestsOf(tx: Database, { noun, row }: SealedTable, where: SQL, most: number | null) {
  return tx.execute<{ id: number; digest: string }>(sql`
    select t.id::float8 as id, left(encode(sha256(convert_to(jsonb_build_array(${row})::text, 'UTF8')), 'hex'), ${DIGEST_LENGTH}) as digest
    from ${sql.identifier(`${noun}s`)} t where ${where} order by t.id ${most === null ? sql`` : sql`limit ${most}`}`);
}

function hashOf(before: string, { number, noun, afterId, lastId, ids, digests }: Seal): string {
  const content = JSON.stringify([before, number, noun, afterId, lastId, ids, digests]);
  return createHash("sha256").update(content).digest("hex");
}
