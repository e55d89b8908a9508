import { and, eq, exists, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { SearchQuery } from "../domain/search-query.ts";
import type { Database } from "./client.ts";
import { actorFamily, topicFamily } from "./families.ts";
import { instantOf, microsOf, type Page, type PageKey, pageOf } from "./page-key.ts";
import { documents } from "./schema/archive.ts";
import { actors } from "./schema/catalogue.ts";
import { statementActors, statements, statementTopics } from "./schema/statements.ts";
import { type StatementRow, statementsByIds } from "./statement-rows.ts";
import { wordsMatch } from "./words-match.ts";

/**
 * Finds a page of statements that meet a query, newest first, those without a date last.
 *
 * Only what stands in the current version of its document counts; an actor includes the actors that belong to it, a topic
 * its leaves.
 *
 * @param after - The key of the page before; null for the first page.
 * @param onTopic - Only statements that carry some topic: no "thank you, everyone".
 */
export async function searchStatements(
  db: Database,
  query: SearchQuery,
  {
    limit,
    after,
    onTopic = false,
  }: { readonly limit: number; readonly after: PageKey | null; readonly onTopic?: boolean },
): Promise<Page<StatementRow>> {
  const condition = and(await conditionOf(db, query), onTopic ? carriesTopic(db, undefined) : undefined);
  const select = (position: SQL | undefined, count: number) =>
    db
      .select({ id: statements.id, micros: microsOf(statements.saidInstant) })
      .from(statements)
      .innerJoin(documents, eq(documents.currentVersionId, statements.versionId))
      .where(and(condition, position))
      .orderBy(sql`${statements.saidInstant} desc nulls last`, sql`${statements.id} desc nulls last`)
      .limit(count);

  const keys: { id: number; micros: string | null }[] = [];
  if (after === null || after.micros !== null) {
    const position = after?.micros
      ? sql`(${statements.saidInstant}, ${statements.id}) < (${instantOf(after.micros)}, ${after.id}::bigint)`
      : undefined;
    keys.push(...(await select(and(isNotNull(statements.saidInstant), position), limit + 1)));
  }
  const bounded = query.since !== null || query.until !== null;
  if (keys.length <= limit && !bounded) {
    const position = after !== null && after.micros === null ? sql`${statements.id} < ${after.id}::bigint` : undefined;
    keys.push(...(await select(and(isNull(statements.saidInstant), position), limit + 1 - keys.length)));
  }
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  return {
    rows: await statementsByIds(
      db,
      page.rows.map(({ id }) => id),
    ),
    next: page.next,
  };
}

/** Counts the statements that meet a query, but no further than `cap`. */
export async function countStatements(db: Database, query: SearchQuery, cap: number): Promise<number> {
  const found = db
    .select({ id: statements.id })
    .from(statements)
    .innerJoin(documents, eq(documents.currentVersionId, statements.versionId))
    .where(await conditionOf(db, query))
    .limit(cap)
    .as("found");
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(found);
  return row?.count ?? 0;
}

async function conditionOf(db: Database, query: SearchQuery): Promise<SQL | undefined> {
  const conditions: (SQL | undefined)[] = [wordsMatch(query.terms)];
  if (query.kinds.length > 0) conditions.push(inArray(statements.kind, query.kinds as StatementRow["kind"][]));
  if (query.langs.length > 0) conditions.push(inArray(statements.lang, [...query.langs]));
  if (query.sources.length > 0) conditions.push(inArray(documents.sourceId, [...query.sources]));
  if (query.since) conditions.push(sql`${statements.saidInstant} >= ${query.since.toISOString()}::timestamptz`);
  if (query.until) conditions.push(sql`${statements.saidInstant} < ${query.until.toISOString()}::timestamptz`);
  if (query.actors.length > 0) {
    const family = await actorFamily(db, query.actors);
    conditions.push(spokenBy(db, inArray(statementActors.actorId, family)));
  }
  if (query.blocs.length > 0) {
    conditions.push(
      spokenBy(
        db,
        inArray(
          sql`lower(${actors.bloc})`,
          query.blocs.map((bloc) => bloc.toLowerCase()),
        ),
      ),
    );
  }
  if (query.topics.length > 0) {
    const leaves = await topicFamily(db, query.topics);
    conditions.push(carriesTopic(db, inArray(statementTopics.topicId, leaves)));
  }
  return and(...conditions);
}

function carriesTopic(db: Database, condition: SQL | undefined): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(statementTopics)
      .where(and(eq(statementTopics.statementId, statements.id), condition)),
  );
}

function spokenBy(db: Database, condition: SQL): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(statementActors)
      .innerJoin(actors, eq(actors.id, statementActors.actorId))
      .where(and(eq(statementActors.statementId, statements.id), condition)),
  );
}

/** Finds the statements of one version in reading order. */
export async function statementsOfVersion(db: Database, versionId: number): Promise<readonly StatementRow[]> {
  const keys = await db
    .select({ id: statements.id })
    .from(statements)
    .where(eq(statements.versionId, versionId))
    .orderBy(statements.ordinal);
  return statementsByIds(
    db,
    keys.map(({ id }) => id),
  );
}
