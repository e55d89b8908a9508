import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { FeedItem } from "../domain/feed-reading.ts";
import type { Problem } from "../domain/problem.ts";
import { boundedKey } from "./bounded-key.ts";
import type { Database } from "./client.ts";
import { inParts } from "./in-parts.ts";
import { sources } from "./schema/catalogue.ts";
import { items, polls } from "./schema/collection.ts";
import { storable } from "./storable.ts";

/** What one look at a source came to. */
export type PollResult = {
  readonly sourceId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly nextPollAt: Date;
  readonly httpStatus: number | null;
} & (
  | { readonly outcome: "unchanged" }
  | {
      readonly outcome: "read";
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly items: readonly FeedItem[];
      readonly problems: readonly Problem[];
    }
  | { readonly outcome: "failed"; readonly failureCode: string; readonly message: string }
);

/**
 * Records a poll, its new items and when the source is due again, in one transaction.
 *
 * @returns The ids of the items that were not known.
 */
export async function savePoll(db: Database, result: PollResult): Promise<readonly number[]> {
  const failed = result.outcome === "failed";
  return db.transaction(async (tx) => {
    const [poll] = await tx
      .insert(polls)
      .values({
        sourceId: result.sourceId,
        startedAt: result.startedAt,
        finishedAt: result.finishedAt,
        outcome: result.outcome,
        httpStatus: result.httpStatus,
        itemsSeen: result.outcome === "read" ? result.items.length : 0,
        itemsNew: result.outcome === "read" ? await countUnknown(tx, result.sourceId, result.items) : 0,
        failureCode: failed ? result.failureCode : null,
        message: failed ? storable(result.message) : null,
        problems: result.outcome === "read" ? storable(result.problems) : [],
      })
      .returning({ id: polls.id });
    await tx
      .update(sources)
      .set({
        nextPollAt: result.nextPollAt,
        lastPollAt: result.finishedAt,
        ...(failed
          ? { failuresInRow: sql`${sources.failuresInRow} + 1` }
          : { failuresInRow: 0, lastSuccessAt: result.finishedAt }),
        ...(result.outcome === "read" ? { etag: result.etag, lastModified: result.lastModified } : {}),
      })
      .where(eq(sources.id, result.sourceId));
    if (result.outcome !== "read" || result.items.length === 0 || !poll) return [];
    const rows = result.items.map((item) => itemRow(item, result.sourceId, poll.id, result.finishedAt));
    const added: number[] = [];
    for (const part of inParts(rows)) {
      const kept = await tx
        .insert(items)
        .values(part)
        .onConflictDoNothing({ target: [items.sourceId, items.key] })
        .returning({ id: items.id });
      added.push(...kept.map(({ id }) => id));
    }
    return added;
  });
}

async function countUnknown(db: Database, sourceId: string, all: readonly FeedItem[]): Promise<number> {
  if (all.length === 0) return 0;
  const keys = [...new Set(all.map(({ key }) => boundedKey(key)))];
  let known = 0;
  for (const part of inParts(keys)) {
    const [row] = await db
      .select({ known: count() })
      .from(items)
      .where(and(eq(items.sourceId, sourceId), inArray(items.key, part)));
    known += row?.known ?? 0;
  }
  return keys.length - known;
}

function itemRow(item: FeedItem, sourceId: string, pollId: number, seenAt: Date) {
  return {
    sourceId,
    key: boundedKey(item.key),
    url: storable(item.url),
    title: storable(item.title),
    author: storable(item.author),
    publishedAt: storable(item.publishedAt),
    summary: storable(item.summary),
    content: storable(item.content),
    pollId,
    firstSeenAt: seenAt,
  };
}
