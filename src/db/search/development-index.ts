import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { termVectorOf } from "./statement-index.ts";

/** Developments that are indexed in one go. */
const MOST_AT_ONCE = 500;
/** Pieces of evidence that are looked at again, because a smaller number may have been committed later. */
const OVERLAP = 500;

/**
 * Indexes the developments that have new evidence. Called before they are searched by words, so that finding a development waits
 * for nothing; it changes nothing where nothing is new.
 */
export async function freshenDevelopmentIndex(db: Database): Promise<void> {
  for (;;) {
    const fresh = await db.execute<{ id: number; newest: number; pieces: number }>(sql`
      with mark as (select coalesce((select evidence_id from search_state), 0) - ${OVERLAP}::bigint as id),
      touched as (
        select development_id as id, max(e.id) as newest from development_evidence e, mark where e.id > mark.id group by development_id
        union all select d.id, 0 from developments d
          where not exists (select from development_evidence e where e.development_id = d.id)
            and not exists (select from development_index x where x.development_id = d.id)
      ), counted as (
        select id, newest, (select count(*)::int from development_evidence e where e.development_id = touched.id) as pieces from touched
      )
      select id::float8 as id, newest::float8 as newest, pieces from counted
      where pieces is distinct from (select pieces from development_index x where x.development_id = counted.id)
      order by counted.newest limit ${MOST_AT_ONCE}`);
    const last = fresh.at(-1);
    if (!last) return;
    const rows = await db.execute<{ id: number; text: string }>(sql`
      select d.id::float8 as id, d.summary || E'\n' || coalesce((
        select string_agg(words, E'\n' order by id) from development_evidence where development_id = d.id), '') as text
      from developments d where d.id in (select jsonb_array_elements_text(${JSON.stringify(fresh.map(({ id }) => id))}::text::jsonb)::bigint)`);
    const pieces = new Map(fresh.map((row) => [row.id, row.pieces]));
    const entries = rows.map(({ id, text }) => ({ id, terms: termVectorOf(text), pieces: pieces.get(id) ?? 0 }));
    await db.execute(sql`
      with kept as (
        insert into development_index (development_id, terms, pieces)
        select id, terms::tsvector, pieces
        from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as entry (id bigint, terms text, pieces integer)
        on conflict (development_id) do update set terms = excluded.terms, pieces = excluded.pieces
      )
      insert into search_state (id, terms_version, evidence_id) values (1, 0, ${last.newest}::bigint)
      on conflict (id) do update set evidence_id = greatest(search_state.evidence_id, excluded.evidence_id)`);
  }
}
