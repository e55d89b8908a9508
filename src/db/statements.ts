import { asc, eq } from "drizzle-orm";
import type { Language } from "../domain/article.ts";
import { earliestInstant } from "../domain/known-date.ts";
import type { Statement } from "../domain/statement.ts";
import type { Database } from "./client.ts";
import { inParts } from "./in-parts.ts";
import { actors, topics } from "./schema/catalogue.ts";
import { statementActors, statements, statementTopics } from "./schema/statements.ts";

/** Keeps the statements of a version with their tags; part of the transaction that keeps the version. */
export async function saveStatements(
  db: Database,
  versionId: number,
  all: readonly Statement[],
  lang: Language | null,
): Promise<void> {
  const rows = all.map((statement, ordinal) => ({
    versionId,
    ordinal,
    kind: statement.kind,
    act: statement.act,
    polarity: statement.polarity,
    content: statement.content,
    words: statement.text,
    quotes: statement.quotes,
    cue: statement.cue,
    speaker: statement.speaker,
    addressee: statement.addressee,
    relayedBy: statement.relayedBy,
    question: statement.question,
    saidAt: statement.saidAt,
    saidInstant: statement.saidAt ? earliestInstant(statement.saidAt) : null,
    confidence: statement.confidence,
    rule: statement.rule,
    fidelity: statement.fidelity,
    flags: [...statement.flags],
    lang: languageOf(statement.text) ?? lang,
  }));
  for (const part of inParts(rows)) {
    const kept = await db.insert(statements).values(part).returning({ id: statements.id, ordinal: statements.ordinal });
    const idAt = new Map(kept.map(({ id, ordinal }) => [ordinal, id]));
    await saveTags(
      db,
      part.flatMap(({ ordinal }) => tagged(idAt.get(ordinal), all[ordinal])),
    );
  }
}

type Tagged = { readonly statementId: number; readonly statement: Statement };

function tagged(statementId: number | undefined, statement: Statement | undefined): readonly Tagged[] {
  return statementId !== undefined && statement ? [{ statementId, statement }] : [];
}

async function saveTags(db: Database, all: readonly Tagged[]): Promise<void> {
  const byActor = all.flatMap(({ statementId, statement }) =>
    statement.actors.map((actor) => ({ statementId, ...actor })),
  );
  for (const part of inParts(byActor)) await db.insert(statementActors).values(part).onConflictDoNothing();
  const byTopic = all.flatMap(({ statementId, statement }) =>
    statement.topics.map(({ id: topicId, score, evidence }) => ({ statementId, topicId, score, evidence })),
  );
  for (const part of inParts(byTopic)) await db.insert(statementTopics).values(part).onConflictDoNothing();
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
