import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** What a newer reader of ours read differently in one capture. */
export type Moved = {
  readonly documentId: number;
  readonly url: string | null;
  readonly title: string | null;
  readonly readerBefore: number;
  readonly readerAfter: number;
  /** Whether the text itself was read differently, not only what is said in it. */
  readonly textMoved: boolean;
  /** Statements whose words no statement of the other reading has. */
  readonly gained: number;
  readonly lost: number;
  /** Statements with the same words and other actors. */
  readonly resolvedOtherwise: number;
};

/**
 * Lists what moved between two readings of the same bytes, the latest first: of each re-read capture the newest reading against the
 * one before it. A capture that was read alike has no second version and is not here.
 *
 * @param period - When the newer reading was made.
 */
export async function movedByReader(
  db: Database,
  period: { readonly since: Date; readonly until: Date | null },
  limit: number,
): Promise<readonly Moved[]> {
  const until = period.until === null ? sql`` : sql`and v.created_at < ${period.until.toISOString()}`;
  const rows = await db.execute<Moved>(sql`
    with pairs as (
      select v.id as after_id, b.id as before_id, v.document_id, v.title, v.created_at,
        v.reader_version as reader_after, b.reader_version as reader_before, v.text_sha256 <> b.text_sha256 as text_moved
      from versions v
      join lateral (
        select p.id, p.reader_version, p.text_sha256 from versions p
        where p.capture_id = v.capture_id and p.reader_version < v.reader_version
        order by p.reader_version desc limit 1
      ) b on true
      where v.cause = 'reread' and v.created_at >= ${period.since.toISOString()} ${until}
      order by v.created_at desc, v.id desc
      limit ${limit}
    ), said as (
      select p.after_id, s.version_id = p.after_id as is_new, s.words,
        coalesce((select string_agg(a.actor_id, ',' order by a.actor_id) from statement_actors a where a.statement_id = s.id), '') as actors
      from pairs p join statements s on s.version_id in (p.after_id, p.before_id)
    ), words as (
      select after_id, words,
        bool_or(is_new) as has_new, bool_or(not is_new) as has_old,
        array_agg(distinct actors) filter (where is_new) as new_actors,
        array_agg(distinct actors) filter (where not is_new) as old_actors
      from said group by after_id, words
    )
    select p.document_id as "documentId", d.url, p.title, p.reader_before as "readerBefore", p.reader_after as "readerAfter",
      p.text_moved as "textMoved",
      count(w.words) filter (where w.has_new and not w.has_old)::int as gained,
      count(w.words) filter (where w.has_old and not w.has_new)::int as lost,
      count(w.words) filter (where w.has_new and w.has_old and w.new_actors <> w.old_actors)::int as "resolvedOtherwise"
    from pairs p
    join documents d on d.id = p.document_id
    left join words w on w.after_id = p.after_id
    group by p.after_id, p.document_id, d.url, p.title, p.reader_before, p.reader_after, p.text_moved, p.created_at
    order by p.created_at desc, p.after_id desc`);
  return [...rows].map((row) => ({
    ...{ documentId: Number(row.documentId), url: row.url, title: row.title },
    ...{ readerBefore: row.readerBefore, readerAfter: row.readerAfter, textMoved: row.textMoved },
    ...{ gained: row.gained, lost: row.lost, resolvedOtherwise: row.resolvedOtherwise },
  }));
}
