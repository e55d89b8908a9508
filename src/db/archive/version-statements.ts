import { asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { statements } from "../schema/statements.ts";

/** Lists the statements of a version in reading order. */
export async function statementIdsOf(db: Database, versionId: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: statements.id })
    .from(statements)
    .where(eq(statements.versionId, versionId))
    .orderBy(asc(statements.ordinal));
  return rows.map(({ id }) => id);
}
