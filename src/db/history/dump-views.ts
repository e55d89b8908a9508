import { sql } from "drizzle-orm";
import { type View, views } from "../analysts/views.ts";
import type { Database } from "../client.ts";

/** Rows that are brought at a time. */
const AT_ONCE = 5_000;

/** One view of the dump: its columns, and its rows in order, each as JSON of one line, some at a time. */
export type DumpedView = Pick<View, "name" | "columns"> & { readonly parts: AsyncIterable<readonly string[]> };

/**
 * Goes through all views that analysts have, as of one moment: what is written meanwhile is in none of them.
 *
 * Instants are in UTC, numbers as Postgres writes them. Rows stand in the order of the first two columns.
 *
 * @param take - Gets one view after the other; its rows must be read before it is done.
 * @returns The cursor of /changes that the dump stands at; null where nothing has changed yet. Whoever replays the changes after it is up to date.
 */
export async function dumpViews(db: Database, take: (view: DumpedView) => Promise<void>): Promise<string | null> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`set local timezone to 'UTC'`);
      await tx.execute(sql`set local statement_timeout to 0`);
      for (const { name, columns } of views) await take({ name, columns, parts: partsOf(tx, name, columns) });
      const [last] = await tx.execute<{ cursor: string }>(sql`
        select transaction || '.' || id as cursor from changes
        where transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select ahead from change_clock)
        order by transaction desc, changes.id desc limit 1`);
      return last?.cursor ?? null;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function* partsOf(tx: Database, name: string, columns: View["columns"]): AsyncGenerator<readonly string[]> {
  const order = columns.slice(0, 2).map(([column]) => sql`dumped.${sql.identifier(column)}`);
  const from = sql`parley.${sql.identifier(name)} dumped order by ${sql.join(order, sql`, `)}`;
  await tx.execute(sql`declare dump no scroll cursor for select row_to_json(dumped)::text as line from ${from}`);
  for (;;) {
    const rows = await tx.execute<{ line: string }>(sql`fetch forward ${sql.raw(String(AT_ONCE))} from dump`);
    if (rows.length === 0) break;
    // A line break in a text is escaped in JSON, so that each row stays on one line.
    yield rows.map(({ line }) => line);
  }
  await tx.execute(sql`close dump`);
}
