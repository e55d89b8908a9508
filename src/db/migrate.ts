import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { Failure } from "../domain/failure.ts";

/** Keeps several processes that start together from migrating at once; the number spells "PARL". */
const LOCK = 0x5041524c;

type Migration = { readonly place: number; readonly tag: string; readonly sql: string; readonly sha256: string };

/**
 * Brings the tables up to date: all pending migrations in one transaction, or none.
 *
 * Drizzle's own migrator applies an older-dated migration never, an edited one unnoticed, and fails when two processes
 * start together; so the files and the journal are drizzle-kit's, and applying them is ours: under an advisory lock,
 * each file remembered by its hash.
 *
 * @param first - Only the first so many: for a restore, which needs the tables as they were.
 * @returns The tags that were applied now.
 * @throws {Failure} `migration-refused` when an applied file was edited, is missing, or a new one stands before an applied one.
 */
export async function migrate(
  url: string,
  folder: string,
  first = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "parley migrate", search_path: "public" },
  });
  try {
    return await client.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`;
      await sql`create table if not exists parley_migrations (
        place integer primary key, tag text not null, sha256 text not null, applied_at timestamptz not null default now()
      )`;
      const applied = await sql<
        { place: number; tag: string; sha256: string }[]
      >`select place, tag, sha256 from parley_migrations order by place`;
      refuseWhatDiffers(applied, migrations);
      const pending = migrations.slice(applied.length, first);
      const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
      for (const { place, tag, sql: text, sha256 } of pending) {
        for (const statement of text.split("--> statement-breakpoint")) {
          await sql.unsafe(understoodBy(server?.version ?? 0, statement));
        }
        await sql`insert into parley_migrations (place, tag, sha256) values (${place}, ${tag}, ${sha256})`;
      }
      return pending.map(({ tag }) => tag);
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * Early migrations say `NULLS NOT DISTINCT`, which Postgres 14 does not know. It may be left out there, because a later migration
 * puts an index in the place of those constraints, on every server.
 */
function understoodBy(serverVersion: number, statement: string): string {
  return serverVersion >= 150_000 ? statement : statement.replaceAll("UNIQUE NULLS NOT DISTINCT", "UNIQUE");
}

function refuseWhatDiffers(
  applied: readonly { place: number; tag: string; sha256: string }[],
  files: readonly Migration[],
) {
  for (const [index, row] of applied.entries()) {
    const file = files[index];
    if (!file) {
      throw new Failure(
        "migration-refused",
        `The database has migration ${row.tag}, which this Parley does not know: it was made by a newer one. Upgrade Parley.`,
      );
    }
    if (file.tag !== row.tag) {
      throw new Failure(
        "migration-refused",
        `Migration ${file.tag} stands where the database has ${row.tag}: migrations are only ever added at the end of drizzle/meta/_journal.json.`,
      );
    }
    if (file.sha256 !== row.sha256) {
      throw new Failure(
        "migration-refused",
        `Migration ${row.tag} was edited after it was applied. Restore drizzle/${row.tag}.sql and put the change into a new migration.`,
      );
    }
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const journal = JSON.parse(await readFile(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { idx: number; tag: string }[];
  };
  return Promise.all(
    journal.entries.map(async ({ idx, tag }, index) => {
      if (idx !== index || !tag.startsWith(String(index).padStart(4, "0"))) {
        throw new Failure(
          "migration-refused",
          `drizzle/meta/_journal.json is out of order at ${tag}: entry ${index} has number ${idx}.`,
        );
      }
      const sql = await readFile(join(folder, `${tag}.sql`), "utf8");
      return { place: index, tag, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}
