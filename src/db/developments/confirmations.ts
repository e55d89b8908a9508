import { and, asc, eq, ne, sql } from "drizzle-orm";
import { isNearCopy } from "../../detect/happening/near-copy.ts";
import type { Database } from "../client.ts";
import { versions } from "../schema/archive.ts";
import { developments } from "../schema/developments.ts";
import { developmentConfirmations } from "../schema/threads.ts";

/** A document that tells of a development, as far as confirming goes. */
export type ConfirmingDocument = {
  readonly documentId: number;
  readonly text: string;
  /** Whether it is the publication of a state or international body itself. */
  readonly isPrimary: boolean;
  /** The side whose publication it is, its state's media among them; null for everybody else. */
  readonly side: string | null;
};

/** Families that a new telling is compared with; more independent accounts than these confirm nothing further. */
const COMPARED = 12;

/**
 * Notes that a document tells of a development, in the family of copies that it belongs to (as `linkVersion` has found it, or where the
 * two tell this one thing in nearly the same words), and weighs anew how sure the
 * development is: two independent voices confirm it, or one primary publication. A document counts once, and so does a side.
 */
export async function confirmDevelopment(
  db: Database,
  developmentId: number,
  confirming: ConfirmingDocument,
): Promise<void> {
  const { documentId, text, isPrimary, side } = confirming;
  const [told, families, kin] = await Promise.all([
    tellingsOf(db, developmentId),
    familyTexts(db, developmentId, documentId),
    kinOf(db, developmentId, documentId),
  ]);
  if (told.some((one) => one.documentId === documentId)) return;
  const copied = families.find(
    ({ familyDocumentId: family, text: other }) => kin.has(family) || isNearCopy(other, text),
  );
  const own = { documentId, familyDocumentId: copied?.familyDocumentId ?? documentId, isPrimary, side };
  await Promise.all([
    db
      .insert(developmentConfirmations)
      .values({ developmentId, ...own })
      .onConflictDoNothing(),
    saveCertainty(db, developmentId, [...told, own]),
  ]);
}

function tellingsOf(db: Database, developmentId: number) {
  const { documentId, familyDocumentId, isPrimary, side } = developmentConfirmations;
  return db
    .select({ documentId, familyDocumentId, isPrimary, side })
    .from(developmentConfirmations)
    .where(eq(developmentConfirmations.developmentId, developmentId))
    .orderBy(asc(developmentConfirmations.documentId));
}

/** Reads a text of each family that tells of it. */
function familyTexts(db: Database, developmentId: number, documentId: number) {
  return db
    .selectDistinctOn([developmentConfirmations.familyDocumentId], {
      familyDocumentId: developmentConfirmations.familyDocumentId,
      text: versions.text,
    })
    .from(developmentConfirmations)
    .innerJoin(versions, eq(versions.documentId, developmentConfirmations.documentId))
    .where(
      and(
        eq(developmentConfirmations.developmentId, developmentId),
        ne(developmentConfirmations.documentId, documentId),
      ),
    )
    .orderBy(asc(developmentConfirmations.familyDocumentId))
    .limit(COMPARED);
}

/** Finds the families that tell of it and are that of the document, by what copies were linked. */
async function kinOf(db: Database, developmentId: number, documentId: number): Promise<ReadonlySet<number>> {
  const rows = await db.execute<{ id: number }>(sql`
    select distinct c.family_document_id::float8 as id from development_confirmations c
      left join document_families f on f.document_id = c.family_document_id
    where c.development_id = ${developmentId}::bigint and coalesce(f.family_id, c.family_document_id)
      = coalesce((select family_id from document_families where document_id = ${documentId}::bigint), ${documentId}::bigint)`);
  return new Set(rows.map(({ id }) => id));
}

async function saveCertainty(db: Database, developmentId: number, told: readonly Told[]): Promise<void> {
  const families = countVoices(told);
  const sides = new Set(told.map(({ side }) => side));
  const isConfirmed = families >= 2 || told.some(({ isPrimary }) => isPrimary);
  await db
    .update(developments)
    .set({
      families,
      isOneSided: sides.size === 1 && !sides.has(null),
      // What an analyst confirmed stays confirmed.
      ...(isConfirmed ? { certainty: "confirmed" as const } : {}),
    })
    .where(eq(developments.id, developmentId));
}

type Told = Pick<typeof developmentConfirmations.$inferSelect, "familyDocumentId" | "isPrimary" | "side">;

/** Counts who tells of it independently: each family of copies once, and all that one side's organs publish, with its copies, once. */
function countVoices(told: readonly Told[]): number {
  const sideOf = new Map(
    told.flatMap(({ familyDocumentId, side }) => (side === null ? [] : [[familyDocumentId, side]])),
  );
  return new Set(told.map(({ familyDocumentId }) => sideOf.get(familyDocumentId) ?? familyDocumentId)).size;
}
