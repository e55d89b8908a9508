import { asc, eq, or, sql } from "drizzle-orm";
import { Failure } from "../../domain/failure.ts";
import type { Database } from "../client.ts";
import { analystActs } from "../schema/analyst-acts.ts";
import { developmentEvidence, developments } from "../schema/developments.ts";
import { threadDevelopments, threads } from "../schema/threads.ts";
import { withDevelopmentLock } from "./development-lock.ts";
import { liftDismissal, rememberDismissal } from "./dismissed-patterns.ts";
import { addToThread, linksIn, linksOf, openThread, refreshThread } from "./threads.ts";

/** Who acts, why and when. */
export type Hand = { readonly by: string; readonly reason: string | null; readonly at: Date };

/** What an act left behind: the row of the audit, and whether the rules are to look at the development now. */
export type ActOutcome = { readonly actId: number; readonly isNews: boolean };

/**
 * Confirms a development: it is sure from now on. One that was held back, or dismissed before, becomes news for the rules to see.
 *
 * @throws {Failure} `bad-input` when there is no such development.
 */
export function confirmByHand(db: Database, developmentId: number, hand: Hand): Promise<ActOutcome> {
  return withDevelopmentLock(db, async (tx) => {
    const before = await rowOf(tx, developmentId);
    const isNews = before.hold !== null || before.dismissedAt !== null;
    const after = {
      certainty: "confirmed" as const,
      hold: null,
      dismissedAt: null,
      ...(isNews ? { status: "new" as const, matchedAt: null } : {}),
    };
    await tx.update(developments).set(after).where(eq(developments.id, developmentId));
    const words = await wordsOf(tx, developmentId);
    await liftDismissal(tx, { type: before.type, words, at: hand.at });
    const actId = await record(tx, hand, {
      ...{ act: "confirm", developmentId },
      ...{ before: stateOf(before), after: stateOf({ ...before, ...after }) },
    });
    return { actId, isNews };
  });
}

/**
 * Dismisses a development: it is no news, also when its words are found again under another key.
 *
 * @throws {Failure} `bad-input` when there is no such development.
 */
export function dismissByHand(db: Database, developmentId: number, hand: Hand): Promise<ActOutcome> {
  return withDevelopmentLock(db, async (tx) => {
    const before = await rowOf(tx, developmentId);
    const after = { status: "background" as const, hold: null, dismissedAt: before.dismissedAt ?? hand.at };
    await tx.update(developments).set(after).where(eq(developments.id, developmentId));
    const actId = await record(tx, hand, {
      ...{ act: "dismiss", developmentId },
      ...{ before: stateOf(before), after: stateOf({ ...before, ...after }) },
    });
    const words = await wordsOf(tx, developmentId);
    await rememberDismissal(tx, { actId, type: before.type, words });
    const threadId = await threadOf(tx, developmentId);
    if (threadId !== null) await refreshThread(tx, threadId);
    return { actId, isNews: false };
  });
}

/**
 * Weighs a development anew; no detection changes that again.
 *
 * @throws {Failure} `bad-input` when there is no such development, or the severity is not 1 to 5.
 */
export function weighByHand(db: Database, developmentId: number, severity: number, hand: Hand): Promise<ActOutcome> {
  if (!Number.isInteger(severity) || severity < 1 || severity > 5)
    throw new Failure("bad-input", `severity ${severity}: expected 1 to 5.`);
  return withDevelopmentLock(db, async (tx) => {
    const before = await rowOf(tx, developmentId);
    const after = { severity, isSeverityRuled: true };
    await tx.update(developments).set(after).where(eq(developments.id, developmentId));
    const actId = await record(tx, hand, {
      ...{ act: "severity", developmentId },
      ...{ before: stateOf(before), after: stateOf({ ...before, ...after }) },
    });
    return { actId, isNews: false };
  });
}

/**
 * Lays one thread into another: its developments go over and stay there, whatever is detected later.
 *
 * @throws {Failure} `bad-input` when one of them is not there, or both are one.
 */
