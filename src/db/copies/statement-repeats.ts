import { type SQL, sql } from "drizzle-orm";
import { type Repetition, repetitionWith } from "../../read/copy/repeat.ts";
import { fingerprintsOf } from "../../read/copy/sketch.ts";
import type { StoredStatement } from "../archive/statements.ts";
import type { Database } from "../client.ts";
import { statementRepeats } from "../schema/copies.ts";

/** Statements of other documents that one statement is compared with: those with most fingerprints in common. */
const MOST_COMPARED = 16;

/** Of a turn of phrase that everybody uses, so many archived first are looked at: what is said two dozen times needs no next comparison. */
const MOST_LOOKED_AT = 24;

/** Who shares less of the shorter one's fingerprints shares a turn of phrase and repeats nothing. */
const LEAST_SHARED = 0.4;

/** A statement with the fingerprints by which its repetitions are found; see read/copy/sketch.ts. */
export type Prints = { readonly statementId: number; readonly hashes: readonly number[] };

/** A statement of another document whose words are those of one of ours, whoever said them. */
export type AlikeStatement = {
  readonly own: number;
  readonly id: number;
  readonly documentId: number;
  readonly repetition: Repetition;
};

/** Fingerprints statements; those too short to repeat anybody are left out. */
export function printsOf(statements: readonly StoredStatement[]): readonly Prints[] {
  return statements
    .map(({ id, text }) => ({ statementId: id, hashes: fingerprintsOf(text) }))
    .filter(({ hashes }) => hashes.length > 0);
}

/** Keeps fingerprints, for later statements to find these by. A second run adds nothing. */
export async function saveFingerprints(db: Database, prints: readonly Prints[]): Promise<void> {
  if (prints.length === 0) return;
  await db.execute(sql`
    insert into fingerprints (hash, statement_id, among)
    select hash, statement_id, among from ${recordsOf(prints)} on conflict do nothing`);
}

/** Finds statements in the present versions of other documents whose words are those of ours. */
export async function alikeElsewhere(
  db: Database,
  documentId: number,
  statements: readonly StoredStatement[],
  prints: readonly Prints[],
): Promise<readonly AlikeStatement[]> {
  const near = await sharingPrints(db, prints);
  const others = await wordsElsewhere(
    db,
    documentId,
    near.map(({ id }) => id),
  );
  const words = new Map(statements.map(({ id, text }) => [id, text]));
  const likeness = new Map<number, (other: string) => Repetition | null>();
  return near.flatMap(({ own, id }) => {
    const other = others.get(id);
    if (!other) return [];
    const compare = likeness.get(own) ?? repetitionWith(words.get(own) ?? "");
    likeness.set(own, compare);
    const repetition = compare(other.words);
    return repetition ? [{ own, id, documentId: other.documentId, repetition }] : [];
  });
}

