import { and, asc, desc, eq, isNull, lt, or } from "drizzle-orm";
import { type Placement, placeReading } from "../../domain/reading-order.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { captures, documents, versions } from "../schema/archive.ts";
import { markRead } from "./captures.ts";
import { type NewVersion, saveVersion, textDigest } from "./versions.ts";

/**
 * Keeps a reading as a version if it says anything that its neighbours do not, and marks its capture read. What it is to them is
 * decided while the document is locked, so that readings made at once or out of order find each other.
 *
 * @param unreadable - Earlier captures that this reader failed on; see `placeReading`.
 * @returns null when it adds nothing.
 */
export async function saveReading(
  db: Database,
  reading: Omit<NewVersion, "cause">,
  unreadable: ReadonlySet<number> = new Set(),
): Promise<(Placement & { readonly versionId: number }) | null> {
  const { documentId, captureId, readerVersion, article } = reading;
  return db.transaction(async (tx) => {
    await tx.select({ id: documents.id }).from(documents).where(eq(documents.id, documentId)).for("update");
    const others = await tx
      .select({
        ...{ versionId: versions.id, captureId: versions.captureId, readerVersion: versions.readerVersion },
        ...{ title: versions.title, textSha256: versions.textSha256 },
      })
      .from(versions)
      .where(eq(versions.documentId, documentId));
    const [capture] = await tx.select({ readBy: captures.readBy }).from(captures).where(eq(captures.id, captureId));
    const own = { captureId, readerVersion, title: article.title, textSha256: textDigest(article.text) };
    const placement = placeReading(own, others, (capture?.readBy ?? null) !== null, unreadable);
    const versionId = placement && (await saveVersion(tx, { ...reading, cause: placement.cause }));
    if (placement && versionId !== null) return { ...placement, versionId };
    await markRead(tx, captureId, readerVersion);
    return null;
  });
}

/**
 * Lists captures of a document that must be read before a later one can be told from them, in order: those that nobody has read
 * and no failure holds back, and the nearest of which only another reader made a version (`wasRead`).
 */
export async function capturesToReadBefore(
  db: Database,
  documentId: number,
  captureId: number,
  readerVersion: number,
): Promise<readonly { readonly id: number; readonly wasRead: boolean }[]> {
  const [nearest] = await db
    .select({ captureId: versions.captureId, readerVersion: versions.readerVersion })
    .from(versions)
    .where(and(eq(versions.documentId, documentId), lt(versions.captureId, captureId)))
    .orderBy(desc(versions.captureId), desc(eq(versions.readerVersion, readerVersion)))
    .limit(1);
  const stale = nearest && nearest.readerVersion !== readerVersion ? eq(captures.id, nearest.captureId) : undefined;
  const unread = and(isNull(captures.readBy), notHeldBack(db, "read", captures.id));
  const rows = await db
    .select({ id: captures.id, readBy: captures.readBy })
    .from(captures)
    .where(and(eq(captures.documentId, documentId), lt(captures.id, captureId), or(unread, stale)))
    .orderBy(asc(captures.id));
  return rows.map(({ id, readBy }) => ({ id, wasRead: readBy !== null }));
}
