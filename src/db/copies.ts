import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { wordsAt } from "../domain/span.ts";
import { type Kinship, quoteKinship, textKinship, twinKinship } from "../read/copy/kinship.ts";
import { fingerprintsOf, sketchOf } from "../read/copy/sketch.ts";
import { twinFacts } from "../read/copy/twin.ts";
import type { Database } from "./client.ts";
import { documents } from "./schema/archive.ts";
import { documentFamilies, versionSketches } from "./schema/copies.ts";
import { linkRepeats } from "./statement-repeats.ts";
import { type ReadVersion, versionWithStatements } from "./versions.ts";

/** Documents that are compared word for word with a new one, per way of finding them. */
const MOST_COMPARED = 8;

/** Days around a document's publication in which its twin in the other language may stand. */
const TWIN_DAYS = 2;

/** What was found of a version: the documents it is kin to, and how many of its statements repeat others. */
export type Linked = { readonly kin: number; readonly repeats: number };

/**
 * Finds what a version repeats: its statements' first occurrences, and the document it is a copy, part, rewrite or translation of.
 * Looks in both directions, so that the order in which two copies are read does not matter. A second run finds the same.
 *
 * @returns null for a version that does not count (any more).
 */
export async function linkVersion(db: Database, versionId: number, now: Date): Promise<Linked | null> {
  const version = await versionWithStatements(db, versionId);
  if (!version) return null;
  return db.transaction(async (tx) => {
    // Two copies linked at once would not see each other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley copies'))`);
    const [current] = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(eq(documents.currentVersionId, versionId));
    if (!current) return null;
    const { documentId, statements, article } = version;
    const { rate, hashes } = sketchOf(article.text);
    await tx
      .insert(versionSketches)
      .values({ versionId, documentId, rate, hashes: [...hashes], linkedAt: now })
      .onConflictDoNothing();
    await saveFingerprints(tx, statements);
    const repeats = await linkRepeats(tx, documentId, statements, now);
    const found = [
      ...(await textKin(tx, version, hashes)),
      ...(await quoteKin(tx, version, repeats.documentIds)),
      ...(await twinKin(tx, version)),
    ];
    const nearest = new Map<number, Kinship>();
    for (const { documentId: other, kinship } of found) if (!nearest.has(other)) nearest.set(other, kinship);
    for (const [other, kinship] of nearest) await joinFamilies(tx, documentId, other, kinship, now);
    return { kin: nearest.size, repeats: repeats.linked };
  });
}

/** Lists versions that count and have never been compared with the others. */
export async function unlinkedVersions(db: Database, createdBefore: Date, most: number): Promise<readonly number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select v.id::float8 as id from documents d join versions v on v.id = d.current_version_id
    where v.created_at < ${createdBefore.toISOString()}::timestamptz
      and not exists (select 1 from version_sketches s where s.version_id = v.id)
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

/** Lists the documents of one family, the first one first; a document that repeats nothing is a family of one. */
export async function familyMembers(db: Database, documentId: number): Promise<readonly number[]> {
  const familyId = (await familiesOf(db, [documentId])).get(documentId) ?? documentId;
  const rows = await db
    .select({ id: documentFamilies.documentId })
    .from(documentFamilies)
    .where(eq(documentFamilies.familyId, familyId))
    .orderBy(documentFamilies.documentId);
  return [familyId, ...rows.map(({ id }) => id)];
}

type Found = { readonly documentId: number; readonly kinship: Kinship };

/** Writes numbers as an array of Postgres, as one parameter. */
function integers(numbers: readonly number[]): SQL {
  return sql`${`{${numbers.join(",")}}`}::integer[]`;
}

async function saveFingerprints(db: Database, statements: ReadVersion["statements"]): Promise<void> {
  const rows = statements
    .map(({ id, text }) => ({ id, hashes: fingerprintsOf(text) }))
    .filter(({ hashes }) => hashes.length > 0);
  if (rows.length === 0) return;
  await db.execute(sql`
    insert into statement_fingerprints (statement_id, hashes)
    select id, array(select jsonb_array_elements_text(hashes)::integer)
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (id bigint, hashes jsonb)
    on conflict do nothing`);
}

