import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { actors } from "../schema/catalogue.ts";

/** Finds actors by id or exact name, and all that belong to them: the parts of a body, the people of a side. */
export async function actorFamily(db: Database, names: readonly string[]): Promise<string[]> {
  const list = sql.join(
    names.map((name) => sql`${name.toLowerCase()}`),
    sql`, `,
  );
  const rows = await db.execute<{ id: string }>(sql`
    with recursive family as (
      select id from ${actors} where id in (${list}) or lower(name) in (${list}) or lower(name_zh) in (${list})
      union
      select child.id from ${actors} child join family on child.parent_id = family.id
    )
    select id from family`);
  return rows.map(({ id }) => id);
}
