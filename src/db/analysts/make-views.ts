import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { ANALYSTS } from "./analysts.ts";
import { views } from "./views.ts";

/** Makes the views that analysts read, where they are not those of this Parley; keeps what analysts may read. */
export async function makeViews(db: Database): Promise<void> {
  const digest = createHash("sha256").update(JSON.stringify(views)).digest("hex");
  if ((await madeFrom(db)) === digest) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley views'))`);
    if ((await madeFrom(tx)) === digest) return;
    await tx.execute(sql`create schema if not exists parley`);
    // For a user called parley the schema of that name would come first, in psql and in other programs too.
    await tx.execute(sql`do $$ begin
      execute format('alter database %I set search_path to public', current_database());
    exception when insufficient_privilege then null; end $$`);
    for (const { name, says, columns, query } of views) {
      const view = sql`parley.${sql.identifier(name)}`;
      const list = sql.join(
        columns.map(([column]) => sql.identifier(column)),
        sql`, `,
      );
      await tx.execute(sql`drop view if exists ${view}`);
      await tx.execute(sql`create view ${view} (${list}) with (security_barrier = true) as ${sql.raw(query)}`);
      await tx.execute(sql`comment on view ${view} is ${sql.raw(literal(says))}`);
      for (const [column, , about] of columns) {
        await tx.execute(sql`comment on column ${view}.${sql.identifier(column)} is ${sql.raw(literal(about))}`);
      }
    }
    await tx.execute(sql`comment on schema parley is ${sql.raw(literal(digest))}`);
    await tx.execute(sql`do $$ begin
      if exists (select from pg_roles where rolname = '${sql.raw(ANALYSTS)}') then
        grant usage on schema parley to ${sql.identifier(ANALYSTS)};
        grant select on all tables in schema parley to ${sql.identifier(ANALYSTS)};
      end if;
    end $$`);
  });
}

async function madeFrom(db: Database): Promise<string | null> {
  const [row] = await db.execute<{ made: string | null }>(
    sql`select obj_description(to_regnamespace('parley'), 'pg_namespace') as made`,
  );
  return row?.made ?? null;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
