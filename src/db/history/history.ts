import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** A table of the record: the number its rows are sealed by, and the columns that never change, in a fixed order. */
type Sealed = { readonly noun: string; readonly by: string; readonly row: SQL; readonly madeAt: SQL };

/**
 * The tables that are sealed. Columns that move (which reader has read a capture) are left out; a column added later is sealed only
 * under a new noun, so that old seals keep their meaning.
 */
const sealed: readonly Sealed[] = [
  {
    ...{ noun: "capture", by: "id" },
    row: sql.raw("document_id, source_id, url, final_url, http_status, headers, body_sha256, fetched_at, elapsed_ms"),
    madeAt: sql.raw("fetched_at"),
  },
  {
    ...{ noun: "version", by: "id" },
    row: sql.raw(
      "document_id, capture_id, number, cause, reader_version, title, byline, publisher, kind, lang, published_at, updated_at, published_instant, text_sha256, md5(text), blocks, problems, created_at",
    ),
    madeAt: sql.raw("created_at"),
  },
  {
    ...{ noun: "statement", by: "id" },
    row: sql.raw(`version_id, ordinal, kind, act, polarity, content, words, quotes, cue, speaker, addressee, relayed_by, question, said_at,
      said_instant, confidence, rule, fidelity, flags, lang,
      (select jsonb_agg(jsonb_build_array(actor_id, method, confidence) order by actor_id) from statement_actors a where a.statement_id = t.id),
      (select jsonb_agg(jsonb_build_array(topic_id, score, evidence) order by topic_id) from statement_topics a where a.statement_id = t.id)`),
    madeAt: sql.raw("(select created_at from versions v where v.id = t.version_id)"),
  },
  {
    ...{ noun: "poll", by: "id" },
    row: sql.raw(
      "source_id, started_at, finished_at, outcome, http_status, items_seen, items_new, failure_code, message, problems",
    ),
    madeAt: sql.raw("finished_at"),
  },
];

/** Most rows under one seal. */
const MOST_ROWS = 5_000;
const DIGEST_LENGTH = 16;
const FIRST = "0".repeat(64);

/** Something in the sealed record that is not as it was sealed. */
export type HistoryBreach = { readonly row: string; readonly what: string };

/**
 * Seals the rows of the record that were made before a moment and are not sealed yet.
 *
 * @param before - Leave some minutes: a row that commits late among sealed ones would look as if it had been put there.
 * @returns How many rows were sealed.
 */
export async function sealHistory(db: Database, before: Date, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ ours: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('parley history')) as ours`,
    );
    if (!lock?.ours) return 0;
    await tx.execute(sql`set local timezone to 'UTC'`);
    let count = 0;
    for (const table of sealed) {
      for (;;) {
        const [mark] = await tx.execute<{ last: string }>(
          sql`select coalesce(max(last_id), 0)::text as last from history_seals where noun = ${table.noun}`,
        );
        const rows = await digestsOf(tx, table, sql`t.id > ${mark?.last ?? "0"}::bigint`, before);
        const last = rows.at(-1);
        if (!last) break;
        const [top] = await tx.execute<{ number: number; hash: string }>(
          sql`select number, hash from history_seals order by number desc limit 1`,
        );
        const seal = {
          ...{ number: (top?.number ?? 0) + 1, noun: table.noun, afterId: Number(mark?.last ?? 0), lastId: last.id },
          ...{ ids: rows.map(({ id }) => id), digests: rows.map(({ digest }) => digest).join("") },
        };
        await tx.execute(sql`
          insert into history_seals (number, noun, after_id, last_id, ids, digests, hash, sealed_at)
          values (${seal.number}::integer, ${seal.noun}, ${seal.afterId}::bigint, ${seal.lastId}::bigint,
            array(select jsonb_array_elements_text(${JSON.stringify(seal.ids)}::text::jsonb)::bigint), ${seal.digests},
            ${hashOf(top?.hash ?? FIRST, seal)}, ${now.toISOString()}::timestamptz)`);
        count += rows.length;
        if (rows.length < MOST_ROWS) break;
      }
    }
    return count;
  });
}

/** Compares the record with its seals, and the seals with one another; gives every row that was changed, removed or put in between. */
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
  const table = sealed.find((one) => one.noun === noun);
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

async function digestsOf(tx: Database, { noun, row, madeAt }: Sealed, where: SQL, before: Date | null) {
  const table = sql.identifier(`${noun}s`);
  const rows = await tx.execute<{ id: number; digest: string; early: boolean }>(sql`
    select t.id::float8 as id, left(encode(sha256(convert_to(jsonb_build_array(${row})::text, 'UTF8')), 'hex'), ${DIGEST_LENGTH}) as digest,
      ${before === null ? sql`true` : sql`${madeAt} < ${before.toISOString()}::timestamptz`} as early
    from ${table} t where ${where} order by t.id ${before === null ? sql`` : sql`limit ${MOST_ROWS}`}`);
  const late = rows.findIndex(({ early }) => !early);
  return late === -1 ? rows : rows.slice(0, late);
}

function hashOf(before: string, { number, noun, afterId, lastId, ids, digests }: Seal): string {
  const content = JSON.stringify([before, number, noun, afterId, lastId, ids, digests]);
  return createHash("sha256").update(content).digest("hex");
}
