import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { storable } from "../storable.ts";

/** A name that somebody may mean who has begun to type it, as a filter of the query language. */
export type NameSuggestion = {
  readonly field: "actor" | "topic" | "source" | "type";
  readonly id: string;
  readonly label: string;
  readonly labelZh: string | null;
};

/** Suggests actors, topics, sources and types whose name in either language, id or a word of them begins with what was typed. */
export async function suggestNames(db: Database, typed: string, limit: number): Promise<readonly NameSuggestion[]> {
  const wanted = storable(typed).trim().toLowerCase();
  if (wanted === "") return [];
  return db.execute<NameSuggestion>(sql`
    select field, id, label, label_zh as "labelZh" from (
      select 'actor' as field, id, name as label, name_zh as label_zh, 1 as place from actors where retired_at is null
      union all select 'topic', id, label, label_zh, 2 from topics where retired_at is null
      union all select 'type', id, label, label_zh, 3 from development_types where retired_at is null
      union all select 'source', id, title, definition ->> 'titleZh', 4 from sources where retired_at is null
    ) names
    where starts_with(id, ${wanted}) or starts_with(lower(label), ${wanted}) or strpos(lower(label), ' ' || ${wanted}::text) > 0
      or strpos(coalesce(label_zh, ''), ${wanted}) > 0
    order by starts_with(lower(label), ${wanted}) or starts_with(id, ${wanted}) or starts_with(coalesce(label_zh, ''), ${wanted}) desc, place, length(label), id
    limit ${limit}`);
}
