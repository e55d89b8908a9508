import { createHash } from "node:crypto";
import { setImmediate as handedOver } from "node:timers/promises";
import postgres from "postgres";
import type { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import { migrate } from "../migrate.ts";
import {
  type BackupHead,
  backupFoot,
  backupHead,
  backupSeal,
  backupTable,
  END_OF_ROWS,
  LONGEST_LINE_BYTES,
  quoted,
  tablesOf,
} from "./backup.ts";

type Tables = Awaited<ReturnType<typeof tablesOf>>;

/** A connection, inside a transaction or not. */
type Asking = postgres.Sql | postgres.TransactionSql;

/** What came back. */
export type Restored = { readonly madeAt: Date; readonly rows: Readonly<Record<string, number>> };

/**
 * Puts a backup into a database that holds no archive yet, in one transaction: all of it or nothing. Triggers keep still meanwhile, and
 * every reference among the rows is checked at the end.
 *
 * @param bytes - The backup, unpacked.
 * @param folder - The migrations of this Parley; those that the backup has had are applied first, the others are left to the next opening.
 * @throws {Failure} `bad-input` when it is no backup, or was cut or changed; `migration-refused` when a newer Parley wrote it; `in-use` when the
 *   database holds an archive.
 */
export async function restoreBackup(url: string, folder: string, bytes: AsyncIterable<Buffer>): Promise<Restored> {
  const lines = linesOf(bytes);
  const head = readAs(backupHead, await lines.next(), "its first line");
  await makeTables(url, folder, head);
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "parley restore" } });
  try {
    return await client.begin(async (sql) => {
      await sql`set local statement_timeout to 0`;
      const tables = await tablesOf(sql);
      await refuseUnlessEmpty(sql, tables);
      const back = await letGo(sql, tables);
      const rows: Record<string, number> = {};
      for (let at = await lines.next(); ; at = await lines.next()) {
        const begins = backupTable.safeParse(jsonOf(at));
        if (!begins.success) {
          await checkEnd(sql, at, lines, rows);
          break;
        }
        const { table, columns } = begins.data;
        refuseUnlessOurs(tables, table, columns);
        if (rows[table] !== undefined) throw damaged(`${table} is there twice`);
        rows[table] = await copyRows(sql, table, columns, lines);
      }
      await back();
      return { madeAt: new Date(head.madeAt), rows };
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Brings the tables to where the backup's were. */
async function makeTables(url: string, folder: string, head: BackupHead): Promise<void> {
  await migrate(url, folder, head.migrations.length);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const applied = await client<BackupHead["migrations"]>`select tag, sha256 from parley_migrations order by place`;
    const same = (one: BackupHead["migrations"][number], index: number) => applied[index]?.sha256 === one.sha256;
    if (applied.length === head.migrations.length && head.migrations.every(same)) return;
    throw new Failure(
      "migration-refused",
      applied.length < head.migrations.length
        ? `The backup was written by a newer Parley (${head.parley}): upgrade this one first.`
        : "The backup's tables and those of this database are not the same: restore into a new, empty database.",
    );
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** A backup has all columns of a table: the migrations are the same. */
function refuseUnlessOurs(tables: Tables, table: string, columns: readonly string[]): void {
  const ours = tables.find((one) => one.table === table)?.columns;
  if (!ours) throw damaged(`there is no table ${table}`);
  if ([...ours].sort().join() !== [...columns].sort().join()) throw damaged(`the columns of ${table} are others`);
}

async function refuseUnlessEmpty(sql: Asking, tables: Tables): Promise<void> {
  const held = ["documents", "captures", "developments", "subscribers", "endpoints", "rules", "tokens"];
  for (const table of held.filter((name) => tables.some((one) => one.table === name))) {
    const [row] = await sql`select from ${sql(table)} limit 1`;
    if (row)
      throw new Failure("in-use", `The database holds an archive (table ${table}): restore into a new, empty one.`);
  }
}

/** Empties the tables, lets go of triggers and references; gives what takes hold of them again, which checks every reference. */
async function letGo(sql: Asking, tables: Tables): Promise<() => Promise<void>> {
  const references = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`;
  for (const { table } of tables) await sql.unsafe(`alter table ${quoted(table)} disable trigger user`);
  for (const { table, name } of references) await sql.unsafe(`alter table ${table} drop constraint ${quoted(name)}`);
  await sql.unsafe(`truncate ${tables.map(({ table }) => quoted(table)).join(", ")}`);
  return async () => {
    for (const { table, name, definition } of references) {
      await sql.unsafe(`alter table ${table} add constraint ${quoted(name)} ${definition}`).catch((error) => {
        // 23503: a row names one that is not there.
        throw error.code === "23503" ? damaged(`rows of ${table} name others that are not there`, error) : error;
      });
    }
    for (const { table } of tables) await sql.unsafe(`alter table ${quoted(table)} enable trigger user`);
  };
}

/** Bytes of rows that are handed to Postgres at a time. */
const AT_ONCE = 256 * 1024;

async function copyRows(sql: Asking, table: string, columns: readonly string[], lines: Lines): Promise<number> {
  const into = await sql.unsafe(`copy ${quoted(table)} (${columns.map(quoted).join(", ")}) from stdin`).writable();
  into.on("error", () => {});
  const put = (bytes: readonly Buffer[]) =>
    new Promise<void>((done, fail) => into.write(Buffer.concat(bytes), (error) => (error ? fail(error) : done())));
  let rows = 0;
  try {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for (let line = await lines.next(); !isEndOfRows(line); line = await lines.next()) {
      rows += 1;
      waiting.push(line, NEWLINE);
      bytes += line.length + 1;
      if (bytes < AT_ONCE) continue;
      await put(waiting);
      waiting = [];
      bytes = 0;
    }
    if (waiting.length > 0) await put(waiting);
    into.end();
    await handedOver();
    // postgres.js 3.4 tells nobody of a mistake that Postgres finds after the last row; a question behind it fails then.
    await sql`select`;
  } catch (error) {
    // Else the connection takes no word but rows, the one of giving up neither.
    into.destroy(error as Error);
    await handedOver();
    if (error instanceof Failure) throw error;
    throw damaged(`the rows of ${table} cannot be put back`, error);
  }
  return rows;
}

function isEndOfRows(line: Buffer): boolean {
  return line.length === END_OF_ROWS.length && line.toString("latin1") === END_OF_ROWS;
}

/** Checks hash and counts, and sets the sequences: what comes next gets no number that is taken, whatever the end of the file says. */
async function checkEnd(sql: Asking, foot: Buffer, lines: Lines, rows: Readonly<Record<string, number>>) {
  const end = readAs(backupFoot, foot, "what stands after a table");
  const sha256 = lines.digest();
  const seal = readAs(backupSeal, await lines.next(), "its last line");
  if (seal.sha256 !== sha256) throw damaged("it does not have the hash in its last line");
  for (const table of new Set([...Object.keys(end.rows), ...Object.keys(rows)]))
    if (rows[table] !== end.rows[table])
      throw damaged(`${table} has ${rows[table] ?? 0} rows of ${end.rows[table] ?? 0}`);
  await setSequences(sql, end.sequences);
}

/** Sets each sequence to the greatest number its table holds, or to where it stood if that was further. */
async function setSequences(sql: Asking, stood: Readonly<Record<string, number | null>>): Promise<void> {
  const ours = await sql<{ name: string; table: string; column: string }[]>`
    select s.relname as name, t.relname as table, a.attname as column from pg_class s
      join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype in ('a', 'i')
      join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace
    -- Belongs to no column: a trigger takes from it.
    union all select 'rule_revisions', 'rules', 'revision' order by 1`;
  const unknown = Object.keys(stood).find((name) => !ours.some((one) => one.name === name));
  if (unknown !== undefined) throw damaged(`there is no sequence ${unknown}`);
  for (const { name, table, column } of ours) {
    const [row] = await sql`select max(${sql(column)})::float8 as last from ${sql(table)}`;
    const last = Math.max(row?.last ?? 0, stood[name] ?? 0);
    if (last > 0) await sql`select setval(${quoted(name)}::regclass, ${last})`;
  }
}

const NEWLINE = Buffer.from("\n");

/** The lines of a backup, one after the other. */
type Lines = {
  /** @throws {Failure} `bad-input` when there is none any more. */
  readonly next: () => Promise<Buffer>;
  /** The SHA-256 of the lines so far. */
  readonly digest: () => string;
};

/** Cuts bytes at line feeds alone, because rows may hold every other character. */
function linesOf(bytes: AsyncIterable<Buffer>): Lines {
  const hash = createHash("sha256");
  const lines = cut(bytes);
  return {
    next: async () => {
      const line = await lines.next();
      if (line.done) throw damaged("it was cut off");
      hash.update(line.value).update(NEWLINE);
      return line.value;
    },
    digest: () => hash.copy().digest("hex"),
  };
}

async function* cut(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let at = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, at)) {
      yield Buffer.concat([...begun, chunk.subarray(at, end)]);
      begun = [];
      length = 0;
      at = end + 1;
    }
    if (at === chunk.length) continue;
    begun.push(chunk.subarray(at));
    length += chunk.length - at;
    if (length > LONGEST_LINE_BYTES) throw damaged(`a line is longer than ${LONGEST_LINE_BYTES} bytes`);
  }
  // What has no line feed at its end was cut off, and is no line.
}

function readAs<Schema extends z.ZodType>(schema: Schema, line: Buffer, what: string): z.infer<Schema> {
  const read = schema.safeParse(jsonOf(line));
  if (!read.success) throw damaged(`${what} is not as it should be`);
  return read.data;
}

function jsonOf(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return null;
  }
}

function damaged(what: string, cause?: unknown): Failure {
  return new Failure("bad-input", `This is no backup that parley backup wrote, or it was changed or cut: ${what}.`, {
    cause,
  });
}
