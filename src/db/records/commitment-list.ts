import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { CommitmentState } from "../../domain/commitment.ts";
import type { Database } from "../client.ts";
import { instantOf, microsOf, type Page, type PageKey, pageOf } from "../page-key.ts";
import { commitmentReports, commitments } from "../schema/commitments.ts";

/** A commitment with the later texts that tell of it, in the order in which they were told. */
export type CommitmentRow = typeof commitments.$inferSelect & {
  readonly reports: readonly (typeof commitmentReports.$inferSelect)[];
};

/** Finds a page of commitments, those made last first, those without a date last. */
export async function searchCommitments(
  db: Database,
  { state }: { readonly state: CommitmentState | null },
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<Page<CommitmentRow>> {
  const made = sql`coalesce(${commitments.madeInstant}, '-infinity'::timestamptz)`;
  const position = after
    ? sql`(${made}, ${commitments.id}) < (${after.micros === null ? sql`'-infinity'::timestamptz` : instantOf(after.micros)}, ${after.id}::bigint)`
    : undefined;
  const keys = await db
    .select({ id: commitments.id, micros: microsOf(commitments.madeInstant) })
    .from(commitments)
    .where(and(state === null ? undefined : eq(commitments.state, state), position))
    .orderBy(sql`${made} desc`, desc(commitments.id))
    .limit(limit + 1);
  const page = pageOf(keys, limit, ({ id, micros }) => ({ id: String(id), micros }));
  const ids = page.rows.map(({ id }) => id);
  return { rows: await commitmentsByIds(db, ids), next: page.next };
}

/** Brings commitments with what was told of them, in the order of the ids; unknown ids are left out. */
export async function commitmentsByIds(db: Database, ids: readonly number[]): Promise<readonly CommitmentRow[]> {
  if (ids.length === 0) return [];
  const [rows, reports] = await Promise.all([
    db
      .select()
      .from(commitments)
      .where(inArray(commitments.id, [...ids])),
    db
      .select()
      .from(commitmentReports)
      .where(inArray(commitmentReports.commitmentId, [...ids]))
      .orderBy(asc(commitmentReports.reportedInstant), asc(commitmentReports.id)),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [{ ...row, reports: reports.filter(({ commitmentId }) => commitmentId === id) }] : [];
  });
}
