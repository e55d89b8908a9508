import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { BLIND, quietSince, type SourceState, sourceState } from "../../domain/source-state.ts";
import { sourceLabel } from "../archive/statement-rows.ts";
import type { Database } from "../client.ts";
import { documents } from "../schema/archive.ts";
import { sources } from "../schema/catalogue.ts";
import { polls } from "../schema/collection.ts";
import { incidents } from "../schema/operation.ts";

/** How watching one source goes. */
export type SourceCoverage = {
  readonly id: string;
  readonly title: string;
  readonly titleZh: string | null;
  readonly actorId: string;
  readonly enabled: boolean;
  /** Why it is not enabled, in words, where the catalogue says so. */
  readonly disabledBecause: string | null;
  readonly priority: string;
  readonly every: string;
  readonly lastPollAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly nextPollAt: Date | null;
  readonly failuresInRow: number;
  readonly lastPoll: {
    readonly outcome: "read" | "unchanged" | "failed";
    readonly failureCode: string | null;
    readonly message: string | null;
    readonly itemsSeen: number;
    readonly itemsNew: number;
  } | null;
  readonly documents: number;
  readonly lastDocumentAt: Date | null;
  readonly state: SourceState;
  /** Since when it is unusually quiet against its own last 28 days; null while it is not. */
  readonly quietSince: Date | null;
};

/** Lists every source the catalogue names, with its last poll and what it brought; watched ones first. */
export async function sourceCoverage(db: Database, now: Date): Promise<readonly SourceCoverage[]> {
  const brought = db
    .select({
      sourceId: documents.sourceId,
      documents: sql<number>`count(*)::int`.as("documents"),
      lastDocumentAt: sql<Date | null>`max(${documents.firstSeenAt})`
        .mapWith(documents.firstSeenAt)
        .as("last_document_at"),
    })
    .from(documents)
    .groupBy(documents.sourceId)
    .as("brought");
  const last = db
    .select({
      outcome: polls.outcome,
      failureCode: polls.failureCode,
      message: polls.message,
      itemsSeen: polls.itemsSeen,
      itemsNew: polls.itemsNew,
    })
    .from(polls)
    .where(eq(polls.sourceId, sources.id))
    .orderBy(desc(polls.finishedAt), desc(polls.id))
    .limit(1)
    .as("last");
  const rows = await db
    .select({
      source: sources,
      outcome: last.outcome,
      failureCode: last.failureCode,
      message: last.message,
      itemsSeen: last.itemsSeen,
      itemsNew: last.itemsNew,
      documents: brought.documents,
      lastDocumentAt: brought.lastDocumentAt,
    })
    .from(sources)
    .leftJoinLateral(last, sql`true`)
    .leftJoin(brought, eq(brought.sourceId, sources.id))
    .where(isNull(sources.retiredAt))
    .orderBy(desc(sources.enabled), sources.id);
  return rows.map(({ source, ...row }) => ({
    ...sourceLabel(source),
    actorId: source.actorId,
    enabled: source.enabled,
    disabledBecause: source.definition.disabledBecause ?? null,
    priority: source.definition.priority,
    every: source.definition.poll.every,
    lastPollAt: source.lastPollAt,
    lastSuccessAt: source.lastSuccessAt,
    nextPollAt: source.nextPollAt,
    failuresInRow: source.failuresInRow,
    lastPoll:
      row.outcome === null
        ? null
        : {
            outcome: row.outcome,
            failureCode: row.failureCode,
            message: row.message,
            itemsSeen: row.itemsSeen ?? 0,
            itemsNew: row.itemsNew ?? 0,
          },
    state: stateOf(source, now),
    quietSince: source.enabled ? quietSince(source.newsAt, now) : null,
    documents: row.documents ?? 0,
    lastDocumentAt: row.lastDocumentAt,
  }));
}

type SourceRow = Pick<
  typeof sources.$inferSelect,
  "definition" | "enabled" | "nextPollAt" | "lastSuccessAt" | "failuresInRow"
>;

function stateOf(source: SourceRow, now: Date): SourceState {
  return sourceState({ ...source, hasList: source.definition.list !== null }, now);
}

/** How much of what we watch was reached. */
export type CoverageSummary = {
  /** Enabled sources that have a list. */
  readonly watched: number;
  /** Those of them that answered since the given moment, did not fail since, and are not overdue: what the digest calls reached. */
  readonly reached: number;
  /** The others: failed, late, gone, never polled; or reached, but their list is empty where it never was, or entries passed unseen. */
  readonly late: readonly NamedSource[];
  /** Sources whose silence is unusual against their own last 28 days. */
  readonly quiet: readonly NamedSource[];
  readonly incidents: number;
  /** Codes of what is wrong with Parley itself: work that waits, so that news may lie in it. */
  readonly troubles: readonly string[];
  /** Whether silence may be believed: something is watched, all of it is reached, and nothing waits inside Parley. */
  readonly complete: boolean;
};

type NamedSource = { readonly id: string; readonly title: string; readonly titleZh: string | null };

/** Says how many of the watched sources answer, and which have not since a moment, fail now or are overdue. */
export async function coverageSince(db: Database, since: Date, now: Date): Promise<CoverageSummary> {
  const [rows, open] = await Promise.all([
    db
      .select({
        ...{ id: sources.id, title: sources.title, definition: sources.definition, enabled: sources.enabled },
        ...{ nextPollAt: sources.nextPollAt, lastSuccessAt: sources.lastSuccessAt, newsAt: sources.newsAt },
        failuresInRow: sources.failuresInRow,
      })
      .from(sources)
      .where(and(sources.enabled, isNull(sources.retiredAt)))
      .orderBy(sources.id),
    db.select({ sourceId: incidents.sourceId, code: incidents.code }).from(incidents).where(isNull(incidents.closedAt)),
  ]);
  const watched = rows.filter((source) => stateOf(source, now) !== "off");
  const blind = new Set(open.filter(({ code }) => BLIND.includes(code)).map(({ sourceId }) => sourceId));
  const late = watched.filter(
    (source) =>
      stateOf(source, now) !== "reached" ||
      source.lastSuccessAt === null ||
      source.lastSuccessAt < since ||
      blind.has(source.id),
  );
  const troubles = open.flatMap(({ sourceId, code }) => (sourceId === null ? [code] : []));
  return {
    watched: watched.length,
    reached: watched.length - late.length,
    late: late.map(sourceLabel),
    quiet: watched.filter(({ newsAt }) => quietSince(newsAt, now) !== null).map(sourceLabel),
    incidents: open.length,
    troubles,
    complete: watched.length > 0 && late.length === 0 && troubles.length === 0,
  };
}

/** Counts the sources of the catalogue by state, and those that are unusually quiet. */
export async function sourceStates(
  db: Database,
  now: Date,
): Promise<{ readonly counts: Readonly<Record<SourceState, number>>; readonly quiet: number }> {
  const rows = await db
    .select({
      ...{ enabled: sources.enabled, nextPollAt: sources.nextPollAt, lastSuccessAt: sources.lastSuccessAt },
      ...{ failuresInRow: sources.failuresInRow, newsAt: sources.newsAt },
      hasList: sql<boolean>`jsonb_typeof(${sources.definition}->'list') = 'object'`,
    })
    .from(sources)
    .where(isNull(sources.retiredAt));
  const counts = { reached: 0, failed: 0, late: 0, gone: 0, new: 0, off: 0 };
  for (const row of rows) counts[sourceState(row, now)] += 1;
  return { counts, quiet: rows.filter(({ enabled, newsAt }) => enabled && quietSince(newsAt, now) !== null).length };
}
