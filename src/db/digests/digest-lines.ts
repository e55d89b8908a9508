import { and, eq, inArray, or } from "drizzle-orm";
import type { DigestDevelopmentLine, DigestSpeaker, DigestStatementLine } from "../../domain/digest-line.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { isLate } from "../../domain/lateness.ts";
import { type StatementRow, statementsByIds } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { type DevelopmentRow, developmentsByIds, type EvidenceRow } from "../developments/development-list.ts";
import { versions } from "../schema/archive.ts";
import { developmentConflicts, threadDevelopments, threads } from "../schema/threads.ts";
import type { DigestStatement } from "./digest-facts.ts";

/** Brings developments as digests tell them, in the order of the ids. */
export async function digestDevelopments(
  db: Database,
  ids: readonly number[],
): Promise<readonly DigestDevelopmentLine[]> {
  const rows = await developmentsByIds(db, ids);
  const shown = new Map(rows.map((row) => [row.id, bestEvidence(row)]));
  const said = await statementsByIds(
    db,
    [...shown.values()].flatMap((evidence) => evidence?.statementId ?? []),
  );
  const statements = new Map(said.map((one) => [one.id, one]));
  const [places, conflicts, published] = await Promise.all([
    threadsOf(db, ids),
    conflictsOf(db, ids),
    datesOf(db, rows),
  ]);
  return rows.map((row) => {
    const evidence = shown.get(row.id) ?? null;
    const statement = evidence?.statementId ? (statements.get(evidence.statementId) ?? null) : null;
    return {
      ...{ id: row.id, type: row.type, typeName: row.typeName, severity: row.severity, summary: row.summary },
      ...{ hedge: row.hedge, eventDate: row.eventDate, edited: row.previousVersionId !== null },
      late: isLate(published.get(row.versionId) ?? null, row.detectedAt),
      conflict: conflicts.has(row.id),
      thread: places.get(row.id) ?? null,
      quote: evidence && {
        ...{ words: evidence.words, lang: evidence.lang, speaker: statement && speakerOf(statement) },
        ...{ documentId: evidence.documentId, documentTitle: evidence.documentTitle },
        ...{ versionNumber: evidence.versionNumber, source: evidence.source },
        mark: evidence.statementId === null ? `e${evidence.id}` : `s${evidence.statementId}`,
      },
    };
  });
}

/** Brings the statements that a digest chose, with the office of whoever spoke and the place of the words. */
export async function digestStatements(
  db: Database,
  chosen: readonly DigestStatement[],
): Promise<readonly DigestStatementLine[]> {
  const rows = await statementsByIds(
    db,
    chosen.map(({ id }) => id),
  );
  const quotes = new Map(chosen.map(({ id, words }) => [id, words]));
  const seen = new Map(chosen.map(({ id, firstSeenAt }) => [id, firstSeenAt]));
  return rows.map((row) => ({
    ...{ id: row.id, words: quotes.get(row.id) ?? row.words, lang: row.lang, speaker: speakerOf(row) },
    ...{ saidAt: row.saidAt, reported: row.kind === "indirect", documentId: row.document.id },
    late: isLate(row.document.publishedAt, seen.get(row.id) ?? new Date(0)),
    ...{ documentTitle: row.document.title, versionNumber: row.document.versionNumber, source: row.document.source },
  }));
}

/** The first evidence that a statement carries, because then it is known who speaks; else the first at all. */
function bestEvidence({ evidence }: DevelopmentRow): EvidenceRow | null {
  return evidence.find(({ statementId }) => statementId !== null) ?? evidence[0] ?? null;
}

function speakerOf({ actors, speaker }: StatementRow): DigestSpeaker | null {
  const [actor] = actors;
  if (!actor) return speaker && { name: speaker.text, nameZh: null, office: null };
  const [office] = actor.offices;
  return {
    ...{ name: actor.name, nameZh: actor.nameZh },
    office: office
      ? { role: office.role, roleZh: office.roleZh, body: office.bodyName, bodyZh: office.bodyNameZh }
      : null,
  };
}

async function threadsOf(db: Database, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, { id: number; state: string | null }>();
  const rows = await db
    .select({
      ...{ developmentId: threadDevelopments.developmentId, threadId: threads.id },
      ...{ state: threads.state, mergedIntoId: threads.mergedIntoId },
    })
    .from(threadDevelopments)
    .innerJoin(threads, eq(threads.id, threadDevelopments.threadId))
    .where(inArray(threadDevelopments.developmentId, [...ids]));
  return new Map(
    rows.map(({ developmentId, threadId, mergedIntoId, state }) => [
      developmentId,
      { id: mergedIntoId ?? threadId, state },
    ]),
  );
}

async function conflictsOf(db: Database, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ one: developmentConflicts.developmentId, other: developmentConflicts.otherId })
    .from(developmentConflicts)
    .where(or(inArray(developmentConflicts.developmentId, [...ids]), inArray(developmentConflicts.otherId, [...ids])));
  return new Set(rows.flatMap(({ one, other }) => [one, other]));
}

async function datesOf(db: Database, rows: readonly DevelopmentRow[]) {
  if (rows.length === 0) return new Map<number, KnownDate | null>();
  const ids = rows.map(({ versionId }) => versionId);
  const found = await db
    .select({ id: versions.id, publishedAt: versions.publishedAt })
    .from(versions)
    .where(and(inArray(versions.id, ids)));
  return new Map(found.map(({ id, publishedAt }) => [id, publishedAt]));
}
