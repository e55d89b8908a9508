import { and, asc, desc, eq, isNull, lt, ne, or } from "drizzle-orm";
import { mayReport, readCommitment, reportOf } from "../../detect/record/commitment.ts";
import { splitSentences } from "../../detect/words/sentences.ts";
import type { CommitmentReport } from "../../domain/commitment.ts";
import { dayOf, type KnownDate } from "../../domain/known-date.ts";
import { type Span, wordsAt } from "../../domain/span.ts";
import type { Database } from "../client.ts";
import { notHeldBack } from "../collection/stage-failures.ts";
import { commitmentReports, commitments } from "../schema/commitments.ts";
import { developments } from "../schema/developments.ts";
import type { ShownDevelopment } from "./shown-developments.ts";

/** A document as far as commitments go. */
export type CommitmentText = {
  readonly documentId: number;
  readonly versionId: number;
  readonly text: string;
  readonly publishedAt: KnownDate | null;
  readonly publishedInstant: Date | null;
  /** The two sides' ids in the catalogue. */
  readonly sides: { readonly us: string; readonly china: string };
};

/** A later text on a commitment that is news of it. */
export type CommitmentNews = {
  readonly commitmentKey: string;
  readonly report: CommitmentReport;
  readonly span: Span;
  readonly words: string;
  readonly actorIds: readonly string[];
};

/** Commitments that a new text is compared with, the latest first. */
const COMPARED = 200;

/** Tells whether `keepCommitments` has anything to look at: most texts commit nobody and report on no commitment. */
export function mayConcernCommitments(
  { documentId, publishedInstant, text }: Omit<CommitmentText, "sides">,
  shown: readonly ShownDevelopment[],
): boolean {
  return shown.some((one) => isMadeIn(one, documentId)) || (publishedInstant !== null && mayReport(text));
}

/**
 * Registers the commitments that a version's developments are, and what the version reports on earlier ones: met, missed, repeated.
 * A commitment changes its state with such a report, or when its day passes in silence (see `markMissed`); a later report says better.
 */
export async function keepCommitments(
  db: Database,
  text: CommitmentText,
  shown: readonly ShownDevelopment[],
): Promise<readonly CommitmentNews[]> {
  await registerCommitments(db, text, shown);
  if (text.publishedInstant === null || !mayReport(text.text)) return [];
  const open = await db
    .select({ row: commitments, key: developments.key })
    .from(commitments)
    .innerJoin(developments, eq(developments.id, commitments.developmentId))
    .where(
      and(
        or(isNull(commitments.madeInstant), lt(commitments.madeInstant, text.publishedInstant)),
        ne(developments.documentId, text.documentId),
        isNull(developments.dismissedAt),
      ),
    )
    .orderBy(desc(commitments.id))
    .limit(COMPARED);
  const news: CommitmentNews[] = [];
  for (const span of splitSentences(text.text)) {
    if (span.question) continue;
    const words = wordsAt(text.text, span);
    for (const { row, key } of open) {
      const report = reportOf(words, row.action);
      if (report === null) continue;
      const [made] = await db
        .insert(commitmentReports)
        .values({
          ...{ commitmentId: row.id, report, versionId: text.versionId, words },
          ...{ spanStart: span.start, spanEnd: span.end, reportedInstant: text.publishedInstant },
        })
        .onConflictDoNothing()
        .returning({ id: commitmentReports.id });
      if (!made || report === "repeated") continue;
      await db.update(commitments).set({ state: report }).where(eq(commitments.id, row.id));
      news.push({
        commitmentKey: key,
        report,
        span: { start: span.start, end: span.end },
        words,
        actorIds: row.byActorIds,
      });
    }
  }
  return news;
}

async function registerCommitments(
  db: Database,
  { versionId, documentId, publishedAt, publishedInstant, sides }: CommitmentText,
  shown: readonly ShownDevelopment[],
) {
  for (const { developmentId, start, end, words } of shown.filter((one) => isMadeIn(one, documentId))) {
    const facts = readCommitment(words, dayOf(publishedAt));
    if (!facts) continue;
    const ids = (side: "us" | "china" | "both" | null) =>
      side === null ? [] : side === "both" ? [sides.us, sides.china] : [sides[side]];
    await db
      .insert(commitments)
      .values({
        ...{ developmentId, versionId, spanStart: start, spanEnd: end, words, action: facts.action, due: facts.due },
        ...{ byActorIds: ids(facts.by), toActorIds: ids(facts.to), madeInstant: publishedInstant },
        dueInstant: facts.dueDay === null ? null : new Date(`${facts.dueDay}T23:59:59Z`),
      })
      .onConflictDoNothing();
  }
}

function isMadeIn({ type, documentId: toldBy }: ShownDevelopment, documentId: number): boolean {
  return type === "commitment.made" && toldBy === documentId;
}

/** Lists commitments whose time has run out with nothing told of them, and that were neither raised yet nor put aside. */
export async function dueCommitments(db: Database, now: Date, most: number) {
  return db
    .select({ row: commitments, key: developments.key, documentId: developments.documentId })
    .from(commitments)
    .innerJoin(developments, eq(developments.id, commitments.developmentId))
    .where(
      and(
        eq(commitments.state, "open"),
        isNull(commitments.toldDueAt),
        lt(commitments.dueInstant, now),
        isNull(developments.dismissedAt),
        notHeldBack(db, "raise-missed", commitments.id, now),
      ),
    )
    .orderBy(asc(commitments.id))
    .limit(most);
}

/** Notes that a commitment's time has run out in silence, and that this was told. */
export async function markMissed(db: Database, commitmentId: number, now: Date): Promise<void> {
  await db.update(commitments).set({ toldDueAt: now, state: "missed" }).where(eq(commitments.id, commitmentId));
}
