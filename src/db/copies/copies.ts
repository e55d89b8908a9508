import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { KnownDate } from "../../domain/known-date.ts";
import { type Span, wordsAt } from "../../domain/span.ts";
import { type Kinship, kinshipWith, quoteKinship, twinKinship } from "../../read/copy/kinship.ts";
import { sketchOf, type TextSketch } from "../../read/copy/sketch.ts";
import { eventDay, twinFacts } from "../../read/copy/twin.ts";
import { type ReadVersion, versionWithStatements } from "../archive/versions.ts";
import type { Database } from "../client.ts";
import { documents } from "../schema/archive.ts";
import { documentFamilies, versionSketches } from "../schema/copies.ts";
import { alikeElsewhere, documentsOf, linkRepeats, printsOf, saveFingerprints } from "./statement-repeats.ts";

/** Documents that are compared word for word with a new one, per way of finding them. */
const MOST_COMPARED = 8;

/** Share of the smaller sample that must be shared for two texts to be compared word for word. */
const LEAST_SHARED = 0.3;

/** Documents that are looked up for one hash: what as many share is a masthead or a stock phrase, and tells little of copies. */
const MOST_PER_HASH = 12;

/** Documents of which the whole samples are compared: those that share the most hashes that few others have. */
const MOST_COUNTED = 24;

/** Documents in the other language of which the day is looked at. */
const MOST_TWINS = 32;

/** Days around a document's publication in which its twin in the other language may stand. */
const TWIN_DAYS = 2;

/** What was found of a version: the documents it is kin to, and how many of its statements repeat others. */
export type Linked = { readonly kin: number; readonly repeats: number };

/**
 * Finds what a version repeats: its statements' first occurrences, and the document it is a copy, part, rewrite or translation of.
 * Looks in both directions, so that the order in which two copies are read does not matter. A second run finds the same.
 *
 * Most texts repeat nothing. They are looked up without making others wait: what the others can find them by is committed first, so
 * of two copies at once the later finds the earlier. Others wait only while what was found is linked to what it is linked to by then.
 *
 * @returns null for a version that does not count (any more).
 */
export async function linkVersion(db: Database, version: ReadVersion, now: Date): Promise<Linked | null> {
  if (!(await isCurrent(db, version))) return null;
  const { id: versionId, documentId, statements, article } = version;
  const prints = printsOf(statements);
  const sketch = sketchOf(article.text);
  await saveSketch(db, version, sketch);
  await saveFingerprints(db, prints);
  const alike = await alikeElsewhere(db, documentId, statements, prints);
  const kin = [
    ...(await textKin(db, version, sketch)),
    ...(await quoteKin(db, version, documentsOf(alike))),
    ...(await twinKin(db, version)),
  ];
  if (alike.length + kin.length === 0) {
    await markLinked(db, versionId, now);
    return { kin: 0, repeats: 0 };
  }
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley copies'))`);
    if (!(await isCurrent(tx, version))) return null;
    const repeats = await linkRepeats(tx, alike, now);
    const nearest = new Map<number, Kinship>();
    for (const { documentId: other, kinship } of kin) if (!nearest.has(other)) nearest.set(other, kinship);
    for (const [other, kinship] of nearest) await joinFamilies(tx, documentId, other, kinship, now);
    await markLinked(tx, versionId, now);
    return { kin: nearest.size, repeats };
  });
}

/** Keeps a version's sketch, for later versions to find it by. A second run adds nothing. */
async function saveSketch(db: Database, version: ReadVersion, { rate, hashes }: TextSketch): Promise<void> {
  await db.execute(sql`
    with kept as (
      insert into version_sketches (version_id, document_id, rate, hashes)
      values (${version.id}::bigint, ${version.documentId}::bigint, ${rate}::integer, ${integers(hashes)}) on conflict do nothing
    )
    insert into sketch_hashes (hash, version_id) select hash, ${version.id}::bigint from unnest(${integers(hashes)}) as own (hash)
    on conflict do nothing`);
}

