import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { Source } from "../catalogue/source.ts";
import type { Database } from "./client.ts";
import { captures, documents, rechecks, versions } from "./schema/archive.ts";
import { sources } from "./schema/catalogue.ts";
import { items } from "./schema/collection.ts";
import { notHeldBack } from "./stage-failures.ts";

/** An item as its list gave it last. */
export type ListedItem = Pick<typeof items.$inferSelect, "key" | "url" | "title" | "summary" | "content" | "sourceId">;

/** A document that is fetched again to catch edits. */
export type RecheckedDocument = {
  readonly id: number;
  readonly identity: string;
  /** Null where its feed gives it no address; then `item` holds its text. */
  readonly url: string | null;
  readonly source: Source;
  /** What the source's list says of it now; null where it came another way. */
  readonly item: ListedItem | null;
  readonly firstSeenAt: Date;
  readonly nextCheckAt: Date;
  readonly checks: number;
  readonly withdrawnAt: Date | null;
};

/** Finds a document that can be fetched again; null for imported files and unknown ids. */
export async function documentToRecheck(db: Database, documentId: number): Promise<RecheckedDocument | null> {
  const item = db
    .select({
      ...{ key: items.key, url: items.url, title: items.title, summary: items.summary, content: items.content },
      sourceId: items.sourceId,
    })
    .from(items)
    .where(and(eq(items.documentId, documents.id), eq(items.sourceId, documents.sourceId)))
    .orderBy(asc(items.id))
    .limit(1)
    .as("item");
  const [row] = await db
    .select({
      ...{ document: documents, source: sources.definition },
      item: {
        ...{ key: item.key, url: item.url, title: item.title, summary: item.summary, content: item.content },
        sourceId: item.sourceId,
      },
    })
    .from(documents)
    .innerJoin(sources, eq(sources.id, documents.sourceId))
    .leftJoinLateral(item, sql`true`)
    .where(and(eq(documents.id, documentId), isNotNull(documents.nextCheckAt)));
  if (!row?.document.nextCheckAt || (row.document.url === null && row.item === null)) return null;
  const { id, identity, url, firstSeenAt, nextCheckAt, checks, withdrawnAt } = row.document;
  return { id, identity, url, firstSeenAt, nextCheckAt, checks, withdrawnAt, source: row.source, item: row.item };
}

/** What one look at a document came to; see `rechecks`. */
export type Check = {
  readonly checkedAt: Date;
  readonly outcome: "same" | "changed" | "gone" | "withdrawn" | "restored" | "failed";
  readonly httpStatus: number | null;
  readonly failureCode: string | null;
  readonly captureId: number | null;
};

/** Records that a document was looked at again, what came of it, and when the next look is due. */
export async function saveCheck(
  db: Database,
  documentId: number,
  check: Check,
  nextCheckAt: Date | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(rechecks).values({ documentId, ...check });
    await tx
      .update(documents)
      .set({ checks: sql`${documents.checks} + 1`, nextCheckAt })
      .where(eq(documents.id, documentId));
  });
}

/** Records that a document is gone from its place; null when it is back. */
export async function markWithdrawn(db: Database, documentId: number, at: Date | null): Promise<void> {
  await db.update(documents).set({ withdrawnAt: at }).where(eq(documents.id, documentId));
}

/** Lists documents whose next look is due and that no failure holds back, the longest due first. */
export async function dueRechecks(
  db: Database,
  now: Date,
  most: number,
): Promise<readonly { id: number; nextCheckAt: Date }[]> {
  const rows = await db
    .select({ id: documents.id, nextCheckAt: documents.nextCheckAt })
    .from(documents)
    .where(
      and(isNotNull(documents.nextCheckAt), lte(documents.nextCheckAt, now), notHeldBack(db, "recheck", documents.id)),
    )
    .orderBy(asc(documents.nextCheckAt))
    .limit(most);
  return rows.flatMap(({ id, nextCheckAt }) => (nextCheckAt ? [{ id, nextCheckAt }] : []));
}

/** Lists captures that a reader older than this one has read, for a replay; in the order they were fetched. Those whose bytes were thinned are left out. */
export async function capturesReadBefore(
  db: Database,
  readerVersion: number,
  { since, until }: { readonly since: Date; readonly until: Date | null },
  after: number,
  most: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: captures.id })
    .from(captures)
    .where(
      and(
        sql`${captures.id} > ${after}`,
        sql`${captures.fetchedAt} >= ${since.toISOString()}`,
        until ? sql`${captures.fetchedAt} < ${until.toISOString()}` : undefined,
        sql`coalesce(${captures.readBy}, 0) <= ${readerVersion}`,
        sql`exists (select from bodies b where b.sha256 = ${captures.bodySha256} and octet_length(b.gzipped) > 0)`,
      ),
    )
    .orderBy(asc(captures.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Lists versions made since a moment, for a replay of detection. */
export async function versionsSince(
  db: Database,
  { since, until }: { readonly since: Date; readonly until: Date | null },
  after: number,
  most: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: versions.id })
    .from(versions)
    .where(
      and(
        sql`${versions.id} > ${after}`,
        sql`${versions.createdAt} >= ${since.toISOString()}`,
        until ? sql`${versions.createdAt} < ${until.toISOString()}` : undefined,
      ),
    )
    .orderBy(asc(versions.id))
    .limit(most);
  return rows.map(({ id }) => id);
}
