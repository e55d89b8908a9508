import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { FeedItem } from "../../domain/feed-reading.ts";
import type { Problem } from "../../domain/problem.ts";
import type { SentOn } from "../../domain/source-move.ts";
import { leastPause } from "../archive/documents.ts";
import { boundedKey } from "../bounded-key.ts";
import type { Database } from "../client.ts";
import { inParts } from "../in-parts.ts";
import { sources } from "../schema/catalogue.ts";
import { polls, sourceMoves } from "../schema/collection.ts";
import { storable } from "../storable.ts";

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
    const seen = result.outcome === "read" ? await compareItems(tx, result.sourceId, result.items) : NOTHING_SEEN;
    const itemsNew = seen.unknown.length;
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
    await noteEdits(tx, seen, result.finishedAt);
    return poll
      ? saveItems(tx, seen.unknown, { sourceId: result.sourceId, pollId: poll.id, seenAt: result.finishedAt })
      : [];
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

/** An item under the key that the table has, with a digest of what the list says of it. */
type SaidItem = FeedItem & { readonly saidSha256: string };

/** What a list holds, compared with what its source had before. */
type Compared = {
  /** Each key once. */
  readonly unknown: readonly SaidItem[];
  /** Known items of which the list says something else than the last time, or of which nobody noted what it said. */
  readonly changed: readonly (SaidItem & { readonly id: number; readonly isEdited: boolean })[];
};

const NOTHING_SEEN: Compared = { unknown: [], changed: [] };

/** Compares items with those that a source has had; ten thousand at a time must not make the loop stand still. */
async function compareItems(db: Database, sourceId: string, seen: readonly FeedItem[]): Promise<Compared> {
  const keys = new Set<string>();
  const unknown: SaidItem[] = [];
  const changed: Compared["changed"][number][] = [];
  for (const part of inParts(seen, lengthOf)) {
    const items = part.map(said).filter(({ key }) => !keys.has(key) && keys.add(key));
    const given = JSON.stringify(items.map(({ key, saidSha256 }) => ({ key, said: saidSha256 })));
    const rows = await db.execute<{ key: string; id: number | null; isEdited: boolean }>(sql`
      select given.key, items.id::float8 as id, items.said_sha256 is not null as "isEdited"
      from jsonb_to_recordset(${given}::text::jsonb) as given(key text, said text)
      left join items on items.source_id = ${sourceId} and items.key = given.key
      where items.id is null or items.said_sha256 is distinct from given.said`);
    const found = new Map(rows.map((row) => [row.key, row]));
    for (const item of items) {
      const row = found.get(item.key);
      if (row?.id === null) unknown.push(item);
      else if (row) changed.push({ ...item, id: row.id, isEdited: row.isEdited });
    }
  }
  return { unknown, changed };
}

function said(item: FeedItem): SaidItem {
  const { title, updatedAt, summary, content } = item;
  const words = JSON.stringify([title, updatedAt?.value ?? null, summary, content]);
  return { ...item, key: boundedKey(item.key), saidSha256: createHash("sha256").update(words).digest("hex") };
}

/**
 * Keeps what a list says of its items now, and has the documents of those that it says something else of looked at again: at once,
 * but never sooner after the last look than `leastPause`. One that is due already is due from now on, so that a look under way, which
 * may have come too soon for the edit, sees that another was asked for (see `saveCheck`).
 */
async function noteEdits(db: Database, { changed }: Compared, at: Date): Promise<void> {
  const now = sql`${at.toISOString()}::timestamptz`;
  for (const part of inParts(changed, lengthOf)) {
    const rows = storable(part).map(({ id, title, summary, content, saidSha256, isEdited }) => {
      return { id, title, summary, content, said: saidSha256, edited: isEdited };
    });
    await db.execute(sql`
      with given as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          as one(id bigint, title text, summary text, content text, said text, edited boolean)
      ), noted as (
        update items set title = given.title, summary = given.summary, content = given.content, said_sha256 = given.said
        from given where items.id = given.id returning items.document_id, given.edited
      )
      update documents set next_check_at = case when next_check_at <= ${now} then ${now} else least(next_check_at, greatest(${now},
        coalesce((select max(checked_at) from rechecks where document_id = documents.id), first_seen_at) + ${leastPause(now)})) end
      from noted where documents.id = noted.document_id and noted.edited`);
  }
}

/** Adds items, in parts that are sent as one value each: a statement of ten thousand values takes longer to build than to run. */
async function saveItems(
  db: Database,
  unknown: readonly SaidItem[],
  { sourceId, pollId, seenAt }: { readonly sourceId: string; readonly pollId: number; readonly seenAt: Date },
): Promise<readonly number[]> {
  const added: number[] = [];
  for (const part of inParts(unknown, lengthOf)) {
    const rows = storable(part).map(({ key, url, title, author, publishedAt, summary, content, saidSha256 }) => {
      return { key, url, title, author, published_at: publishedAt, summary, content, said: saidSha256 };
    });
    const kept = await db.execute<{ id: string }>(sql`
      insert into items (source_id, key, url, title, author, published_at, summary, content, said_sha256, poll_id, first_seen_at)
      select ${sourceId}, key, url, title, author, published_at, summary, content, said, ${pollId}::bigint, ${seenAt.toISOString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as given(key text, url text, title text, author text, published_at jsonb, summary text, content text, said text)
      on conflict (source_id, key) do nothing returning id`);
    added.push(...kept.map(({ id }) => Number(id)));
  }
  return added;
}

function lengthOf({ summary, content }: FeedItem): number {
  return (summary?.length ?? 0) + (content?.length ?? 0);
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
