import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../domain/statement.ts";
import type { Database } from "../client.ts";
import { insertIndex } from "../search/statement-index.ts";
import type { WrittenStatements } from "./written-statements.ts";

/** Keeps the statements of a version with their tags; part of the transaction that keeps the version. */
export async function saveStatements(
  db: Database,
  place: { readonly versionId: number; readonly documentId: number },
  all: WrittenStatements,
): Promise<void> {
  if (all.count === 0) return;
  await db.execute(sql`with ${insertStatements(sql`${place.versionId}::bigint`, place.documentId, all)} select 1`);
}

/**
 * Writes the parts of a `with` that insert statements and their tags.
 *
 * @param versionId - An expression for the id of their version; where it gives no row, nothing is inserted.
 */
export function insertStatements(versionId: SQL, documentId: number, all: WrittenStatements): SQL {
  return sql`given as (
      select * from jsonb_to_recordset(${all.json}::text::jsonb) as row (
        ordinal integer, kind text, act text, polarity text, content jsonb, words text, quotes jsonb, cue jsonb, speaker jsonb,
        addressee text, "relayedBy" text, question jsonb, "saidAt" jsonb, said_instant timestamptz, confidence real, rule text,
        fidelity text, flags text[], lang text, actors jsonb, topics jsonb, key text, counted text[], terms text)
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

/** A statement with the id it is kept under. */
export type StoredStatement = Statement & { readonly id: number };

/** Finds the statements of a version in reading order, as they were read. */
export async function statementsOf(db: Database, versionId: number): Promise<readonly StoredStatement[]> {
  // Asked of every page that tells something, several times: one question in plain SQL, which costs drizzle least to put together.
  const rows = await db.execute<StoredStatement & Record<string, unknown>>(sql`
    select id::float8 as id, kind, act, polarity, content, words as text, quotes, cue, speaker, addressee, relayed_by as "relayedBy",
      question, said_at as "saidAt", confidence, rule, fidelity, flags,
      coalesce((select json_agg(json_build_object('actorId', actor_id, 'method', method, 'confidence', confidence) order by actor_id)
        from statement_actors where statement_id = statements.id), '[]') as actors,
      coalesce((select json_agg(json_build_object('id', topic_id, 'score', score, 'evidence', evidence) order by topic_id)
        from statement_topics where statement_id = statements.id), '[]') as topics
    from statements where version_id = ${versionId}::bigint order by ordinal`);
  return [...rows];
}
