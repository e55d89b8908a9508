import { inArray, type SQL, sql } from "drizzle-orm";
import { repetitionOf } from "../read/copy/repeat.ts";
import type { Database } from "./client.ts";
import { statementRepeats } from "./schema/copies.ts";
import type { StoredStatement } from "./statements.ts";

/** Statements of other documents that one statement is compared with: those with most fingerprints in common. */
const MOST_COMPARED = 24;

/** Of words that everybody uses, so many archived first are looked at: what is said a hundred times needs no hundredth comparison. */
const MOST_LOOKED_AT = 96;

/** A statement of another document that shares fingerprints with one of ours. */
type Candidate = {
  readonly own: number;
  readonly id: number;
  readonly document_id: number;
  readonly words: string;
  /** The first occurrence it is already known to repeat, or itself. */
  readonly first: number;
  /** Whether the first occurrence was said before ours; null dates count as late. */
  readonly is_earlier: boolean;
  readonly days: number | null;
};

/**
 * Links statements to the first occurrence of their words in other documents, and later occurrences to them where ours are the first.
 * Who is known to be somebody else does not repeat; who is unknown, or speaks for the same body, may.
 *
 * @returns How many statements are in a link, and the documents they share words with, most shared first.
 */
export async function linkRepeats(
  db: Database,
  documentId: number,
  statements: readonly StoredStatement[],
  now: Date,
): Promise<{ readonly linked: number; readonly documentIds: readonly number[] }> {
  const words = new Map(statements.map(({ id, text }) => [id, text]));
  const documents = new Map<number, number>();
  const linked = new Set<number>();
  const earlier = new Map<number, StatementRepeat>();
  const later: StatementRepeat[] = [];
  // The earliest come first, so what an own statement repeats is known before what repeats it.
  for (const candidate of await candidatesFor(db, documentId, [...words.keys()])) {
    const { own, id, first, days, document_id: inDocument } = candidate;
    const repetition = repetitionOf(words.get(own) ?? "", candidate.words);
    if (!repetition) continue;
    documents.set(inDocument, (documents.get(inDocument) ?? 0) + 1);
    linked.add(own);
    const { relation, share } = repetition;
    const link = { daysApart: days, share, linkedAt: now };
    if (candidate.is_earlier) {
      if (!earlier.has(own)) earlier.set(own, { ...link, relation, statementId: own, firstId: first });
    } else if (first === id) {
      const firstId = earlier.get(own)?.firstId ?? own;
      later.push({ ...link, relation: turned(relation), statementId: id, firstId });
    }
  }
  if (earlier.size > 0)
    await db
      .insert(statementRepeats)
      .values([...earlier.values()])
      .onConflictDoNothing();
  for (const link of later) await hangOn(db, link);
  const documentIds = [...documents.keys()].sort((a, b) => (documents.get(b) ?? 0) - (documents.get(a) ?? 0) || a - b);
  return { linked: linked.size, documentIds };
}

/** Gives the first occurrence of each statement's words: the id of the statement itself where it repeats none. */
export async function firstOccurrences(
  db: Database,
  statementIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const first = new Map(statementIds.map((id) => [id, id]));
  if (statementIds.length === 0) return first;
  const rows = await db
    .select({ id: statementRepeats.statementId, firstId: statementRepeats.firstId })
    .from(statementRepeats)
    .where(inArray(statementRepeats.statementId, [...statementIds]));
  for (const { id, firstId } of rows) first.set(id, firstId);
  return first;
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

/** Finds statements of other documents' present versions that share fingerprints, the earliest first. */
async function candidatesFor(db: Database, documentId: number, ids: readonly number[]): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  return db.execute<Candidate>(sql`
    with own as (
      select f.statement_id, f.hashes, s.said_instant from statement_fingerprints f join statements s on s.id = f.statement_id
      where f.statement_id = any(${`{${ids.join(",")}}`}::bigint[])
    ), near as (
      select own.statement_id as own, own.said_instant as own_instant, other.* from own cross join lateral (
        select f.statement_id as id, cardinality(array(select unnest(f.hashes) intersect select unnest(own.hashes))) as shared
        from (
          select statement_id, hashes from statement_fingerprints where hashes && own.hashes and statement_id <> own.statement_id
          order by statement_id limit ${MOST_LOOKED_AT}
        ) as f
        order by shared desc, f.statement_id limit ${MOST_COMPARED}
      ) as other
    ), first as (
      select near.*, coalesce(r.first_id, near.id) as first from near left join statement_repeats r on r.statement_id = near.id
    )
    select first.own::float8 as own, first.id::float8 as id, d.id::float8 as document_id, s.words, first.first::float8 as first,
      (coalesce(f.said_instant, 'infinity'), f.id) < (coalesce(first.own_instant, 'infinity'), first.own) as is_earlier,
      least(abs(extract(epoch from f.said_instant - first.own_instant)) / 86400, 32767)::integer as days
    from first join statements s on s.id = first.id join statements f on f.id = first.first
      join versions v on v.id = s.version_id join documents d on d.current_version_id = v.id
    where d.id <> ${documentId} and ${mayBeOneSpeaker("first.id")} and ${mayBeOneSpeaker("first.first")}
    order by first.own, coalesce(f.said_instant, 'infinity'), f.id, first.shared desc`) as Promise<Candidate[]>;
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
