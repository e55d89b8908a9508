import { and, asc, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { bodies, captures, documents, rechecks, versions } from "../schema/archive.ts";
import { sources } from "../schema/catalogue.ts";
import { statements } from "../schema/statements.ts";
import { OVERLAP } from "../search/tallies.ts";
import { sourceLabel } from "./statement-rows.ts";

/** A version with the capture it was read from. */
export type VersionRow = Omit<typeof versions.$inferSelect, "text" | "blocks"> & {
  readonly capture: {
    readonly id: number;
    readonly url: string;
    readonly finalUrl: string;
    readonly httpStatus: number | null;
    readonly bodySha256: string;
    readonly byteLength: number;
    readonly fetchedAt: Date;
  };
  readonly statementCount: number;
};

/** A document with its source and the list of its versions, newest first. */
export type DocumentRow = typeof documents.$inferSelect & {
  readonly source: { readonly id: string; readonly title: string; readonly titleZh: string | null } | null;
  readonly versions: readonly VersionRow[];
  /** When it was last looked at again; null while it never was. */
  readonly lastLookAt: Date | null;
  /** Looks at which it was not as before, the latest first. */
  readonly looks: readonly LookRow[];
};

/** A look at a document that was fetched before; see `rechecks`. */
export type LookRow = Pick<typeof rechecks.$inferSelect, "checkedAt" | "httpStatus" | "failureCode"> & {
  readonly outcome: Exclude<(typeof rechecks.$inferSelect)["outcome"], "same">;
};

/** Most looks that are listed. */
const MOST_LOOKS = 50;

/** Brings a document with its versions, without their texts; null when there is none with that id. */
export async function documentById(db: Database, id: number): Promise<DocumentRow | null> {
  const [row] = await db
    .select({
      document: documents,
      source: { id: sources.id, title: sources.title, definition: sources.definition },
    })
    .from(documents)
    .leftJoin(sources, eq(sources.id, documents.sourceId))
    .where(eq(documents.id, id));
  if (!row) return null;
  const list = await db
    .select({
      version: versionFacts,
      capture: {
        id: captures.id,
        url: captures.url,
        finalUrl: captures.finalUrl,
        httpStatus: captures.httpStatus,
        bodySha256: captures.bodySha256,
        byteLength: bodies.byteLength,
        fetchedAt: captures.fetchedAt,
      },
      statementCount: sql<number>`(select count(*)::int from ${statements} where ${statements.versionId} = ${versions.id})`,
    })
    .from(versions)
    .innerJoin(captures, eq(captures.id, versions.captureId))
    .innerJoin(bodies, eq(bodies.sha256, captures.bodySha256))
    .where(eq(versions.documentId, id))
    .orderBy(desc(versions.number));
  return {
    ...row.document,
    ...(await looksAt(db, id)),
    source: row.source && sourceLabel(row.source),
    versions: list.map(({ version, capture, statementCount }) => ({ ...version, capture, statementCount })),
  };
}

async function looksAt(db: Database, documentId: number): Promise<Pick<DocumentRow, "lastLookAt" | "looks">> {
  const [looks, [last]] = await Promise.all([
    db
      .select({
        ...{ checkedAt: rechecks.checkedAt, outcome: rechecks.outcome },
        ...{ httpStatus: rechecks.httpStatus, failureCode: rechecks.failureCode },
      })
      .from(rechecks)
      .where(and(eq(rechecks.documentId, documentId), ne(rechecks.outcome, "same")))
      .orderBy(desc(rechecks.checkedAt), desc(rechecks.id))
      .limit(MOST_LOOKS),
    db
      .select({ at: rechecks.checkedAt })
      .from(rechecks)
      .where(eq(rechecks.documentId, documentId))
      .orderBy(desc(rechecks.checkedAt))
      .limit(1),
  ]);
  return { looks: looks as readonly LookRow[], lastLookAt: last?.at ?? null };
}

/** All of a version but its text and blocks, which are large. */
const versionFacts = {
  id: versions.id,
  documentId: versions.documentId,
  captureId: versions.captureId,
  number: versions.number,
  cause: versions.cause,
  readerVersion: versions.readerVersion,
  title: versions.title,
  byline: versions.byline,
  publisher: versions.publisher,
  kind: versions.kind,
  lang: versions.lang,
  publishedAt: versions.publishedAt,
  updatedAt: versions.updatedAt,
  publishedInstant: versions.publishedInstant,
  textSha256: versions.textSha256,
  problems: versions.problems,
  createdAt: versions.createdAt,
  detectedBy: versions.detectedBy,
  recordedBy: versions.recordedBy,
};

/** Brings the text of a version with its blocks; null when there is none with that id. */
export async function versionText(db: Database, versionId: number) {
  const [row] = await db
    .select({ text: versions.text, blocks: versions.blocks, lang: versions.lang })
    .from(versions)
    .where(eq(versions.id, versionId));
  return row ?? null;
}

/** Brings the version that a statement stands in, with its text and the capture it was read from; null when there is none with that id. */
export async function versionOfStatement(db: Database, statementId: number) {
  const [row] = await db
    .select({
      ...{ text: versions.text, blocks: versions.blocks, lang: versions.lang },
      ...{ number: versions.number, readerVersion: versions.readerVersion, textSha256: versions.textSha256 },
      capture: { finalUrl: captures.finalUrl, fetchedAt: captures.fetchedAt, bodySha256: captures.bodySha256 },
    })
    .from(statements)
    .innerJoin(versions, eq(versions.id, statements.versionId))
    .innerJoin(captures, eq(captures.id, versions.captureId))
    .where(eq(statements.id, statementId));
  return row ?? null;
}

/** Finds the document and number of a version; null when there is none with that id. */
export async function versionPlace(db: Database, versionId: number) {
  const [row] = await db
    .select({ documentId: versions.documentId, number: versions.number })
    .from(versions)
    .where(eq(versions.id, versionId));
  return row ?? null;
}

/** Finds the documents and numbers of versions, by the id of the version; unknown ids are left out. */
export async function versionPlaces(db: Database, versionIds: readonly number[]) {
  if (versionIds.length === 0) return new Map<number, { readonly documentId: number; readonly number: number }>();
  const rows = await db
    .select({ id: versions.id, documentId: versions.documentId, number: versions.number })
    .from(versions)
    .where(inArray(versions.id, [...new Set(versionIds)]));
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}

/** Counts documents, versions and captures, whole tables, and names the reader versions that read them. */
export async function archiveHoldings(db: Database) {
  const [[documentCount], [versionCount], [captureCount], readers] = await Promise.all([
    db.select({ count: count() }).from(documents),
    db.select({ count: count() }).from(versions),
    db.select({ count: count() }).from(captures),
    db.selectDistinct({ readerVersion: versions.readerVersion }).from(versions).orderBy(asc(versions.readerVersion)),
  ]);
  return {
    documents: documentCount?.count ?? 0,
    versions: versionCount?.count ?? 0,
    captures: captureCount?.count ?? 0,
    readerVersions: readers.map(({ readerVersion }) => readerVersion),
  };
}

/**
 * Counts the statements that stand in the current versions of documents: by the tallies, and one by one what came in since they were
 * made. Costs what is new, however much the archive holds.
 */
export async function statementCount(db: Database): Promise<number> {
  const [row] = await db.execute<{ statements: number }>(sql`
    with changed as materialized (
      select d.current_version_id as now, t.version_id as before
      from (
        select distinct document_id from versions where id > coalesce((select up_to_version from tally_mark), 0) - ${OVERLAP}::integer
      ) as touched
      join documents d on d.id = touched.document_id left join tallied_versions t on t.document_id = d.id
      where d.current_version_id is distinct from t.version_id
    )
    select (
      (select coalesce(sum(statements), 0) from statement_tallies
        where unit = 'ever' and coalesce(side, '') = '' and coalesce(actor_id, '') = '' and coalesce(topic_id, '') = '')
      + (select count(*) from changed join statements s on s.version_id = changed.now)
      - (select count(*) from changed join statements s on s.version_id = changed.before)
    )::float8 as statements`);
  return row?.statements ?? 0;
}
