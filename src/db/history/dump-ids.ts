import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

const AT_ONCE = 1_000;

/** Goes through the ids of all documents that were read, or of all developments, oldest first. */
export async function* dumpIds(db: Database, noun: "document" | "development"): AsyncGenerator<number> {
  for (let after = 0; ; ) {
    const rows = await db.execute<{ id: number }>(
      noun === "document"
        ? sql`select d.id::float8 as id from documents d where d.id > ${after}::bigint and current_version_id is not null order by d.id limit ${AT_ONCE}`
        : sql`select d.id::float8 as id from developments d where d.id > ${after}::bigint order by d.id limit ${AT_ONCE}`,
    );
    yield* rows.map(({ id }) => id);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
