import { and, count, eq, inArray, sql } from "drizzle-orm";
import type { FeedItem } from "../domain/feed-reading.ts";
import type { Problem } from "../domain/problem.ts";
import type { SentOn } from "../domain/source-move.ts";
import { boundedKey } from "./bounded-key.ts";
import type { Database } from "./client.ts";
import { inParts } from "./in-parts.ts";
import { sources } from "./schema/catalogue.ts";
import { items, polls, sourceMoves } from "./schema/collection.ts";
import { storable } from "./storable.ts";

/** What one look at a source came to. */
export type PollResult = {
  readonly sourceId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Null when the source is not to be polled any more. */
  readonly nextPollAt: Date | null;
  readonly httpStatus: number | null;
  /** Where the list was sent on for good (see `followMove`); left out where that is as it was. */
  readonly sentOn?: SentOn;
  /** The list's new address, or null when it is gone for good; left out where it stays. */
  readonly move?: { readonly fromUrl: string; readonly toUrl: string | null };
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

/** Of the polls that brought something new so many are remembered with the source: enough for its rhythm. */
const NEWS_REMEMBERED = 64;

/**
 * Records a poll, its new items, a move of the list and when the source is due again, all or nothing.
 *
 * @returns The ids of the items that were not known.
 */
export async function savePoll(db: Database, result: PollResult): Promise<readonly number[]> {
  if (result.outcome !== "read" && !result.sentOn && !result.move) {
    await saveQuietPoll(db, result);
    return [];
  }
  const failed = result.outcome === "failed";
  return db.transaction(async (tx) => {
    const itemsNew = result.outcome === "read" ? await countUnknown(tx, result.sourceId, result.items) : 0;
    const [poll] = await tx
      .insert(polls)
      .values({
        sourceId: result.sourceId,
        startedAt: result.startedAt,
        finishedAt: result.finishedAt,
        outcome: result.outcome,
        httpStatus: result.httpStatus,
        itemsSeen: result.outcome === "read" ? result.items.length : 0,
        itemsNew,
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
        ...(itemsNew > 0 ? { newsAt: withNews(result.finishedAt) } : {}),
        ...result.sentOn,
        ...(result.move?.toUrl ? { movedTo: result.move.toUrl } : {}),
      })
      .where(eq(sources.id, result.sourceId));
    if (result.move)
      await tx.insert(sourceMoves).values({ sourceId: result.sourceId, ...result.move, movedAt: result.finishedAt });
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

/** Records a poll that brought nothing, in one statement: nearly all polls are of this kind. */
async function saveQuietPoll(db: Database, result: PollResult): Promise<void> {
  const failed = result.outcome === "failed";
  const at = result.finishedAt.toISOString();
  const [failureCode, message] = failed ? [result.failureCode, storable(result.message)] : [null, null];
  await db.execute(sql`
    with poll as (
      insert into polls (source_id, started_at, finished_at, outcome, http_status, failure_code, message)
      values (${result.sourceId}, ${result.startedAt.toISOString()}::timestamptz, ${at}::timestamptz, ${result.outcome},
        ${result.httpStatus}::integer, ${failureCode}::text, ${message}::text)
    )
    update sources set next_poll_at = ${result.nextPollAt?.toISOString() ?? null}::timestamptz, last_poll_at = ${at}::timestamptz,
      failures_in_row = case when ${failed}::boolean then failures_in_row + 1 else 0 end,
      last_success_at = case when ${failed}::boolean then last_success_at else ${at}::timestamptz end
    where id = ${result.sourceId}`);
}

function withNews(at: Date) {
  return sql`(${sources.newsAt} || ${at.toISOString()}::timestamptz)[greatest(1, cardinality(${sources.newsAt}) + 2 - ${NEWS_REMEMBERED}):]`;
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

/** Finds when the first of a source's latest polls began that left a gap open (problem `gap-open`); null when the last one left none. */
export async function openGapSince(db: Database, sourceId: string): Promise<Date | null> {
  const read = sql`source_id = ${sourceId} and outcome = 'read'`;
  const isOpen = sql`problems @> '[{"code": "gap-open"}]'`;
  const [row] = await db.execute<{ since: string | null }>(sql`
    select min(started_at) as since from polls where ${read} and finished_at > coalesce(
      (select finished_at from polls where ${read} and not ${isOpen} order by finished_at desc limit 1), '-infinity')`);
  return row?.since ? new Date(row.since) : null;
}
