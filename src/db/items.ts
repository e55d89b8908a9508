import { and, asc, eq, isNull, lt } from "drizzle-orm";
import type { Database } from "./client.ts";
import { type NewPlace, savePlace } from "./places.ts";
import { sources } from "./schema/catalogue.ts";
import { items } from "./schema/collection.ts";
import { notHeldBack } from "./stage-failures.ts";
import { storable } from "./storable.ts";

/** An item that waits for its outcome, with the source it came from. */
export type WaitingItem = typeof items.$inferSelect & { readonly source: (typeof sources.$inferSelect)["definition"] };

/** Finds an item that has no outcome yet; null when it has one or does not exist. */
export async function waitingItem(db: Database, itemId: number): Promise<WaitingItem | null> {
  const [row] = await db
    .select({ item: items, source: sources.definition })
    .from(items)
    .innerJoin(sources, eq(sources.id, items.sourceId))
    .where(and(eq(items.id, itemId), isNull(items.outcome)));
  return row ? { ...row.item, source: row.source } : null;
}

/** Records that an item leads to a document that is here already, and the place where it stands where that is another. */
export async function settleKnown(
  db: Database,
  itemId: number,
  documentId: number,
  place: Omit<NewPlace, "documentId">,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(items)
      .set({ outcome: "known", documentId, decidedAt: now })
      .where(and(eq(items.id, itemId), isNull(items.outcome)));
    await savePlace(tx, { ...place, documentId }, now);
  });
}

/** Records that an item will not become a document, and why. */
export async function settleFailed(
  db: Database,
  itemId: number,
  { code, message }: { readonly code: string; readonly message: string },
  now: Date,
): Promise<void> {
  const outcome = code === "robots-refused" || code === "net-forbidden" ? "refused" : "failed";
  await db
    .update(items)
    .set({ outcome, failureCode: code, message: storable(message), decidedAt: now })
    .where(and(eq(items.id, itemId), isNull(items.outcome)));
}

/** Lists items that have waited since before `seenBefore` and that no failure holds back, oldest first. */
export async function undecidedItems(db: Database, seenBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: items.id })
    .from(items)
    .where(and(isNull(items.outcome), lt(items.firstSeenAt, seenBefore), notHeldBack(db, "fetch", items.id)))
    .orderBy(asc(items.firstSeenAt))
    .limit(most);
  return rows.map(({ id }) => id);
}
