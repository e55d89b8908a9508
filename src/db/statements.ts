import { asc, eq, type SQL, sql } from "drizzle-orm";
import type { Language } from "../domain/article.ts";
import { earliestInstant } from "../domain/known-date.ts";
import type { Statement } from "../domain/statement.ts";
import type { Database } from "./client.ts";
import { actors, topics } from "./schema/catalogue.ts";
import { statementActors, statements, statementTopics } from "./schema/statements.ts";
import { insertIndex, statementKeys, statementTerms } from "./statement-index.ts";

/** Keeps the statements of a version with their tags; part of the transaction that keeps the version. */
export async function saveStatements(
  db: Database,
  place: { readonly versionId: number; readonly documentId: number },
  all: readonly Statement[],
  lang: Language | null,
): Promise<void> {
  if (all.length === 0) return;
  await db.execute(
    sql`with ${insertStatements(sql`${place.versionId}::bigint`, place.documentId, all, lang)} select 1`,
  );
}

/**
 * Writes the parts of a `with` that insert statements and their tags. All rows are one parameter, because this runs for every page
 * that is read, and a parameter for every column of every row takes longer to put together than to store.
 *
 * @param versionId - An expression for the id of their version; where it gives no row, nothing is inserted.
 */
export function insertStatements(
  versionId: SQL,
  documentId: number,
  all: readonly Statement[],
  lang: Language | null,
): SQL {
  const keys = statementKeys(
    documentId,
    all.map(({ text }) => text),
  );
  const rows = all.map((statement, ordinal) => {
    const saidInstant = statement.saidAt ? earliestInstant(statement.saidAt).toISOString() : null;
    const ownLang = languageOf(statement.text) ?? lang;
    const actorIds = statement.actors.map(({ actorId }) => actorId);
    const topicIds = statement.topics.map(({ id }) => id);
    return {
      ...statement,
      ordinal,
      words: statement.text,
      said_instant: saidInstant,
      lang: ownLang,
      key: keys[ordinal],
      terms: statementTerms({ ...statement, lang: ownLang, saidInstant, actorIds, topicIds }),
    };
  });
  return sql`given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (
        ordinal integer, kind text, act text, polarity text, content jsonb, words text, quotes jsonb, cue jsonb, speaker jsonb,
        addressee text, "relayedBy" text, question jsonb, "saidAt" jsonb, said_instant timestamptz, confidence real, rule text,
        fidelity text, flags text[], lang text, actors jsonb, topics jsonb, key text, terms text)
    ), kept as (
      insert into statements (version_id, ordinal, kind, act, polarity, content, words, quotes, cue, speaker, addressee, relayed_by,
        question, said_at, said_instant, confidence, rule, fidelity, flags, lang)
      select place.id, ordinal, kind, act, polarity, content, words, quotes, cue, speaker, addressee, "relayedBy",
        question, "saidAt", said_instant, confidence, rule, fidelity, flags, lang
      from given, (select ${versionId} as id) as place where place.id is not null order by ordinal
      returning id, ordinal
    ), spoken as (
      insert into statement_actors (statement_id, actor_id, method, confidence)
      select kept.id, "actorId", method, tag.confidence from given join kept using (ordinal),
        jsonb_to_recordset(given.actors) as tag ("actorId" text, method text, confidence real)
      on conflict do nothing
    ), about as (
      insert into statement_topics (statement_id, topic_id, score, evidence)
      select kept.id, tag.id, score, evidence from given join kept using (ordinal),
        jsonb_to_recordset(given.topics) as tag (id text, score real, evidence jsonb)
      on conflict do nothing
    ), ${insertIndex(documentId)}`;
}

function languageOf(words: string): Language | null {
  const hanzi = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (hanzi === 0 && letters === 0) return null;
  // A hanzi carries about as much as three letters.
  return hanzi * 3 > letters ? "zh" : "en";
}

/** A statement with the id it is kept under. */
export type StoredStatement = Statement & { readonly id: number };

/** Finds the statements of a version in reading order, as they were read. */
export async function statementsOf(db: Database, versionId: number): Promise<readonly StoredStatement[]> {
  const rows = await db
    .select()
    .from(statements)
    .where(eq(statements.versionId, versionId))
    .orderBy(asc(statements.ordinal));
  const byActor = byStatement(await actorsOf(db, versionId));
  const byTopic = byStatement(await topicsOf(db, versionId));
  return rows.map(({ words, versionId: _version, ordinal: _ordinal, saidInstant: _instant, lang: _lang, ...rest }) => ({
    ...rest,
    text: words,
    actors: (byActor.get(rest.id) ?? []).map(({ actorId, method, confidence }) => ({
      actorId,
      method: method as Statement["actors"][number]["method"],
      confidence,
    })),
    topics: (byTopic.get(rest.id) ?? []).map(({ topicId, score, evidence }) => ({ id: topicId, score, evidence })),
  }));
}

function actorsOf(db: Database, versionId: number) {
  return db
    .select({
      statementId: statementActors.statementId,
      actorId: actors.id,
      method: statementActors.method,
      confidence: statementActors.confidence,
    })
    .from(statementActors)
    .innerJoin(statements, eq(statements.id, statementActors.statementId))
    .innerJoin(actors, eq(actors.id, statementActors.actorId))
    .where(eq(statements.versionId, versionId));
}

function topicsOf(db: Database, versionId: number) {
  return db
    .select({
      statementId: statementTopics.statementId,
      topicId: topics.id,
      score: statementTopics.score,
      evidence: statementTopics.evidence,
    })
    .from(statementTopics)
    .innerJoin(statements, eq(statements.id, statementTopics.statementId))
    .innerJoin(topics, eq(topics.id, statementTopics.topicId))
    .where(eq(statements.versionId, versionId));
}

function byStatement<T extends { readonly statementId: number }>(
  rows: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) groups.set(row.statementId, [...(groups.get(row.statementId) ?? []), row]);
  return groups;
}
