import { inArray } from "drizzle-orm";
import { versionWithStatements } from "../../src/db/archive/versions.ts";
import type { Database } from "../../src/db/client.ts";
import { type Linked, linkVersion } from "../../src/db/copies/copies.ts";
import { familyOf } from "../../src/db/copies/document-family.ts";
import { statementRepeats } from "../../src/db/schema/copies.ts";
import { noon } from "./moments.ts";

/** Links a version that a test has kept to what it repeats. */
export async function linkKept(db: Database, versionId: number): Promise<Linked | null> {
  const version = await versionWithStatements(db, versionId);
  if (!version) throw new Error(`version ${versionId} is not here`);
  return linkVersion(db, version, noon);
}

/** Lists the ids of a document's family, its own included, in order. */
export async function familyMembers(db: Database, documentId: number): Promise<readonly number[]> {
  const others = await familyOf(db, documentId);
  return [documentId, ...others.map((member) => member.documentId)].sort((a, b) => a - b);
}

/** Gives the first occurrence of each statement's words: the id of the statement itself where it repeats none. */
export async function firstOccurrences(
  db: Database,
  statementIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const first = new Map(statementIds.map((id) => [id, id]));
  const rows = await db
    .select()
    .from(statementRepeats)
    .where(inArray(statementRepeats.statementId, [...statementIds]));
  for (const { statementId, firstId } of rows) first.set(statementId, firstId);
  return first;
}
