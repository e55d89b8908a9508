import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { type NotedTable, notedTables } from "./sealed-tables.ts";

/**
 * Compares the tables whose rows change with what was noted of them: each row must be as its last note says, and each note must begin where
 * the one before it ended. The session must be in UTC.
 *
 * @returns The rows that differ, each once.
 */
export async function notedDifferences(tx: Database): Promise<readonly { row: string; what: string }[]> {
  const all: { row: string; what: string }[] = [];
  for (const table of notedTables) {
    const found = new Map<string, string>();
    for (const key of await brokenChains(tx, table)) found.set(key, "it was changed behind the back of a later change");
    for (const { key, what } of await unlikeNotes(tx, table)) found.set(key, what);
    all.push(...[...found].map(([key, what]) => ({ row: `${nameOf(table)} ${key}`, what })));
  }
  return all;
}

/** Names a row of a table as seals do: `development_evidence`, `meeting_point`. */
function nameOf({ table }: NotedTable): string {
  return table.endsWith("deliveries") ? "delivery" : table.replace(/s$/, "");
}

/** Finds rows of which a change was noted that began with something else than the change before had left. */
async function brokenChains(tx: Database, { table }: NotedTable): Promise<readonly string[]> {
  const rows = await tx.execute<{ key: string }>(sql`
    select distinct row_key as key from (
      select row_key, before, lag(after) over (partition by row_key order by id) as left_as from row_changes where noun = ${table}
    ) noted where before is distinct from left_as order by row_key`);
  return rows.map(({ key }) => key);
}

async function unlikeNotes(
  tx: Database,
  { table, key, columns, decided }: NotedTable,
): Promise<readonly { key: string; what: string }[]> {
  const names = (list: readonly string[]) => sql`string_to_array(${list.join(",")}, ',')`;
  return tx.execute<{ key: string; what: string }>(sql`
    with noted as (
      select distinct on (row_key) row_key, after from row_changes where noun = ${table} order by row_key, id desc
    ), today as (
      select parley_row_key(to_jsonb(t), ${names(key)}) as row_key, parley_row_digest(to_jsonb(t), ${names(columns)}) as digest
      from ${sql.identifier(table)} t where ${decided === null ? sql`true` : sql`${sql.identifier(decided)} is not null`}
    )
    select row_key as key, case when digest is null then ${decided === null ? "it was removed" : `it, or its ${decided}, was removed`} when after is null then 'it was put in later'
      else 'it was changed after it was recorded' end as what
    from noted full join today using (row_key) where after is distinct from digest order by row_key`);
}
