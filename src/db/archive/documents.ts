import { and, asc, desc, eq, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { Source } from "../../catalogue/source.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { captures, documents, rechecks, versions } from "../schema/archive.ts";
import { sources } from "../schema/catalogue.ts";
import { items } from "../schema/collection.ts";

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

/** The shortest pause between two looks at a document, as SQL: ten minutes or a tenth of its age, because some lists change all the time. */
export function leastPause(at: SQL): SQL {
  return sql`greatest(interval '10 minutes', (${at} - first_seen_at) / 10)`;
}

/**
 * Records that a document was looked at again, what came of it, since when it is gone, and when the next look is due, all or nothing.
 *
 * @param due - `dueAt`: when this look was due, as it was read before the look. Where a list has asked for an earlier one meanwhile,
 * that is kept: it may be about an edit that this look came too soon for.
 * @returns When the next look is due; null for never.
 */
export async function saveCheck(
  db: Database,
  documentId: number,
  check: Check,
  { dueAt, nextCheckAt }: { readonly dueAt: Date | null; readonly nextCheckAt: Date | null },
): Promise<Date | null> {
  const at = sql`${check.checkedAt.toISOString()}::timestamptz`;
  const next = sql`${nextCheckAt?.toISOString() ?? null}::timestamptz`;
  // Dates here know milliseconds, Postgres microseconds.
  const isAsRead = sql`date_trunc('milliseconds', next_check_at) is not distinct from ${dueAt?.toISOString() ?? null}::timestamptz`;
  return db.transaction(async (tx) => {
    await tx.insert(rechecks).values({ documentId, ...check });
    const [row] = await tx
      .update(documents)
      .set({
        checks: sql`${documents.checks} + 1`,
        ...goneSince(check),
        nextCheckAt: sql`case when ${isAsRead} then ${next} else least(${next}, greatest(next_check_at, ${at} + ${leastPause(at)})) end`,
      })
      .where(eq(documents.id, documentId))
      .returning({ nextCheckAt: documents.nextCheckAt });
    return row?.nextCheckAt ?? null;
  });
}

/** What a look says of whether a document stands in its place; nothing where the look was not answered. */
function goneSince({ outcome, checkedAt }: Check) {
  if (outcome === "failed") return {};
  const isGone = outcome === "gone" || outcome === "withdrawn";
  return { withdrawnAt: isGone ? sql`coalesce(withdrawn_at, ${checkedAt.toISOString()}::timestamptz)` : null };
}

/** What a look at a document was answered. */
export type Answer = Pick<Check, "outcome" | "httpStatus">;

/** Lists the last looks at a document that were answered at all, the oldest of them first. */
export async function lastAnswers(db: Database, documentId: number, most: number): Promise<readonly Answer[]> {
  const rows = await db
    .select({ outcome: rechecks.outcome, httpStatus: rechecks.httpStatus })
    .from(rechecks)
    .where(and(eq(rechecks.documentId, documentId), isNotNull(rechecks.httpStatus)))
    .orderBy(desc(rechecks.id))
    .limit(most);
  return rows.reverse();
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

/**
 * Lists captures that nobody, this reader or an older one has read, for a replay; in the order they were fetched. Those whose bytes were
 * thinned are left out.
 */
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