/** Finds documents with much of the same text among those that share hashes. */
async function textKin(db: Database, version: ReadVersion, hashes: readonly number[]): Promise<Found[]> {
  if (hashes.length === 0) return [];
  const rows = await db.execute<{ document_id: number; text: string; is_next: boolean }>(sql`
    select s.document_id::float8 as document_id, v.text,
      coalesce(d.source_id = own.source_id and v.published_instant::date <> p.published_instant::date, false) as is_next
    from (
      select s.version_id, s.document_id, cardinality(array(select unnest(s.hashes) intersect select unnest(${integers(hashes)}))) as shared
      from version_sketches s join documents d on d.current_version_id = s.version_id
      where s.hashes && ${integers(hashes)} and s.document_id <> ${version.documentId}
      order by shared desc, s.document_id limit ${MOST_COMPARED}
    ) s join versions v on v.id = s.version_id join documents d on d.id = s.document_id
      join versions p on p.id = ${version.id} join documents own on own.id = p.document_id
    order by s.shared desc, s.document_id`);
  return rows.flatMap(({ document_id, text, is_next }) => {
    const kinship = textKinship(version.article.text, text, is_next);
    return kinship ? [{ documentId: document_id, kinship }] : [];
  });
}

/** Finds documents that retell this one or are retold by it, among those that share statements. */
async function quoteKin(db: Database, version: ReadVersion, documentIds: readonly number[]): Promise<Found[]> {
  const own = quotedWords(version);
  if (own.length === 0) return [];
  const found: Found[] = [];
  for (const other of await currentVersions(db, documentIds.slice(0, MOST_COMPARED))) {
    const kinship = quoteKinship(own, quotedWords(other));
    if (kinship) found.push({ documentId: other.documentId, kinship });
  }
  return found;
}

function quotedWords({ article, statements }: ReadVersion): readonly string[] {
  return statements.flatMap(({ quotes }) => quotes.map((quote) => wordsAt(article.text, quote)));
}

async function currentVersions(db: Database, documentIds: readonly number[]): Promise<readonly ReadVersion[]> {
  if (documentIds.length === 0) return [];
  const rows = await db
    .select({ versionId: documents.currentVersionId })
    .from(documents)
    .where(inArray(documents.id, [...documentIds]))
    .orderBy(documents.id);
  const versions: ReadVersion[] = [];
  for (const { versionId } of rows) {
    const version = versionId === null ? null : await versionWithStatements(db, versionId);
    if (version) versions.push(version);
  }
  return versions;
}

/** Finds the same event in the other language. */
async function twinKin(db: Database, version: ReadVersion): Promise<Found[]> {
  const { article, statements, documentId } = version;
  const own = twinFacts(article, statements);
  const [main] = own.actorIds;
  if (!own.lang || !own.day || main === undefined) return [];
  const rows = await db.execute<{ id: number }>(sql`
    select d.id::float8 as id from versions v join documents d on d.current_version_id = v.id
    where v.lang <> ${own.lang} and v.kind = ${own.kind} and d.id <> ${documentId}
      and v.published_instant between ${own.day}::date - ${TWIN_DAYS}::integer and ${own.day}::date + ${TWIN_DAYS + 1}::integer
      and exists (select 1 from statements s join statement_actors a on a.statement_id = s.id
        where s.version_id = v.id and a.actor_id = ${main})
    order by d.id limit ${MOST_COMPARED}`);
  const twins = await currentVersions(
    db,
    rows.map(({ id }) => id),
  );
  return twins.flatMap((other) => {
    const kinship = twinKinship(own, twinFacts(other.article, other.statements));
    return kinship ? [{ documentId: other.documentId, kinship }] : [];
  });
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
