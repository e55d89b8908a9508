import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { inParts } from "../in-parts.ts";
import { quoteTerm, tag, termVectorOfParts } from "./statement-index.ts";

/** What of a text is searched, in characters: some 160,000 English words. What stands behind it is not found. */
export const LONGEST_SEARCHED = 1_000_000;

/** The version of a document that counts, with all that it is looked for by. */
export type DocumentToIndex = {
  readonly id: number;
  readonly versionId: number;
  readonly sourceId: string | null;
  readonly title: string | null;
  /** Its first `LONGEST_SEARCHED` characters. */
  readonly text: string;
  readonly lang: string | null;
  /** ISO 8601 in UTC with microseconds; null when it has no date. */
  readonly published: string | null;
  /** What its statements say, each value once. */
  readonly actorIds: readonly string[];
  readonly sides: readonly string[];
  readonly topicIds: readonly string[];
  readonly kinds: readonly string[];
  readonly acts: readonly string[];
  readonly fidelities: readonly string[];
};

/** A row of `document_index`, its terms written as a tsvector. */
export type DocumentEntry = Pick<DocumentToIndex, "id" | "versionId" | "published"> & {
  readonly counted: readonly string[];
  readonly terms: string;
};

/** Lists documents after one whose version that counts is not indexed and that no failure holds back, in the order they came. */
export async function unindexedDocuments(
  db: Database,
  { after = 0, now }: { readonly after?: number; readonly now: Date },
  most: number,
): Promise<readonly number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select d.id::float8 as id from documents d left join document_index x on x.document_id = d.id
    where d.id > ${after}::bigint and d.current_version_id is not null and d.current_version_id is distinct from x.version_id
      and not exists (select 1 from stage_failures f where f.stage = 'index' and f.subject = d.id::text
        and (f.next_at is null or f.next_at > ${now.toISOString()}::timestamptz))
    order by d.id limit ${most}`);
  return rows.map(({ id }) => id);
}

/** Brings documents with all that they are looked for by, in the order of their ids; those without a text are left out. */
export async function documentsToIndex(db: Database, ids: readonly number[]): Promise<readonly DocumentToIndex[]> {
  return db.execute<DocumentToIndex>(sql`
    select d.id::float8 as id, v.id::float8 as "versionId", d.source_id as "sourceId", v.title, v.lang,
      left(v.text, ${LONGEST_SEARCHED}::integer) as text,
      to_char(v.published_instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as published,
      said.kinds, said.acts, said.fidelities, spoken.ids as "actorIds", spoken.sides,
      array(select distinct t.topic_id from statements s join statement_topics t on t.statement_id = s.id where s.version_id = v.id) as "topicIds"
    from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as given (id)
      join documents d on d.id = given.id::bigint
      join versions v on v.id = d.current_version_id,
      lateral (
        select coalesce(array_agg(distinct s.kind), '{}') as kinds, coalesce(array_agg(distinct s.act), '{}') as acts,
          coalesce(array_agg(distinct s.fidelity), '{}') as fidelities
        from statements s where s.version_id = v.id
      ) as said,
      lateral (
        select coalesce(array_agg(distinct a.id), '{}') as ids, coalesce(array_agg(distinct a.bloc), '{}') as sides
        from statements s join statement_actors sa on sa.statement_id = s.id join actors a on a.id = sa.actor_id
        where s.version_id = v.id
      ) as spoken
    order by d.id`);
}

/** Writes what a document is found by. Long texts take a second: not for a thread that others wait for. */
export function documentEntry(document: DocumentToIndex): DocumentEntry {
  const { id, versionId, title, text, lang, published, sourceId } = document;
  const day = published?.slice(0, 10);
  const counted = [
    ...(sourceId ? [tag.source(sourceId)] : []),
    ...(lang ? [tag.lang(lang)] : []),
    ...(day ? [tag.time(day.slice(0, 4))] : []),
  ];
  const said = [
    ...[...document.actorIds.map(tag.actor), ...document.sides.map(tag.side), ...document.topicIds.map(tag.topic)],
    ...[...document.kinds.map(tag.kind), ...document.acts.map(tag.act), ...document.fidelities.map(tag.fidelity)],
  ];
  const times = day ? [day, day.slice(0, 7)].map(tag.time) : [tag.undated];
  const words = termVectorOfParts([
    { text: title ?? "", is: "title" },
    { text, is: "body" },
  ]);
  const terms = [words, ...[...counted, ...said, ...times].map(quoteTerm)].join(" ");
  return { id, versionId, published, counted, terms };
}

/** Keeps what documents are found by, in the place of what they were found by before, and takes failures to do so off the file. */
export async function saveDocumentEntries(db: Database, entries: readonly DocumentEntry[]): Promise<void> {
  for (const part of inParts(entries, ({ terms }) => terms.length)) {
    await db.execute(sql`
      with entry as (
        select * from jsonb_to_recordset(${JSON.stringify(part)}::text::jsonb)
          as entry (id bigint, "versionId" bigint, published timestamptz, counted text[], terms text)
      ), kept as (
        insert into document_index (document_id, version_id, published_instant, counted, terms)
        select id, "versionId", published, counted, terms::tsvector from entry
        on conflict (document_id) do update set version_id = excluded.version_id,
          published_instant = excluded.published_instant, counted = excluded.counted, terms = excluded.terms
      )
      delete from stage_failures f using entry where f.stage = 'index' and f.subject = entry.id::text`);
  }
}

/** Indexes documents in this thread; what takes its time over. */
export async function indexDocuments(db: Database, ids: readonly number[]): Promise<void> {
  await saveDocumentEntries(db, (await documentsToIndex(db, ids)).map(documentEntry));
}
