import { and, asc, eq, ne } from "drizzle-orm";
import { isNearCopy } from "../../detect/near-copy.ts";
import type { Database } from "../client.ts";
import { familiesOf } from "../copies/copies.ts";
import { versions } from "../schema/archive.ts";
import { developments } from "../schema/developments.ts";
import { developmentConfirmations } from "../schema/threads.ts";

/** A document that tells of a development, as far as confirming goes. */
export type Telling = {
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
export async function confirmDevelopment(db: Database, developmentId: number, telling: Telling): Promise<void> {
  const { documentId, text, isPrimary, side } = telling;
  const families = await db
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
  const kin = await familiesOf(db, [documentId, ...families.map((family) => family.familyDocumentId)]);
  const copied = families.find(
    (family) => kin.get(family.familyDocumentId) === kin.get(documentId) || isNearCopy(family.text, text),
  );
  const familyDocumentId = copied?.familyDocumentId ?? documentId;
  const [row] = await db
    .insert(developmentConfirmations)
    .values({ developmentId, documentId, familyDocumentId, isPrimary, side })
    .onConflictDoNothing()
    .returning({ documentId: developmentConfirmations.documentId });
  if (row) await weighCertainty(db, developmentId);
}

async function weighCertainty(db: Database, developmentId: number): Promise<void> {
  const told = await db
    .select()
    .from(developmentConfirmations)
    .where(eq(developmentConfirmations.developmentId, developmentId))
    .orderBy(asc(developmentConfirmations.documentId));
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

type Told = Pick<typeof developmentConfirmations.$inferSelect, "familyDocumentId" | "side">;

/** Counts who tells of it independently: each family of copies once, and all that one side's organs publish, with its copies, once. */
function countVoices(told: readonly Told[]): number {
  const sideOf = new Map(
    told.flatMap(({ familyDocumentId, side }) => (side === null ? [] : [[familyDocumentId, side]])),
  );
  return new Set(told.map(({ familyDocumentId }) => sideOf.get(familyDocumentId) ?? familyDocumentId)).size;
}
