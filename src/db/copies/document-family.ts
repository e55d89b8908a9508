import { sql } from "drizzle-orm";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Database } from "../client.ts";

/** A document that tells the same as another: a copy, a part, a rewrite, or the same event in the other language. */
export type FamilyMember = {
  readonly documentId: number;
  readonly title: string | null;
  readonly url: string | null;
  readonly lang: string | null;
  readonly publishedAt: KnownDate | null;
  readonly source: string | null;
  readonly sourceZh: string | null;
  /** How it repeats the first of the family; null for the first. */
  readonly relation: "copy" | "part" | "rewrite" | "translation" | null;
};

/** Lists the other documents of a document's family, the first one first; none for a document that repeats nothing and is not repeated. */
export async function familyOf(db: Database, documentId: number, most = 50): Promise<readonly FamilyMember[]> {
  const rows = await db.execute<FamilyMember>(sql`
    with own as (
      select coalesce((select family_id from document_families where document_id = ${documentId}::bigint), ${documentId}::bigint) as id
    ), members as (
      select own.id, null as relation from own union all
      select f.document_id, f.relation from document_families f join own on f.family_id = own.id
    )
    select d.id::float8 as "documentId", v.title, d.url, v.lang, v.published_at as "publishedAt", s.title as source,
      s.definition ->> 'titleZh' as "sourceZh", m.relation
    from members m join documents d on d.id = m.id left join versions v on v.id = d.current_version_id
      left join sources s on s.id = d.source_id
    where d.id <> ${documentId}::bigint
    order by m.relation is not null, d.id limit ${most}`);
  return [...rows];
}
