import { Worker } from "node:worker_threads";
import type postgres from "postgres";
import { cpuOfFamily } from "../parts/cpu.ts";
import { PER_DOCUMENT } from "./calendar.ts";
import type { WriterTask } from "./writer.ts";

const WRITERS = 4;

/** How fast statements were kept; the processor time that each took of ours and of Postgres, in milliseconds, null without /proc. */
export type Filled = { readonly perSecond: number; readonly ownMs: number; readonly postgresMs: number | null };

/** Makes documents with captures for so many statements, in order of their days; their statements come with `fillStatements`. */
export async function makeDocuments(sql: postgres.Sql, from: number, documents: number): Promise<void> {
  await sql`insert into bodies (sha256, gzipped, byte_length) values ('bench', '\\x00', 1) on conflict do nothing`;
  await sql`
    with sources as (select array_agg(id order by id) as ids from sources),
    made as (
      insert into documents (identity, source_id, url, first_seen_at)
      select 'https://bench.example/' || n, ids[1 + (n * 7919) % array_length(ids, 1)], 'https://bench.example/' || n, now()
      from generate_series(${from}::bigint + 1, ${from}::bigint + ${documents}::bigint) as n, sources order by n returning id, url
    )
    insert into captures (document_id, url, final_url, headers, body_sha256, fetched_at)
    select id, url, url, '{}', 'bench', now() from made order by id`;
}

/**
 * Keeps the statements of documents that have none, as the workers do: written in threads, one transaction a document; tells how fast.
 *
 * @param from - What share of the calendar lies behind already: news comes in in the order of its days, or nearly so.
 */
export async function fillStatements(
  url: string,
  sql: postgres.Sql,
  statements: number,
  { writers = WRITERS, from = 0 }: { readonly writers?: number; readonly from?: number } = {},
): Promise<Filled> {
  const documents = Math.ceil(statements / PER_DOCUMENT);
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from documents`;
  await makeDocuments(sql, row?.count ?? 0, documents);
  const task: WriterTask = {
    url,
    documents: await sql<{ id: number; capture: number }[]>`
      select d.id::float8 as id, c.id::float8 as capture from documents d join captures c on c.document_id = d.id
      where d.current_version_id is null order by d.id`,
    names: {
      actors: await namesOf(sql`select id from actors order by md5(id)`),
      topics: await namesOf(sql`select id from topics where parent_id is not null order by md5(id)`),
    },
    from,
    next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  };
  const server = await serverOf(sql);
  const before = { own: process.cpuUsage(), server: await cpuOfFamily(server) };
  const started = performance.now();
  const tell = (written: number) => {
    const rate = (written * PER_DOCUMENT * 1_000) / (performance.now() - started);
    process.stderr.write(`${(written * PER_DOCUMENT).toLocaleString("en")} statements, ${Math.round(rate)}/s\n`);
  };
  await Promise.all(Array.from({ length: writers }, () => writeInThread(task, tell)));
  const seconds = (performance.now() - started) / 1_000;
  const own = process.cpuUsage(before.own);
  const served = await cpuOfFamily(server);
  const kept = task.documents.length * PER_DOCUMENT;
  return {
    perSecond: kept / seconds,
    ownMs: (own.user + own.system) / 1_000 / kept,
    postgresMs: served === null || before.server === null ? null : ((served - before.server) * 1_000) / kept,
  };
}

function writeInThread(task: WriterTask, tell: (written: number) => void): Promise<void> {
  // Plain rows: what the database gives carries more than a thread can be handed.
  const documents = task.documents.map(({ id, capture }) => ({ id, capture }));
  const thread = new Worker(new URL("./writer.js", import.meta.url), { workerData: { ...task, documents } });
  thread.on("message", tell);
  return new Promise((done, fail) => {
    thread.once("error", fail);
    thread.once("exit", () => done());
  });
}

async function namesOf(query: postgres.PendingQuery<{ id: string }[]>): Promise<[string, ...string[]]> {
  return (await query).map(({ id }) => id) as [string, ...string[]];
}

/** Finds the number of the process that all connections of the server come from. */
async function serverOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ file: string }[]>`select pg_read_file('postmaster.pid') as file`;
  return Number(row?.file.split("\n")[0]);
}
