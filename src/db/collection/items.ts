import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import { canonicalUrl } from "../../domain/canonical-url.ts";
import type { FeedItem } from "../../domain/feed-reading.ts";
import { boundedKey } from "../bounded-key.ts";
import type { Database } from "../client.ts";
import { inParts } from "../in-parts.ts";
import { sources } from "../schema/catalogue.ts";
import { items } from "../schema/collection.ts";
import { storable } from "../storable.ts";
import { type NewPlace, savePlace } from "./places.ts";
import { notHeldBack } from "./stage-failures.ts";

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

/** Tells whether a source has had any item before, and one with one of these keys. */
export async function acquaintance(
  db: Database,
  sourceId: string,
  seen: readonly Pick<FeedItem, "key">[],
): Promise<{ readonly hasEarlier: boolean; readonly hasOneOfThese: boolean }> {
  const keys = seen.map(({ key }) => boundedKey(key));
  const [row] = await db.execute<{ hasEarlier: boolean; hasOneOfThese: boolean }>(sql`
    select exists (select 1 from items where source_id = ${sourceId}) as "hasEarlier",
      exists (select 1 from items where source_id = ${sourceId}
        and key in (select jsonb_array_elements_text(${jsonArray(keys)}))) as "hasOneOfThese"`);
  return row ?? { hasEarlier: false, hasOneOfThese: false };
}

/** Which items of a list are known, and whether the source has had any before. */
export type Known = { readonly hasEarlier: boolean; readonly known: ReadonlySet<FeedItem> };

/**
 * Finds the items of a list that a source has had before: by key, by address, or because their document is here.
 *
 * @param identityOf - Names the document that an item leads to.
 * @param before - Only what was seen before this moment counts as had.
 */
export async function knownAmong(
  db: Database,
  sourceId: string,
  seen: readonly FeedItem[],
  identityOf: (item: FeedItem) => string,
  before: Date,
): Promise<Known> {
  const known = new Set<FeedItem>();
  let hasEarlier = false;
  // In parts: naming the documents of ten thousand entries takes a third of a second, for which the loop would stand still.
  for (const part of inParts(seen)) {
    const found = await knownInPart(db, sourceId, part, identityOf, before);
    hasEarlier ||= found.hasEarlier;
    for (const item of found.known) known.add(item);
  }
  return { hasEarlier, known };
}

async function knownInPart(
  db: Database,
  sourceId: string,
  seen: readonly FeedItem[],
  identityOf: (item: FeedItem) => string,
  before: Date,
): Promise<{ readonly hasEarlier: boolean; readonly known: readonly FeedItem[] }> {
  const named = seen.map((item) => ({
    ...{ item, key: boundedKey(item.key), urls: spellingsOf(item), identity: boundedKey(identityOf(item)) },
  }));
  const [row] = await db.execute<{ hasEarlier: boolean; keys: string[]; urls: string[]; identities: string[] }>(sql`
    with had as (
      select key, url, document_id from items where source_id = ${sourceId} and first_seen_at < ${before.toISOString()}::timestamptz
    )
    select exists (select 1 from had) as "hasEarlier",
      array(select key from had where key in (select jsonb_array_elements_text(${jsonArray(named.map(({ key }) => key))}))) as keys,
      array(select url from had where url in (select jsonb_array_elements_text(${jsonArray(named.flatMap(({ urls }) => urls))}))) as urls,
      array(select d.identity from documents d join had on had.document_id = d.id
        where d.identity in (select jsonb_array_elements_text(${jsonArray(named.map(({ identity }) => identity))}))) as identities`);
  const there = (column: readonly string[] | undefined) => new Set(column ?? []);
  const [keys, urls, identities] = [there(row?.keys), there(row?.urls), there(row?.identities)];
  const known = named.filter(
    (one) => keys.has(one.key) || one.urls.some((url) => urls.has(url)) || identities.has(one.identity),
  );
  return { hasEarlier: row?.hasEarlier ?? false, known: known.map(({ item }) => item) };
}

/** An item's address as it is given, and without what only says how a reader came. */
function spellingsOf({ url }: FeedItem): readonly string[] {
  return url === null ? [] : [storable(url), canonicalUrl(url) ?? storable(url)];
}

function jsonArray(texts: readonly string[]) {
  return sql`${JSON.stringify(texts)}::text::jsonb`;
}
