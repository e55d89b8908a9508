import { createHash } from "node:crypto";
import postgres from "postgres";
import { z } from "zod";
import { Failure } from "../../domain/failure.ts";

/**
 * Longest line of a backup, bytes: a row. A fetch has up to 10 MB, 20 as hexadecimal digits; a file that was imported may be several times
 * as long, and its text stands in one row with what was found in it.
 */
export const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

/** The first line of a backup. */
export const backupHead = z.object({
  format: z.literal("parley-backup/1"),
  madeAt: z.iso.datetime(),
  /** The version of the Parley that wrote it. */
  parley: z.string(),
  /** Which migrations its tables have had. */
  migrations: z.array(z.object({ tag: z.string(), sha256: z.string() })).min(1),
});
export type BackupHead = z.infer<typeof backupHead>;

/** The line before the rows of a table. */
export const backupTable = z.object({ table: z.string(), columns: z.array(z.string()) });

/** The last line but one: how many rows each table has, and where the sequences stand; null where one was never used. */
export const backupFoot = z.object({
  rows: z.record(z.string(), z.number().int()),
  sequences: z.record(z.string(), z.number().int().nullable()),
});

/** The last line: the SHA-256 of all before it. */
export const backupSeal = z.object({ sha256: z.string() });

/** Ends the rows of a table, as in Postgres' own text form of COPY. */
export const END_OF_ROWS = "\\.";

/**
 * Writes the whole archive as of one moment, while Parley may go on writing: a line that says what it is, then of each table a line
 * with its name and columns, its rows in the text form of COPY and `\.`, then counts and sequences, then the hash of all that.
 *
 * The queues are left out: they are made anew. Any Postgres from 14 on reads it, whichever wrote it.
 *
 * @throws {Failure} `too-large` where a row is longer than could be put back.
 */
export async function* writeBackup(
  url: string,
  { parley, now }: { readonly parley: string; readonly now: Date },
): AsyncGenerator<Buffer> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "parley backup" } });
  const hash = createHash("sha256");
  const hashed = (bytes: Buffer) => {
    hash.update(bytes);
    return bytes;
  };
  const line = (value: unknown) => hashed(Buffer.from(`${JSON.stringify(value)}\n`));
  try {
    const connection = await client.reserve();
    await connection`begin isolation level repeatable read read only`;
    await connection`set local statement_timeout to 0`;
    const migrations = await connection<
      BackupHead["migrations"]
    >`select tag, sha256 from parley_migrations order by place`;
    const head: BackupHead = {
      format: "parley-backup/1",
      madeAt: now.toISOString(),
      parley,
      migrations: [...migrations],
    };
    yield line(head);
    const rows: Record<string, number> = {};
    for (const { table, columns } of await tablesOf(connection)) {
      yield line({ table, columns });
      rows[table] = 0;
      for await (const part of rowsOf(connection, table, columns)) {
        rows[table] += part.length;
        yield hashed(Buffer.from(part.join("")));
      }
      yield hashed(Buffer.from(`${END_OF_ROWS}\n`));
    }
    yield line({ rows, sequences: await sequencesOf(connection) });
    yield Buffer.from(`${JSON.stringify({ sha256: hash.digest("hex") })}\n`);
    await connection`commit`;
    connection.release();
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Rows that are brought at a time; a body may have megabytes. */
const AT_ONCE = 200;

/**
 * Brings the rows of a table as lines of the text form of COPY. Not by COPY itself: postgres.js 3.4 leaves its socket paused where the
 * end of a copy comes with the last of the rows, and no later question is answered.
 */
async function* rowsOf(
  connection: postgres.Sql,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly string[]> {
  const list = columns.map((column) => `${quoted(column)}::text`).join(", ");
  await connection.unsafe(`declare backup no scroll cursor for select ${list} from ${quoted(table)}`);
  for (;;) {
    const rows = await connection.unsafe(`fetch forward ${AT_ONCE} from backup`).values();
    if (rows.length === 0) break;
    const lines = (rows as unknown as (string | null)[][]).map((row) => `${row.map(copyText).join("\t")}\n`);
    if (lines.some(isTooLong))
      throw new Failure(
        "too-large",
        `A row of ${table} has more than ${LONGEST_LINE_BYTES} bytes; a backup cannot hold it.`,
      );
    yield lines;
  }
  await connection`close backup`;
}

function isTooLong(line: string): boolean {
  // A UTF-16 unit has at most three bytes in UTF-8: most lines need not be measured.
  return line.length * 3 > LONGEST_LINE_BYTES && Buffer.byteLength(line) > LONGEST_LINE_BYTES;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Writes a value as COPY reads it. */
function copyText(value: string | null): string {
  return value === null ? "\\N" : value.replaceAll(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

/** Lists Parley's tables with the columns that are stored, those of the queues and of the migrations left out. */
export async function tablesOf(
  client: postgres.Sql | postgres.TransactionSql,
): Promise<readonly { readonly table: string; readonly columns: readonly string[] }[]> {
  return client<{ table: string; columns: string[] }[]>`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'parley_migrations'
    group by c.relname order by c.relname`;
}

async function sequencesOf(client: postgres.Sql): Promise<Readonly<Record<string, number | null>>> {
  const found = await client<{ name: string; last: number | null }[]>`
    select sequencename as name, last_value::float8 as last from pg_sequences where schemaname = 'public' order by 1`;
  return Object.fromEntries(found.map(({ name, last }) => [name, last]));
}

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
