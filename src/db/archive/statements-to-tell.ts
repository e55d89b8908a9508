import { asc, desc, eq, inArray } from "drizzle-orm";
import type { AlertStatement } from "../../domain/alerted.ts";
import { showingGaps } from "../../domain/span.ts";
import type { Database } from "../client.ts";
import { versions } from "../schema/archive.ts";
import { actors } from "../schema/catalogue.ts";
import { statementActors, statements, statementTopics } from "../schema/statements.ts";

/** Brings statements with their speakers, topics and documents, in reading order. */
export async function statementsToTell(db: Database, ids: readonly number[]): Promise<readonly AlertStatement[]> {
  if (ids.length === 0) return [];
  const wanted = [...ids];
  const rows = await db
    .select({
      ...{
        id: statements.id,
        words: statements.words,
        content: statements.content,
        lang: statements.lang,
        speaker: statements.speaker,
      },
      ...{ kind: statements.kind, polarity: statements.polarity, act: statements.act },
      ...{ saidAt: statements.saidAt, documentId: versions.documentId, title: versions.title },
    })
    .from(statements)
    .innerJoin(versions, eq(versions.id, statements.versionId))
    .where(inArray(statements.id, wanted))
    .orderBy(asc(statements.versionId), asc(statements.ordinal));
  const people = await db
    .select({ statementId: statementActors.statementId, id: actors.id, name: actors.name })
    .from(statementActors)
    .innerJoin(actors, eq(actors.id, statementActors.actorId))
    .where(inArray(statementActors.statementId, wanted))
    .orderBy(desc(statementActors.confidence), asc(actors.id));
  const about = await db
    .select({ statementId: statementTopics.statementId, topicId: statementTopics.topicId })
    .from(statementTopics)
    .where(inArray(statementTopics.statementId, wanted))
    .orderBy(desc(statementTopics.score), asc(statementTopics.topicId));
  return rows.map(({ speaker, words, content, ...row }) => ({
    ...{ ...row, words: showingGaps(words, content) },
    speaker: speaker?.text ?? null,
    actors: people.filter(({ statementId }) => statementId === row.id).map(({ id, name }) => ({ id, name })),
    topics: about.filter(({ statementId }) => statementId === row.id).map(({ topicId }) => topicId),
  }));
}
