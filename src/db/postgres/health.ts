import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** Asks the database for the simplest answer. @throws whatever the driver throws when there is none. */
export async function askDatabase(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}
