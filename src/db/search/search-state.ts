import { sql } from "drizzle-orm";
import { type Database, isDatabaseDown } from "../client.ts";
import { indexDocuments, unindexedDocuments } from "./document-index.ts";
import { countedTags, quoteTerm, statementKeys, statementTerms, TERMS_VERSION, tag } from "./statement-index.ts";
import { forgetTallies } from "./tallies.ts";

const BATCH = 200;

/**
 * Makes the indexes of the statements and documents anew, and has the tallies counted anew, where they were made by other terms than
 * today's, or never. Takes a minute for some hundred thousand statements or some thousand documents; several processes that start together
 * wait for the one that does it. Documents that come in later are indexed by `reconcile`.
 *
 * @param say - Is told once when there is something to do.
 */
export async function bringSearchUpToDate(db: Database, say: (sentence: string) => void): Promise<void> {
  await indexAllStatements(db, say);
  await indexAllDocuments(db, say);
}

/** Documents indexed in one go: their texts are held in memory. */
const DOCUMENTS_AT_ONCE = 50;

/** Indexes what documents are there; each part is kept for itself, so that a start that is broken off goes on where it was. */
async function indexAllDocuments(db: Database, say: (sentence: string) => void): Promise<void> {
  if ((await stateOf(db)).documents === TERMS_VERSION) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley document index'))`);
    if ((await stateOf(tx)).documents === TERMS_VERSION) return;
    for (let after = 0; ; ) {
      const ids = await unindexedDocuments(tx, { after, now: new Date(0) }, DOCUMENTS_AT_ONCE);
      const last = ids.at(-1);
      if (last === undefined) break;
      if (after === 0) say("Making the index of documents; this happens once.");
      await indexWhatCanBe(db, ids);
      after = last;
    }
    await tx.execute(sql`update search_state set documents_version = ${TERMS_VERSION}`);
  });
}

/** Indexes documents but for those that a defect keeps from it: `reconcile` comes to them again, and files the failure. */
async function indexWhatCanBe(db: Database, ids: readonly number[]): Promise<void> {
  try {
    await indexDocuments(db, ids);
  } catch (error) {
    if (isDatabaseDown(error)) throw error;
    if (ids.length > 1) for (const id of ids) await indexWhatCanBe(db, [id]);
  }
}

async function indexAllStatements(db: Database, say: (sentence: string) => void): Promise<void> {
  if ((await stateOf(db)).statements === TERMS_VERSION) return;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley search index'))`);
    if ((await stateOf(tx)).statements === TERMS_VERSION) return;
    let told = false;
    // Emptied rather than written over: rows that are updated leave their old forms behind, and the index twice as large.
    await tx.execute(sql`truncate statement_index, document_index`);
    for (let after = 0; ; ) {
      const versions = await tx.execute<{ id: number }>(
        sql`select id::float8 as id from versions where id > ${after}::bigint order by versions.id limit ${BATCH}`,
      );
      const last = versions.at(-1);
      if (!last) break;
      if (!told) say("Making the search index; this happens once.");
      told = true;
      await indexVersions(tx, after, last.id);
      after = last.id;
    }
    await tx.execute(sql`
      insert into search_state (id, terms_version) values (1, ${TERMS_VERSION})
      on conflict (id) do update set terms_version = excluded.terms_version, evidence_id = 0, documents_version = 0`);
    await tx.execute(sql`delete from development_index`);
    // They are by side, as the index is.
    await forgetTallies(tx);
  });
}

/** The versions of the terms that the indexes were made with; 0 for one that is to be made. */
async function stateOf(db: Database): Promise<{ readonly statements: number; readonly documents: number }> {
  const [row] = await db.execute<{ statements: number; documents: number }>(
    sql`select terms_version as statements, documents_version as documents from search_state`,
  );
  return row ?? { statements: 0, documents: 0 };
}

type Row = {
  readonly id: number;
  readonly version_id: number;
  readonly document_id: number;
  readonly source_id: string | null;
  readonly current: boolean;
  readonly words: string;
  readonly kind: "direct";
  readonly act: "speech";
  readonly fidelity: "paraphrase";
  readonly lang: string | null;
  readonly said: string | null;
  readonly actor_ids: readonly string[];
  readonly topic_ids: readonly string[];
  readonly sides: readonly string[];
};

type Entry = {
  readonly id: number;
  readonly key: string | undefined;
  readonly said: string | null;
  readonly counted: readonly string[] | null;
  readonly terms: string | null;
};

async function indexVersions(db: Database, after: number, last: number): Promise<void> {
  const rows = await db.execute<Row>(sql`
    select s.id::float8 as id, s.version_id::float8 as version_id, v.document_id::float8 as document_id, d.source_id,
      d.current_version_id = v.id as current, s.words, s.kind, s.act, s.fidelity, s.lang,
      to_char(s.said_instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as said,
      array(select actor_id from statement_actors where statement_id = s.id) as actor_ids,
      array(select topic_id from statement_topics where statement_id = s.id) as topic_ids,
      array(select distinct a.bloc from statement_actors sa join actors a on a.id = sa.actor_id where sa.statement_id = s.id) as sides
    from statements s join versions v on v.id = s.version_id join documents d on d.id = v.document_id
    where s.version_id > ${after}::bigint and s.version_id <= ${last}::bigint order by s.version_id, s.ordinal`);
  const entries: Entry[] = [];
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(row.version_id, [...(groups.get(row.version_id) ?? []), row]);
  for (const group of groups.values()) {
    const keys = statementKeys(
      group[0]?.document_id ?? 0,
      group.map(({ words }) => words),
    );
    for (const [index, row] of group.entries()) {
      const { id, words: text, said, actor_ids: actorIds, topic_ids: topicIds, source_id: source } = row;
      const tags = { ...row, text, saidInstant: said, actorIds, topicIds };
      const placed = [...(source ? [tag.source(source)] : []), ...row.sides.map(tag.side)];
      const terms = row.current ? [statementTerms(tags), ...placed.map(quoteTerm)].join(" ") : null;
      const counted = row.current ? [...countedTags(tags), ...placed] : null;
      entries.push({ id, key: keys[index], said, counted, terms });
    }
  }
  await db.execute(sql`
    insert into statement_index (statement_id, key, said_instant, counted, terms)
    select id, key::uuid, said, counted, terms::tsvector
    from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb)
      as entry (id bigint, key text, said timestamptz, counted text[], terms text)`);
}
