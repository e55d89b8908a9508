import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** How much the archive holds. */
export type ArchiveCounts = {
  /** Documents of which a version could be read. */
  readonly documents: number;
  readonly statements: number;
  /** Statements whose speaker is a known actor. */
  readonly attributed: number;
  readonly developments: number;
};

/** Counts what the archive holds. */
export async function archiveCounts(db: Database): Promise<ArchiveCounts> {
  const [row] = await db.execute<ArchiveCounts>(sql`select
    (select count(*)::int from documents where current_version_id is not null) as documents,
    (select count(*)::int from statements s join documents d on d.current_version_id = s.version_id) as statements,
    (select count(distinct sa.statement_id)::int from statement_actors sa
       join statements s on s.id = sa.statement_id join documents d on d.current_version_id = s.version_id) as attributed,
    (select count(*)::int from developments) as developments`);
  return row ?? { documents: 0, statements: 0, attributed: 0, developments: 0 };
}

/** Finds the texts of two versions, for showing how they differ; null when one is missing. */
export async function twoTexts(
  db: Database,
  beforeId: number,
  afterId: number,
): Promise<{ readonly before: string; readonly after: string } | null> {
  const rows = await db.execute<{ id: number; text: string }>(
    sql`select id::int as id, text from versions where id in (${beforeId}, ${afterId})`,
  );
  const before = rows.find(({ id }) => id === beforeId)?.text;
  const after = rows.find(({ id }) => id === afterId)?.text;
  return before === undefined || after === undefined ? null : { before, after };
}

/** Finds the document that stands at an address, and its current version; null while it was not read. */
export async function readDocumentAt(
  db: Database,
  identity: string,
): Promise<{ readonly documentId: number; readonly versionNumber: number } | null> {
  const [row] = await db.execute<{
    documentId: number;
    versionNumber: number;
  }>(sql`select d.id::int as "documentId", v.number as "versionNumber"
    from documents d join versions v on v.id = d.current_version_id where d.identity = ${identity}`);
  return row ?? null;
}
