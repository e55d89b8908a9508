import { desc, eq, max } from "drizzle-orm";
import type { Database } from "../client.ts";
import { developments } from "../schema/developments.ts";

/** Gives the id of the development that was found last; 0 while there is none. */
export async function latestDevelopmentId(db: Database): Promise<number> {
  const [row] = await db.select({ id: max(developments.id) }).from(developments);
  return Number(row?.id ?? 0);
}

/** Gives the id after which the last few developments come, background counted or not; 0 where there are no more than these. */
export async function idBeforeLast(db: Database, count: number, { background }: { readonly background: boolean }) {
  if (count === 0) return latestDevelopmentId(db);
  const [first] = await db
    .select({ id: developments.id })
    .from(developments)
    .where(background ? undefined : eq(developments.status, "new"))
    .orderBy(desc(developments.id))
    .offset(count - 1)
    .limit(1);
  return first ? first.id - 1 : 0;
}