export function mergeByHand(db: Database, fromId: number, intoId: number, hand: Hand): Promise<ActOutcome> {
  if (fromId === intoId) throw new Failure("bad-input", `thread ${fromId} cannot be merged into itself.`);
  return withDevelopmentLock(db, async (tx) => {
    await threadRow(tx, fromId);
    const into = await threadRow(tx, intoId);
    if (into.mergedIntoId !== null)
      throw new Failure("bad-input", `thread ${intoId} was merged into thread ${into.mergedIntoId}; name that one.`);
    const links = await linksIn(tx, [fromId]);
    for (const link of links) await addToThread(tx, link, intoId, { byAnalyst: true });
    await tx.update(threads).set({ mergedIntoId: intoId }).where(eq(threads.id, fromId));
    const moved = links.map(({ developmentId }) => developmentId);
    const actId = await record(tx, hand, {
      ...{ act: "merge", threadId: fromId, otherThreadId: intoId },
      ...{ before: { threadId: fromId, developmentIds: moved }, after: { threadId: intoId, developmentIds: moved } },
    });
    return { actId, isNews: false };
  });
}

/**
 * Takes a development out of its thread into one of its own, where it stays.
 *
 * @throws {Failure} `bad-input` when there is no such development, or it stands alone.
 */
export function splitByHand(db: Database, developmentId: number, hand: Hand): Promise<ActOutcome> {
  return withDevelopmentLock(db, async (tx) => {
    await rowOf(tx, developmentId);
    const fromId = await threadOf(tx, developmentId);
    const [link] = await linksOf(tx, [developmentId]);
    if (!link || fromId === null) throw new Failure("bad-input", `development ${developmentId} is in no thread.`);
    const links = await linksIn(tx, [fromId]);
    if (links.length === 1)
      throw new Failure("bad-input", `development ${developmentId} stands alone in thread ${fromId}.`);
    const threadId = await openThread(tx, { ...link, key: `${link.key}|split-${developmentId}` });
    await addToThread(tx, link, threadId, { byAnalyst: true });
    await refreshThread(tx, fromId);
    const actId = await record(tx, hand, {
      ...{ act: "split", developmentId, threadId: fromId, otherThreadId: threadId },
      ...{ before: { threadId: fromId }, after: { threadId } },
    });
    return { actId, isNews: false };
  });
}

/** Lists what analysts did to a development and to its thread, the first act first. */
export async function actsOn(db: Database, developmentId: number) {
  const threadId = await threadOf(db, developmentId);
  const onThread =
    threadId === null ? [] : [eq(analystActs.threadId, threadId), eq(analystActs.otherThreadId, threadId)];
  return db
    .select()
    .from(analystActs)
    .where(or(eq(analystActs.developmentId, developmentId), ...onThread))
    .orderBy(asc(analystActs.id));
}

type DevelopmentState = Pick<
  typeof developments.$inferSelect,
  "status" | "severity" | "certainty" | "hold" | "dismissedAt"
>;

function stateOf({ status, severity, certainty, hold, dismissedAt }: DevelopmentState) {
  return { status, severity, certainty, hold, dismissedAt: dismissedAt?.toISOString() ?? null };
}

async function rowOf(db: Database, developmentId: number) {
  const [row] = await db.select().from(developments).where(eq(developments.id, developmentId));
  if (!row)
    throw new Failure("bad-input", `development ${developmentId}: there is none; parley developments lists them.`);
  return row;
}

async function threadRow(db: Database, threadId: number) {
  const [row] = await db.select().from(threads).where(eq(threads.id, threadId));
  if (!row) throw new Failure("bad-input", `thread ${threadId}: there is none; parley developments show names them.`);
  return row;
}

async function threadOf(db: Database, developmentId: number): Promise<number | null> {
  const [row] = await db
    .select({ threadId: threadDevelopments.threadId })
    .from(threadDevelopments)
    .where(eq(threadDevelopments.developmentId, developmentId));
  return row?.threadId ?? null;
}

async function wordsOf(db: Database, developmentId: number): Promise<readonly string[]> {
  const rows = await db
    .select({ words: developmentEvidence.words })
    .from(developmentEvidence)
    .where(eq(developmentEvidence.developmentId, developmentId));
  return rows.map(({ words }) => words);
}

type NewAct = Pick<
  typeof analystActs.$inferInsert,
  "act" | "developmentId" | "threadId" | "otherThreadId" | "before" | "after"
>;

async function record(db: Database, { by, reason, at }: Hand, act: NewAct): Promise<number> {
  const [row] = await db
    .insert(analystActs)
    .values({ ...act, by, reason, actedAt: at })
    .returning({ id: sql<number>`${analystActs.id}::float8` });
  if (!row) throw new Error("an analyst's act was not recorded");
  return row.id;
}
