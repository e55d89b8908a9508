import { aliasedTable, and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Query } from "../../domain/query/query.ts";
import { sourceLabel } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { instantOf, microsOf, type Page, type PageKey, pageOf } from "../page-key.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, developmentTypes, sources, topics } from "../schema/catalogue.ts";
import { developmentActors, developmentEvidence, developments, developmentTopics } from "../schema/developments.ts";
import { developmentCondition } from "../search/development-condition.ts";

type Name = { readonly id: string; readonly label: string; readonly labelZh: string | null };

/** A place that shows a development. */
export type EvidenceRow = {
  readonly id: number;
  readonly developmentId: number;
  readonly words: string;
  readonly spanStart: number;
  readonly spanEnd: number;
  readonly statementId: number | null;
  readonly documentId: number;
  readonly documentTitle: string | null;
  readonly documentOrigin: string | null;
  readonly url: string | null;
  readonly versionId: number;
  readonly versionNumber: number;
  readonly lang: string | null;
  readonly source: { readonly id: string; readonly title: string; readonly titleZh: string | null } | null;
};

/** A development with its names and all its evidence. */
export type DevelopmentRow = typeof developments.$inferSelect & {
  readonly typeName: Name;
  readonly actors: readonly Name[];
  readonly topics: readonly Name[];
  readonly evidence: readonly EvidenceRow[];
};

/** Finds a page of developments, the latest detected first. */
export async function searchDevelopments(
  db: Database,
  query: Query,
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<Page<DevelopmentRow>> {
  const position = after?.micros
    ? sql`(${developments.detectedAt}, ${developments.id}) < (${instantOf(after.micros)}, ${after.id}::bigint)`
    : undefined;
  const keys = await db
    .select({ id: developments.id, micros: microsOf(developments.detectedAt) })
    .from(developments)
    .where(and(await developmentCondition(db, query), position))
    .orderBy(sql`${developments.detectedAt} desc nulls last`, sql`${developments.id} desc nulls last`)
    .limit(limit + 1);
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  return {
    rows: await developmentsByIds(
      db,
      page.rows.map(({ id }) => id),
    ),
    next: page.next,
  };
}

/** Brings developments with their names and evidence, in the order of the ids; unknown ids are left out. */
export async function developmentsByIds(db: Database, ids: readonly number[]): Promise<readonly DevelopmentRow[]> {
  if (ids.length === 0) return [];
  const wanted = [...ids];
  const version = aliasedTable(versions, "version");
  const [rows, takingPart, about, evidence] = await Promise.all([
    db
      .select({
        development: developments,
        typeName: { id: developmentTypes.id, label: developmentTypes.label, labelZh: developmentTypes.labelZh },
      })
      .from(developments)
      .innerJoin(developmentTypes, eq(developmentTypes.id, developments.type))
      .where(inArray(developments.id, wanted)),
    db
      .select({
        developmentId: developmentActors.developmentId,
        id: actors.id,
        label: actors.name,
        labelZh: actors.nameZh,
      })
      .from(developmentActors)
      .innerJoin(actors, eq(actors.id, developmentActors.actorId))
      .where(inArray(developmentActors.developmentId, wanted))
      .orderBy(asc(actors.id)),
    db
      .select({
        developmentId: developmentTopics.developmentId,
        id: topics.id,
        label: topics.label,
        labelZh: topics.labelZh,
      })
      .from(developmentTopics)
      .innerJoin(topics, eq(topics.id, developmentTopics.topicId))
      .where(inArray(developmentTopics.developmentId, wanted))
      .orderBy(asc(topics.id)),
    db
      .select({
        id: developmentEvidence.id,
        developmentId: developmentEvidence.developmentId,
        words: developmentEvidence.words,
        spanStart: developmentEvidence.spanStart,
        spanEnd: developmentEvidence.spanEnd,
        statementId: developmentEvidence.statementId,
        documentId: documents.id,
        documentTitle: version.title,
        documentOrigin: documents.origin,
        url: documents.url,
        versionId: version.id,
        versionNumber: version.number,
        lang: version.lang,
        source: { id: sources.id, title: sources.title, definition: sources.definition },
      })
      .from(developmentEvidence)
      .innerJoin(version, eq(version.id, developmentEvidence.versionId))
      .innerJoin(documents, eq(documents.id, version.documentId))
      .leftJoin(sources, eq(sources.id, documents.sourceId))
      .where(inArray(developmentEvidence.developmentId, wanted))
      .orderBy(asc(developmentEvidence.id)),
  ]);
  const byId = new Map(rows.map((row) => [row.development.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        ...row.development,
        typeName: row.typeName,
        actors: takingPart.filter(({ developmentId }) => developmentId === id).map(nameOf),
        topics: about.filter(({ developmentId }) => developmentId === id).map(nameOf),
        evidence: evidence
          .filter(({ developmentId }) => developmentId === id)
          .map((piece) => ({ ...piece, source: piece.source && sourceLabel(piece.source) })),
      },
    ];
  });
}

function nameOf({ id, label, labelZh }: Name): Name {
  return { id, label, labelZh };
}

/** Finds the developments that a document's versions show. */
export async function developmentsOfDocument(db: Database, documentId: number): Promise<readonly DevelopmentRow[]> {
  const keys = await db
    .selectDistinct({ id: developmentEvidence.developmentId })
    .from(developmentEvidence)
    .innerJoin(versions, eq(versions.id, developmentEvidence.versionId))
    .where(eq(versions.documentId, documentId))
    .orderBy(asc(developmentEvidence.developmentId));
  return developmentsByIds(
    db,
    keys.map(({ id }) => id),
  );
}
