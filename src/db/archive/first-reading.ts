import { sql } from "drizzle-orm";
import { earliestInstant } from "../../domain/known-date.ts";
import type { Database } from "../client.ts";
import { storable } from "../storable.ts";
import { insertStatements } from "./statements.ts";
import { type NewVersion, textDigest } from "./versions.ts";

/**
 * Keeps the reading of a document's only capture as its first version, with its statements, and marks the capture read: one
 * statement for what `saveReading` does in a dozen, because nearly every page that comes in is new.
 *
 * @param reading.detectedBy - The detector that has looked at it already and found nothing; null where one has yet to look.
 * @returns The id of the version; null when the document has other captures or a version: then nothing was done.
 */
export async function saveFirstReading(
  db: Database,
  reading: Omit<NewVersion, "cause"> & { readonly detectedBy: number | null },
): Promise<number | null> {
  const { statements, documentId, captureId, readerVersion, createdAt, detectedBy } = reading;
  const article = storable(reading.article);
  const { title, byline, publisher, kind, lang, publishedAt, updatedAt, text, blocks, problems } = article;
  const published = publishedAt ? earliestInstant(publishedAt).toISOString() : null;
  const json = (value: unknown) => sql`${value === null ? null : JSON.stringify(value)}::text::jsonb`;
  const [row] = await db.execute<{ id: number }>(sql`
    with lone as (
      select id from documents where id = ${documentId}::bigint and current_version_id is null
        and not exists (select 1 from captures where document_id = ${documentId}::bigint and id <> ${captureId}::bigint)
        and not exists (select 1 from versions where document_id = ${documentId}::bigint)
      for update
    ), version as (
      insert into versions (document_id, capture_id, number, cause, reader_version, title, byline, publisher, kind, lang,
        published_at, updated_at, published_instant, text, text_sha256, blocks, problems, created_at, detected_by)
      select id, ${captureId}::bigint, 1, 'first', ${readerVersion}::integer, ${title}, ${byline}, ${publisher}, ${kind}, ${lang},
        ${json(publishedAt)}, ${json(updatedAt)}, ${published}::timestamptz, ${text}, ${textDigest(text)}, ${json(blocks)},
        ${json(problems)}, ${createdAt.toISOString()}::timestamptz, ${detectedBy}::integer
      from lone on conflict do nothing returning id
    ), marked as (
      update captures set read_by = ${readerVersion}::integer from version where captures.id = ${captureId}::bigint
    ), current as (
      update documents set current_version_id = version.id from version where documents.id = ${documentId}::bigint
    ), ${insertStatements(sql`(select id from version)`, documentId, statements)}
    select id::float8 as id from version`);
  return row?.id ?? null;
}