async function isCurrent(db: Database, { id, documentId }: ReadVersion): Promise<boolean> {
  const isItsCurrent = and(eq(documents.id, documentId), eq(documents.currentVersionId, id));
  const rows = await db.select({ id: documents.id }).from(documents).where(isItsCurrent);
  return rows.length > 0;
}

async function markLinked(db: Database, versionId: number, now: Date): Promise<void> {
  await db.update(versionSketches).set({ linkedAt: now }).where(eq(versionSketches.versionId, versionId));
}

/** Lists versions that count, have never been compared with the others, and that no failure holds back. */
export async function unlinkedVersions(
  db: Database,
  { createdBefore, now }: { readonly createdBefore: Date; readonly now: Date },
  most: number,
): Promise<readonly number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select v.id::float8 as id from documents d join versions v on v.id = d.current_version_id
    where v.created_at < ${createdBefore.toISOString()}::timestamptz
      and not exists (select 1 from version_sketches s where s.version_id = v.id and s.linked_at is not null)
      and not exists (select 1 from stage_failures f where f.stage = 'link' and f.subject = v.id::text
        and (f.next_at is null or f.next_at > ${now.toISOString()}::timestamptz))
    order by v.id limit ${most}`);
  return rows.map(({ id }) => id);
}

/** Gives the family of each document: the id of its first document, which is its own for one that repeats nothing. */
export async function familiesOf(db: Database, documentIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const families = new Map(documentIds.map((id) => [id, id]));
  if (documentIds.length === 0) return families;
  const rows = await db
    .select({ documentId: documentFamilies.documentId, familyId: documentFamilies.familyId })
    .from(documentFamilies)
    .where(inArray(documentFamilies.documentId, [...documentIds]));
  for (const { documentId, familyId } of rows) families.set(documentId, familyId);
  return families;
}

type Found = { readonly documentId: number; readonly kinship: Kinship };

/** Writes numbers as an array of Postgres, as one parameter. */
function integers(numbers: readonly number[]): SQL {
  return sql`${`{${numbers.join(",")}}`}::integer[]`;
}

/**
 * Finds documents with much of the same text among those that share hashes: at least half as many as two texts would share of which
 * the one holds what makes it a part of the other (see `kinshipWith`), as far as both were sampled.
 *
 * A hash is followed to a few documents only, so that what everybody writes costs a few steps however large the archive is. Of a
 * text with a hundred copies the oldest are found, which is enough to hang it on one of them.
 */
async function textKin(db: Database, version: ReadVersion, { rate, hashes }: TextSketch): Promise<Found[]> {
  if (hashes.length === 0) return [];
  const rows = await db.execute<{ document_id: number; text: string; is_next: boolean }>(sql`
    with sharing as (
      select one.version_id, count(*) over (partition by own.hash) as others
      from unnest(${integers(hashes)}) as own (hash) cross join lateral (
        select h.version_id from sketch_hashes h
        where h.hash = own.hash and ${version.documentId}::bigint <> (
          select d.id from version_sketches s join documents d on d.id = s.document_id and d.current_version_id = s.version_id
          where s.version_id = h.version_id)
        order by h.version_id limit ${MOST_PER_HASH}
      ) one
    ), near as (
      select version_id from sharing group by version_id
      order by count(*) filter (where others < ${MOST_PER_HASH}) desc, count(*) desc, version_id limit ${MOST_COUNTED}
    ), sampled as materialized (
      select s.version_id, s.document_id, s.rate, cardinality(s.hashes) as among,
        (select count(*) from unnest(s.hashes) as other (hash) where hash = any(${integers(hashes)})) as shared
      from near join version_sketches s using (version_id)
    ), alike as materialized (
      select version_id, document_id, shared from sampled
      where shared >= ${LEAST_SHARED}::real * least(among * rate, ${hashes.length * rate}::integer) / greatest(rate, ${rate}::integer)
      order by shared desc, document_id limit ${MOST_COMPARED}
    )
    select a.document_id::float8 as document_id, v.text,
      coalesce(d.source_id = own.source_id and v.published_instant::date <> p.published_instant::date, false) as is_next
    from alike a join versions v on v.id = a.version_id join documents d on d.id = a.document_id
      cross join (select published_instant from versions where id = ${version.id}::bigint) p
      cross join (select source_id from documents where id = ${version.documentId}::bigint) own
    order by a.shared desc, a.document_id`);
  const compare = kinshipWith(version.article.text);
  return rows.flatMap(({ document_id, text, is_next }) => {
    const kinship = compare(text, is_next);
    return kinship ? [{ documentId: document_id, kinship }] : [];
  });
}

/** Finds documents that retell this one or are retold by it, among those that share statements. */
async function quoteKin(db: Database, version: ReadVersion, documentIds: readonly number[]): Promise<Found[]> {
  const own = version.statements.flatMap(({ quotes }) => quotes.map((quote) => wordsAt(version.article.text, quote)));
  if (own.length === 0 || documentIds.length === 0) return [];
  const rows = await db.execute<{ document_id: number; text: string; quotes: readonly Span[] }>(sql`
    select d.id::float8 as document_id, v.text,
      (select jsonb_agg(quote order by s.ordinal, place) from statements s, jsonb_array_elements(s.quotes) with ordinality as q (quote, place)
        where s.version_id = v.id) as quotes
    from documents d join versions v on v.id = d.current_version_id
    where d.id = any(${integers(documentIds.slice(0, MOST_COMPARED))}) order by d.id`);
  return rows.flatMap(({ document_id, text, quotes }) => {
    const kinship = quoteKinship(
      own,
      (quotes ?? []).map((quote) => wordsAt(text, quote)),
    );
    return kinship ? [{ documentId: document_id, kinship }] : [];
  });
}

/** Finds the same event in the other language. */
async function twinKin(db: Database, version: ReadVersion): Promise<Found[]> {
  const { article, statements, documentId } = version;
  const own = twinFacts(article, statements);
  const [main] = own.actorIds;
  if (!own.lang || !own.day || main === undefined) return [];
  const rows = await db.execute<{ version_id: number; title: string | null; published_at: KnownDate | null }>(sql`
    select v.id::float8 as version_id, v.title, v.published_at from versions v join documents d on d.current_version_id = v.id
    where v.lang <> ${own.lang} and v.kind = ${own.kind} and d.id <> ${documentId}
      and v.published_instant between ${own.day}::date - ${TWIN_DAYS}::integer and ${own.day}::date + ${TWIN_DAYS + 1}::integer
      and exists (select 1 from statements s join statement_actors a on a.statement_id = s.id
        where s.version_id = v.id and a.actor_id = ${main})
    order by d.id limit ${MOST_TWINS}`);
  const found: Found[] = [];
  for (const { version_id, title, published_at: publishedAt } of rows) {
    if (eventDay({ title, publishedAt }) !== own.day) continue;
    const other = await versionWithStatements(db, version_id);
    const kinship = other && twinKinship(own, twinFacts(other.article, other.statements));
    if (kinship) found.push({ documentId: other.documentId, kinship });
  }
  return found;
}

/** Makes one family of two: what hung on the later first document hangs on the earlier, and so does that document itself. */
async function joinFamilies(db: Database, one: number, other: number, kinship: Kinship, now: Date): Promise<void> {
  const families = await familiesOf(db, [one, other]);
  const [familyId, joined] = [families.get(one) ?? one, families.get(other) ?? other].sort((a, b) => a - b);
  if (familyId === undefined || joined === undefined || familyId === joined) return;
  await db.update(documentFamilies).set({ familyId }).where(eq(documentFamilies.familyId, joined));
  const likeId = families.get(one) === familyId ? one : other;
  const { relation, share } = kinship;
  await db.insert(documentFamilies).values({ documentId: joined, familyId, likeId, relation, share, linkedAt: now });
}
