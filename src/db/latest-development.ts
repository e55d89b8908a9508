import { max } from "drizzle-orm";
import type { Database } from "./client.ts";
import { developments } from "./schema/developments.ts";

/** Gives the id of the development that was found last; 0 while there is none. */
export async function latestDevelopmentId(db: Database): Promise<number> {
  const [row] = await db.select({ id: max(developments.id) }).from(developments);
  return Number(row?.id ?? 0);
}
