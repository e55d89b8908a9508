import { asc, eq, sql } from "drizzle-orm";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Database } from "../client.ts";
import { developmentEvidence, developments } from "../schema/developments.ts";

/** A development that a version shows, with the place that shows it. */
export type ShownDevelopment = {
  readonly developmentId: number;
  /** The document that told it first. */
  readonly documentId: number;
  readonly type: string;
  readonly eventDate: KnownDate | null;
  readonly isDismissed: boolean;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** Bodies that take part: offices, international bodies, institutes, companies. */
  readonly bodies: readonly string[];
};

const BODIES = ["government-body", "igo", "think-tank", "track2", "company"];

/** Lists what a version shows, told by it or by others before, one entry for each place. */
export async function developmentsShownIn(db: Database, versionId: number): Promise<readonly ShownDevelopment[]> {
  return db
    .select({
      ...{ developmentId: developments.id, documentId: developments.documentId },
      ...{ type: developments.type, eventDate: developments.eventDate },
      isDismissed: sql<boolean>`${developments.dismissedAt} is not null`,
      ...{ start: developmentEvidence.spanStart, end: developmentEvidence.spanEnd, words: developmentEvidence.words },
      bodies: sql<readonly string[]>`array(
        select a.id from development_actors da join actors a on a.id = da.actor_id
        where da.development_id = ${developments.id} and a.type = any(${`{${BODIES.join(",")}}`}::text[]) order by a.id)`,
    })
    .from(developmentEvidence)
    .innerJoin(developments, eq(developments.id, developmentEvidence.developmentId))
    .where(eq(developmentEvidence.versionId, versionId))
    .orderBy(asc(developmentEvidence.id));
}