/** Lists the documents that share words with ours, most shared first. */
export function documentsOf(alike: readonly AlikeStatement[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { documentId } of alike) counts.set(documentId, (counts.get(documentId) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || a - b).map(([id]) => id);
}

/**
 * Links statements to the first occurrence of their words in other documents, and later occurrences to them where ours are the first.
 * Who is known to be somebody else does not repeat; who is unknown, or speaks for the same body, may.
 *
 * @returns How many of our statements are in a link.
 */
export async function linkRepeats(db: Database, alike: readonly AlikeStatement[], now: Date): Promise<number> {
  const repetitions = new Map(alike.map(({ own, id, repetition }) => [`${own} ${id}`, repetition]));
  const earlier = new Map<number, StatementRepeat>();
  const later: StatementRepeat[] = [];
  const linked = new Set<number>();
  // The earliest come first, so what an own statement repeats is known before what repeats it.
  for (const { own, id: other, first, is_earlier, days } of await inOrderOfSaying(db, alike)) {
    const repetition = repetitions.get(`${own} ${other}`);
    if (!repetition) continue;
    linked.add(own);
    const { relation, share } = repetition;
    const link = { daysApart: days, share, linkedAt: now };
    if (is_earlier) {
      if (!earlier.has(own)) earlier.set(own, { ...link, relation, statementId: own, firstId: first });
    } else if (first === other) {
      const firstId = earlier.get(own)?.firstId ?? own;
      later.push({ ...link, relation: turned(relation), statementId: other, firstId });
    }
  }
  if (earlier.size > 0)
    await db
      .insert(statementRepeats)
      .values([...earlier.values()])
      .onConflictDoNothing();
  for (const link of later) await hangOn(db, link);
  return linked.size;
}

type StatementRepeat = typeof statementRepeats.$inferInsert;

/** Makes a statement that was a first occurrence itself hang on an earlier one, with all that hung on it. */
async function hangOn(db: Database, link: StatementRepeat): Promise<void> {
  const { statementId, firstId } = link;
  await db.execute(sql`delete from statement_repeats where statement_id = ${firstId}`);
  await db.execute(sql`update statement_repeats set first_id = ${firstId} where first_id = ${statementId}`);
  await db
    .insert(statementRepeats)
    .values(link)
    .onConflictDoUpdate({ target: statementRepeats.statementId, set: { firstId } });
}

/** The relation seen from the other side. */
function turned(relation: "same" | "piece" | "whole" | "near"): "same" | "piece" | "whole" | "near" {
  return relation === "piece" ? "whole" : relation === "whole" ? "piece" : relation;
}

/** One of our statements, and one that shares enough fingerprints with it. */
type Pair = { readonly own: number; readonly id: number };

/** Writes fingerprints as rows `own (hash, statement_id, among)`, as one parameter. */
function recordsOf(prints: readonly Prints[]): SQL {
  const rows = prints.flatMap(({ statementId, hashes }) =>
    hashes.map((hash) => ({ hash, statement_id: statementId, among: hashes.length })),
  );
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as own (hash integer, statement_id bigint, among smallint)`;
}

/** Finds the statements that share most fingerprints with each of ours. Reads nothing but fingerprints: most are no repetition. */
async function sharingPrints(db: Database, prints: readonly Prints[]): Promise<readonly Pair[]> {
  if (prints.length === 0) return [];
  const ours = `{${prints.map(({ statementId }) => statementId).join(",")}}`;
  return db.execute<Pair>(sql`
    with shared as (
      select own.statement_id as own, f.statement_id as id, count(*) as hashes
      from ${recordsOf(prints)} cross join lateral (
        select statement_id, among from fingerprints where hash = own.hash order by statement_id limit ${MOST_LOOKED_AT}
      ) f
      where f.statement_id <> all(${ours}::bigint[])
      group by own.statement_id, f.statement_id
      having count(*) >= ${LEAST_SHARED}::real * min(least(own.among, f.among))
    )
    select own::float8 as own, id::float8 as id from (
      select own, id, row_number() over (partition by own order by hashes desc, id) as place from shared
    ) ranked where place <= ${MOST_COMPARED} order by own, id`) as Promise<readonly Pair[]>;
}

/** Brings the words of statements that stand in the present version of another document. */
async function wordsElsewhere(
  db: Database,
  documentId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly documentId: number; readonly words: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: number; documentId: number; words: string }>(sql`
    select s.id::float8 as id, v.document_id::float8 as "documentId", s.words
    from statements s join versions v on v.id = s.version_id join documents d on d.current_version_id = v.id
    where s.id = any(${`{${[...new Set(ids)].join(",")}}`}::bigint[]) and d.id <> ${documentId}::bigint`);
  return new Map(rows.map((row) => [row.id, row]));
}

type SaidPair = Pair & { readonly first: number; readonly is_earlier: boolean; readonly days: number | null };

/** Orders pairs by when the words were first said, and leaves out those of two who are known to be two. */
async function inOrderOfSaying(db: Database, pairs: readonly Pair[]): Promise<readonly SaidPair[]> {
  if (pairs.length === 0) return [];
  return db.execute<SaidPair>(sql`
    with first as (
      select near.own, near.id, coalesce(r.first_id, near.id) as first, o.said_instant as own_instant
      from jsonb_to_recordset(${JSON.stringify(pairs.map(({ own, id }) => ({ own, id })))}::text::jsonb) as near (own bigint, id bigint)
      join statements o on o.id = near.own left join statement_repeats r on r.statement_id = near.id
    )
    select first.own::float8 as own, first.id::float8 as id, first.first::float8 as first,
      (coalesce(f.said_instant, 'infinity'), f.id) < (coalesce(first.own_instant, 'infinity'), first.own) as is_earlier,
      least(abs(extract(epoch from f.said_instant - first.own_instant)) / 86400, 32767)::integer as days
    from first join statements f on f.id = first.first
    where ${mayBeOneSpeaker("first.id")} and ${mayBeOneSpeaker("first.first")}
    order by first.own, coalesce(f.said_instant, 'infinity'), f.id, first.id`) as Promise<readonly SaidPair[]>;
}

/** Whoever is not known may be the same; of two who are known, one must be the other or speak for them. */
function mayBeOneSpeaker(other: "first.id" | "first.first"): SQL {
  const id = sql.raw(other);
  return sql`(not exists (select 1 from statement_actors a where a.statement_id = first.own)
      or not exists (select 1 from statement_actors a where a.statement_id = ${id})
      or exists (
        select 1 from statement_actors a join actors x on x.id = a.actor_id, statement_actors b join actors y on y.id = b.actor_id
        where a.statement_id = first.own and b.statement_id = ${id}
          and (x.id = y.id or x.parent_id = y.id or y.parent_id = x.id)))`;
}
