import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, notExists, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database } from "../client.ts";
import { stageFailures } from "../schema/operation.ts";
import { storable } from "../storable.ts";

/** A failed job, to be filed. */
export type NewStageFailure = {
  readonly stage: string;
  readonly subject: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: "retry" | "park";
  /** Not to be tried before; null when parked. */
  readonly nextAt: Date | null;
};

/** Counts how often a subject has failed in a stage so far. */
export async function failedAttempts(db: Database, stage: string, subject: string): Promise<number> {
  const [row] = await db
    .select({ attempts: stageFailures.attempts })
    .from(stageFailures)
    .where(and(eq(stageFailures.stage, stage), eq(stageFailures.subject, subject)));
  return row?.attempts ?? 0;
}

/** Files a failure, adding to the attempts of the same subject in the same stage. */
export async function fileFailure(db: Database, failure: NewStageFailure, now: Date): Promise<void> {
  const row = { ...failure, message: storable(failure.message) };
  await db
    .insert(stageFailures)
    .values({ ...row, attempts: 1, firstAt: now, lastAt: now })
    .onConflictDoUpdate({
      target: [stageFailures.stage, stageFailures.subject],
      set: {
        ...{ code: row.code, message: row.message, remedy: row.remedy, nextAt: row.nextAt, lastAt: now },
        attempts: sql`${stageFailures.attempts} + 1`,
      },
    });
}

/** Takes a failure off the file: its subject went through. */
export async function clearFailure(db: Database, stage: string, subject: string): Promise<void> {
  await db.delete(stageFailures).where(and(eq(stageFailures.stage, stage), eq(stageFailures.subject, subject)));
}

/** Takes all failures of these stages off the file, those that wait for another try too: a new reader or detector tries their subjects again. */
export async function clearFailuresOf(db: Database, stages: readonly string[]): Promise<void> {
  await db.delete(stageFailures).where(inArray(stageFailures.stage, [...stages]));
}

/** Lists failed subjects whose time to be tried again has come. */
export async function retriesDue(
  db: Database,
  now: Date,
  most: number,
): Promise<readonly { readonly stage: string; readonly subject: string }[]> {
  return db
    .select({ stage: stageFailures.stage, subject: stageFailures.subject })
    .from(stageFailures)
    .where(and(eq(stageFailures.remedy, "retry"), isNotNull(stageFailures.nextAt), lte(stageFailures.nextAt, now)))
    .orderBy(asc(stageFailures.nextAt))
    .limit(most);
}

/** Lists what is parked, the latest first. */
export async function parkedFailures(db: Database, most: number) {
  return db
    .select()
    .from(stageFailures)
    .where(eq(stageFailures.remedy, "park"))
    .orderBy(sql`${stageFailures.lastAt} desc`)
    .limit(most);
}

/** Counts what is parked, by stage. */
export async function allParkedCounts(db: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await db
    .select({ stage: stageFailures.stage, n: sql<number>`count(*)::int` })
    .from(stageFailures)
    .where(eq(stageFailures.remedy, "park"))
    .groupBy(stageFailures.stage);
  return Object.fromEntries(rows.map(({ stage, n }) => [stage, n]));
}

/** Has what is parked tried again at once: one subject of a stage, or all of it. Their attempts are counted on. */
export async function unparkFailures(db: Database, stage: string, subject: string | null, now: Date): Promise<void> {
  await db
    .update(stageFailures)
    .set({ remedy: "retry", nextAt: now })
    .where(
      and(
        eq(stageFailures.stage, stage),
        eq(stageFailures.remedy, "park"),
        subject === null ? undefined : eq(stageFailures.subject, storable(subject)),
      ),
    );
}

/**
 * A condition for queries over the rows of a stage: no filed failure holds this one back.
 *
 * @param now - For work that has no queue: a failure whose time to be tried again has come holds nothing back.
 */
export function notHeldBack(db: Database, stage: string, subject: PgColumn, now: Date | null = null): SQL {
  const stillHolds = now ? or(isNull(stageFailures.nextAt), gt(stageFailures.nextAt, now)) : undefined;
  return notExists(
    db
      .select({ one: sql`1` })
      .from(stageFailures)
      .where(and(eq(stageFailures.stage, stage), eq(stageFailures.subject, sql`${subject}::text`), stillHolds)),
  );
}
