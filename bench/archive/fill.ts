import type postgres from "postgres";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { saveFirstReading } from "../../src/db/first-reading.ts";
import { writeStatements } from "../../src/db/written-statements.ts";
import type { Article } from "../../src/domain/article.ts";
import { cpuOfFamily } from "../parts/cpu.ts";
import { type Chance, chanceFrom } from "../site/chance.ts";
import { generatedStatement } from "./words.ts";

const PER_DOCUMENT = 20;
const WRITERS = 4;
const FIRST_DAY = Date.UTC(2021, 0, 1);
const DAYS = 2_000;
/** The day after the last statement, as of which an archive is looked at. */
export const LAST_DAY = new Date(FIRST_DAY + (DAYS + 3) * 86_400_000);

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

/** Keeps the statements of documents that have none, as the workers do; tells how fast. */
export async function fillStatements(url: string, sql: postgres.Sql, statements: number): Promise<Filled> {
  const documents = Math.ceil(statements / PER_DOCUMENT);
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from documents`;
  await makeDocuments(sql, row?.count ?? 0, documents);
  const ids = await sql<{ id: number; capture: number }[]>`
    select d.id::float8 as id, c.id::float8 as capture from documents d join captures c on c.document_id = d.id
    where d.current_version_id is null order by d.id`;
  const names = {
    actors: (await sql<{ id: string }[]>`select id from actors order by md5(id)`).map(({ id }) => id) as [string],
    topics: (await sql<{ id: string }[]>`select id from topics where parent_id is not null order by md5(id)`).map(
      ({ id }) => id,
    ) as [string],
  };
  const { db, close } = openDatabase(url, { name: "parley bench", maxConnections: WRITERS });
  const server = await serverOf(sql);
  const before = { own: process.cpuUsage(), server: await cpuOfFamily(server) };
  const started = performance.now();
  let next = 0;
  const write = async () => {
    for (let at = next++; at < ids.length; at = next++) {
      const place = ids[at];
      if (place) await keepDocument(db, chanceFrom(place.id), names, place, (at + 0.5) / ids.length);
      if (at % 5_000 === 4_999) {
        const rate = ((at + 1) * PER_DOCUMENT * 1_000) / (performance.now() - started);
        process.stderr.write(`${((at + 1) * PER_DOCUMENT).toLocaleString("en")} statements, ${Math.round(rate)}/s\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  const seconds = (performance.now() - started) / 1_000;
  const own = process.cpuUsage(before.own);
  const served = await cpuOfFamily(server);
  await close();
  const kept = ids.length * PER_DOCUMENT;
  return {
    perSecond: kept / seconds,
    ownMs: (own.user + own.system) / 1_000 / kept,
    postgresMs: served === null || before.server === null ? null : ((served - before.server) * 1_000) / kept,
  };
}

/** Finds the number of the process that all connections of the server come from. */
async function serverOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ file: string }[]>`select pg_read_file('postmaster.pid') as file`;
  return Number(row?.file.split("\n")[0]);
}

async function keepDocument(
  db: Database,
  chance: Chance,
  names: Parameters<typeof generatedStatement>[1],
  place: { readonly id: number; readonly capture: number },
  through: number,
): Promise<void> {
  const day = new Date(FIRST_DAY + Math.floor(through * DAYS + chance() * 3) * 86_400_000).toISOString().slice(0, 10);
  const statements = Array.from({ length: PER_DOCUMENT }, () => generatedStatement(chance, names, day));
  const article: Article = {
    ...{ url: null, title: `Document ${place.id}`, byline: null, publisher: null, kind: "news", lang: "en" },
    publishedAt: { value: day, precision: "day", basis: "jsonld", raw: day },
    ...{ updatedAt: null, text: statements.map(({ text }) => text).join("\n"), blocks: [], problems: [] },
  };
  await saveFirstReading(db, {
    ...{ documentId: place.id, captureId: place.capture, readerVersion: 1, article },
    statements: writeStatements(place.id, statements, article.lang),
    ...{ createdAt: new Date(), detectedBy: 1 },
  });
}
