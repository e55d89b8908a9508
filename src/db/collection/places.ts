import { and, asc, eq, gte, inArray, isNotNull, lte, sql } from "drizzle-orm";
import type { KnownDate } from "../../domain/known-date.ts";
import { boundedKey } from "../bounded-key.ts";
import type { Database } from "../client.ts";
import { documents } from "../schema/archive.ts";
import { items, places } from "../schema/collection.ts";

/** Where a document stands besides the place where it was found first. */
export type Place = typeof places.$inferSelect;

/** A place that is to be recorded. */
export type NewPlace = Pick<Place, "documentId" | "identity" | "sourceId" | "url" | "kind">;

/** Finds the document that stands under this identity, at its first place or at any other; null when there is none. */
export async function documentWithIdentity(db: Database, identity: string): Promise<number | null> {
  const key = boundedKey(identity);
  const [row] = await db.execute<{ id: number }>(sql`
    select id::float8 as id from documents where identity = ${key}
    union all select document_id::float8 from places where identity = ${key}
    limit 1`);
  return row?.id ?? null;
}

/** Records a place of a document; nothing where it is the first place of it or known. */
export async function savePlace(db: Database, place: NewPlace, now: Date): Promise<void> {
  const identity = boundedKey(place.identity);
  const [first] = await db
    .select({ identity: documents.identity, sourceId: documents.sourceId })
    .from(documents)
    .where(eq(documents.id, place.documentId));
  const isFirst = first?.identity === identity && (place.sourceId === null || first.sourceId === place.sourceId);
  if (!first || isFirst) return;
  await db
    .insert(places)
    .values({ ...place, identity, firstSeenAt: now })
    .onConflictDoNothing();
}

/** Lists the places of a document besides its first, in the order in which they were found. */
export async function placesOf(db: Database, documentId: number): Promise<readonly Place[]> {
  return db.select().from(places).where(eq(places.documentId, documentId)).orderBy(asc(places.id));
}

/** An item that became a document, as far as it is needed to recognise the same document elsewhere. */
export type Neighbour = {
  readonly documentId: number;
  readonly title: string | null;
  readonly publishedAt: KnownDate | null;
};

/** Most items that are compared with one; a source that publishes more in the time is no mirror of single documents. */
const MOST = 1_000;

/** Lists what items of these sources, seen between two moments, became documents; the earliest first. */
export async function documentsOfSources(
  db: Database,
  sourceIds: readonly string[],
  [from, to]: readonly [Date, Date],
): Promise<readonly Neighbour[]> {
  const rows = await db
    .select({ documentId: items.documentId, title: items.title, publishedAt: items.publishedAt })
    .from(items)
    .where(
      and(
        inArray(items.sourceId, [...sourceIds]),
        isNotNull(items.documentId),
        gte(items.firstSeenAt, from),
        lte(items.firstSeenAt, to),
      ),
    )
    .orderBy(asc(items.id))
    .limit(MOST);
  return rows.flatMap(({ documentId, ...rest }) => (documentId === null ? [] : [{ documentId, ...rest }]));
}
