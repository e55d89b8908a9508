import { aliasedTable, eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";
import type { Source } from "../../catalogue/source.ts";
import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, sources, topics } from "../schema/catalogue.ts";
import { statementRepeats } from "../schema/copies.ts";
import { statementIndex } from "../schema/search.ts";
import { statementActors, statements, statementTopics } from "../schema/statements.ts";

/** An office and the body it belongs to. */
export type HeldOffice = {
  readonly role: string;
  readonly roleZh: string | null;
  readonly body: string;
  readonly bodyName: string | null;
  readonly bodyNameZh: string | null;
};

/** Somebody a statement was resolved to. */
export type StatementActor = {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly bloc: string;
  /** Offices held on the day the words were said; none where that day is not known. */
  readonly offices: readonly HeldOffice[];
  readonly method: string;
  readonly confidence: number;
};

/** A topic leaf of a statement. */
export type StatementTopic = {
  readonly id: string;
  readonly label: string;
  readonly labelZh: string | null;
  readonly score: number;
};

/** Where words stand: document, version and source. */
export type Place = {
  readonly id: number;
  readonly title: string | null;
  readonly url: string | null;
  readonly origin: string | null;
  readonly kind: string;
  readonly lang: string | null;
  readonly publishedAt: KnownDate | null;
  readonly withdrawnAt: Date | null;
  readonly versionId: number;
  readonly versionNumber: number;
  /** Whether the version is the one that counts today. */
  readonly current: boolean;
  readonly source: { readonly id: string; readonly title: string; readonly titleZh: string | null } | null;
};

/** A statement with all that a reader needs to trust it. */
export type StatementRow = typeof statements.$inferSelect & {
  /** The lasting name of the words; null in the moment before they are indexed anew. */
  readonly key: string | null;
  readonly actors: readonly StatementActor[];
  readonly topics: readonly StatementTopic[];
  readonly document: Place;
  /** Whose words these are again; null where nobody said them before, as far as the archive goes. */
  readonly repeats: SaidBefore | null;
};

/** How a statement's words stand to the first occurrence of them; see read/copy/repeat.ts. */
export type SaidBefore = {
  readonly firstId: number;
  readonly relation: (typeof statementRepeats.$inferSelect)["relation"];
  /** Days between the two; null where either has no date. */
  readonly daysApart: number | null;
};

/** Brings statements with their actors, topics and documents, in the order of the ids; unknown ids are left out. */
export async function statementsByIds(db: Database, ids: readonly number[]): Promise<readonly StatementRow[]> {
  if (ids.length === 0) return [];
  const ask = questionsTo(db);
  const wanted = { ids: `{${ids.join()}}` };
  const [rows, spoken, about] = await Promise.all([
    ask.statements.execute(wanted),
    ask.actors.execute(wanted),
    ask.topics.execute(wanted),
  ]);
  const byId = new Map(rows.map((row) => [row.statement.id, row]));
  const actorsOf = groupById(
    spoken.map((row) => withOffices(row, byId.get(row.statementId)?.statement.saidAt ?? null)),
  );
  const topicsOf = groupById(about);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        ...row.statement,
        key: row.key,
        actors: actorsOf.get(id) ?? [],
        topics: topicsOf.get(id) ?? [],
        document: { ...row.document, source: row.source },
        repeats: row.repeats,
      },
    ];
  });
}

type Questions = ReturnType<typeof writeQuestions>;

const written = new WeakMap<Database, Questions>();

/** Gives the questions as they were written for a pool or transaction: writing them anew took a twentieth of the time of a page. */
function questionsTo(db: Database): Questions {
  const questions = written.get(db) ?? writeQuestions(db);
  written.set(db, questions);
  return questions;
}

/** Writes the questions that statements are brought by; `ids` is the text of an array. */
function writeQuestions(db: Database) {
  const version = aliasedTable(versions, "version");
  const wanted = (column: PgColumn) => sql`${column} = any(${sql.placeholder("ids")}::text::bigint[])`;
  return {
    statements: db
      .select({
        statement: statements,
        key: sql<string | null>`replace(${statementIndex.key}::text, '-', '')`,
        document: {
          id: documents.id,
          title: version.title,
          url: documents.url,
          origin: documents.origin,
          kind: version.kind,
          lang: version.lang,
          publishedAt: version.publishedAt,
          withdrawnAt: documents.withdrawnAt,
          versionId: version.id,
          versionNumber: version.number,
          current: sql<boolean>`${documents.currentVersionId} is not distinct from ${version.id}`,
        },
        source: {
          id: sources.id,
          title: sources.title,
          titleZh: sql<string | null>`${sources.definition} ->> 'titleZh'`,
        },
        repeats: {
          firstId: statementRepeats.firstId,
          relation: statementRepeats.relation,
          daysApart: statementRepeats.daysApart,
        },
      })
      .from(statements)
      .innerJoin(version, eq(version.id, statements.versionId))
      .innerJoin(documents, eq(documents.id, version.documentId))
      .leftJoin(statementIndex, eq(statementIndex.statementId, statements.id))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .leftJoin(statementRepeats, eq(statementRepeats.statementId, statements.id))
      .where(wanted(statements.id))
      .prepare("statements by ids"),
    actors: db
      .select({
        statementId: statementActors.statementId,
        id: actors.id,
        name: actors.name,
        nameZh: actors.nameZh,
        bloc: actors.bloc,
        held: sql<Actor["offices"]>`${actors.definition} -> 'offices'`,
        bodies: sql<Bodies>`(select coalesce(jsonb_object_agg(body.id, jsonb_build_array(body.name, body.name_zh)), '{}')
          from offices office join actors body on body.id = office.body_id where office.actor_id = ${actors.id})`,
        method: statementActors.method,
        confidence: statementActors.confidence,
      })
      .from(statementActors)
      .innerJoin(actors, eq(actors.id, statementActors.actorId))
      .where(wanted(statementActors.statementId))
      .orderBy(sql`${statementActors.confidence} desc`, actors.id)
      .prepare("actors of statements"),
    topics: db
      .select({
        statementId: statementTopics.statementId,
        id: topics.id,
        label: topics.label,
        labelZh: topics.labelZh,
        score: statementTopics.score,
      })
      .from(statementTopics)
      .innerJoin(topics, eq(topics.id, statementTopics.topicId))
      .where(wanted(statementTopics.statementId))
      .orderBy(sql`${statementTopics.score} desc`, topics.id)
      .prepare("topics of statements"),
  };
}

/** The names of bodies, in English and Chinese, by their ids. */
type Bodies = Readonly<Record<string, readonly [name: string, nameZh: string | null]>>;

/** Puts in place of all offices of an actor those held on the day of the statement, with the names of their bodies. */
function withOffices<Row extends { readonly held: Actor["offices"]; readonly bodies: Bodies }>(
  { held, bodies, ...row }: Row,
  saidAt: KnownDate | null,
) {
  const day = dayOf(saidAt);
  const offices = day === null ? [] : officesAt({ offices: held }, day);
  return {
    ...row,
    offices: offices.map(({ role, roleZh = null, body }): HeldOffice => {
      const [bodyName = null, bodyNameZh = null] = bodies[body] ?? [];
      return { role, roleZh, body, bodyName, bodyNameZh };
    }),
  };
}

/** Reduces a source to its names. */
export function sourceLabel({ id, title, definition }: { id: string; title: string; definition: Source }) {
  return { id, title, titleZh: definition.titleZh ?? null };
}

function groupById<Row extends { readonly statementId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.statementId);
    if (group) group.push(row);
    else groups.set(row.statementId, [row]);
  }
  return groups;
}
