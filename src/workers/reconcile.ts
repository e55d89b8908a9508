import { rulesToRelease } from "../db/alerts/alerts.ts";
import { developmentsToCorrect } from "../db/alerts/corrections.ts";
import { dueDeliveries } from "../db/alerts/deliveries.ts";
import { unreadCaptures } from "../db/archive/captures.ts";
import { dueRechecks } from "../db/archive/documents.ts";
import { undetectedVersions, versionWithStatements } from "../db/archive/versions.ts";
import type { Database } from "../db/client.ts";
import { undecidedItems } from "../db/collection/items.ts";
import { dueSources } from "../db/collection/sources.ts";
import { failedAttempts, retriesDue } from "../db/collection/stage-failures.ts";
import { linkVersion, unlinkedVersions } from "../db/copies/copies.ts";
import { unmatchedDevelopments } from "../db/developments/developments.ts";
import { digestOf, settleDeadDigests } from "../db/digests/digests.ts";
import { dueLetters } from "../db/digests/letters.ts";
import { activeSubscribers } from "../db/digests/subscribers.ts";
import { unrecordedVersions } from "../db/records/recorded.ts";
import { lastDueDigests } from "../domain/digest-time.ts";
import { type JobData, type Stage, subjectOf } from "../queues.ts";
import type { Run, WorkerContext } from "./context.ts";
import { type GivesWay, givesWayTo } from "./gives-way.ts";
import { indexDocuments } from "./index-documents.ts";
import { keepRecords, raiseWhatIsDue, recordTaskOf } from "./keep-records.ts";
import { oneByOne } from "./one-by-one.ts";

/** Rows younger than this are on their way through the queue and left to it. */
const GRACE_MS = 30_000;
/** Most rows that one run enqueues per stage; the next run takes the rest. */
const MOST = 2_000;
/** Most versions that one run compares with the others: some milliseconds each. */
const MOST_LINKED = 300;
/** A job that is so late is not coming. */
const OVERDUE_MS = 60_000;

/**
 * Asks each table what its next stage has not handled, and enqueues it. This is why the queue may be emptied at any moment:
 * a job that is there already is not added twice, and one that was done finds nothing to do.
 */
export const reconcile: Run<"reconcile"> = async (_data, context) => {
  const { db, enqueue, now } = context;
  const old = new Date(now().getTime() - GRACE_MS);
  const due = await dueSources(db, now(), MOST);
  for (const { id, nextPollAt } of due) await enqueue("poll", { sourceId: id }, { at: nextPollAt });
  const items = await undecidedItems(db, old, MOST);
  await enqueue(
    "fetch",
    items.map((itemId) => ({ itemId })),
  );
  const captures = await unreadCaptures(db, old, MOST);
  await enqueue(
    "read",
    captures.map((captureId) => ({ captureId })),
  );
  const versions = await undetectedVersions(db, old, MOST);
  await enqueue(
    "detect",
    versions.map((versionId) => ({ versionId })),
  );
  const developments = await unmatchedDevelopments(db, old, MOST);
  await enqueue(
    "match",
    developments.map((developmentId) => ({ developmentId })),
  );
  const telling = await enqueueTelling(context);
  const deliveries = await dueDeliveries(db, now(), MOST);
  // A first attempt's job has no time; that of a later one has the time that the worker gave it. Where that job is gone, or waits by
  // a clock that was set back, a job of another time does the work.
  for (const { id, attempts, nextAttemptAt } of deliveries) {
    const given = nextAttemptAt.getTime() > now().getTime() - OVERDUE_MS ? nextAttemptAt : now();
    await enqueue("deliver", { deliveryId: id }, attempts > 0 || given !== nextAttemptAt ? { at: given } : {});
  }
  const rechecks = await dueRechecks(db, now(), MOST);
  for (const { id, nextCheckAt } of rechecks) await enqueue("recheck", { documentId: id }, { at: nextCheckAt });
  const digests = await enqueueDigests(context);
  const retries = await enqueueRetries(context);
  const givesWay = givesWayTo(captures.length, context);
  const linked = await linkVersions(context, old, givesWay);
  const recorded = await recordVersions(context, old, givesWay);
  const raised = await raiseWhatIsDue(context, MOST_RECORDED);
  const indexed = await indexDocuments(context, givesWay);
  return {
    ...{ polls: due.length, items: items.length, captures: captures.length, versions: versions.length },
    ...{
      developments: developments.length,
      telling,
      deliveries: deliveries.length,
      rechecks: rechecks.length,
      digests,
      retries,
      ...{ linked, recorded, raised, indexed },
    },
  };
};

/** Finds what the versions repeat that no detector waited for. */
async function linkVersions(context: WorkerContext, createdBefore: Date, givesWay: GivesWay): Promise<number> {
  const { db, now } = context;
  const versionIds = await unlinkedVersions(db, { createdBefore, now: now() }, MOST_LINKED);
  const link = async (versionId: number) => {
    const version = await versionWithStatements(db, versionId);
    if (version) await linkVersion(db, version, now());
  };
  return oneByOne("link", versionIds, (id) => id, link, context, givesWay);
}

/** Versions whose records are kept in one run. */
const MOST_RECORDED = 200;

/** Keeps the records of the versions that no detector waited for. */
async function recordVersions(context: WorkerContext, createdBefore: Date, givesWay: GivesWay): Promise<number> {
  const { db, now } = context;
  const versionIds = await unrecordedVersions(db, { createdBefore, now: now() }, MOST_RECORDED);
  const record = async (versionId: number) => {
    const version = await versionWithStatements(db, versionId);
    if (version) await keepRecords(version, await context.reader.record(recordTaskOf(version)), context);
  };
  return oneByOne("record", versionIds, (id) => id, record, context, givesWay);
}

/** Enqueues what tells of developments: alerts held back until now, corrections, letters. */
async function enqueueTelling({ db, enqueue, now }: WorkerContext): Promise<number> {
  const rules = await rulesToRelease(db, now(), MOST);
  await enqueue(
    "release",
    rules.map((ruleId) => ({ ruleId })),
  );
  const wrong = await developmentsToCorrect(db, now(), MOST);
  await enqueue(
    "correct",
    wrong.map((developmentId) => ({ developmentId })),
  );
  const letters = await dueLetters(db, now(), MOST);
  await enqueue(
    "letter",
    letters.map((letterId) => ({ letterId })),
  );
  return rules.length + wrong.length + letters.length;
}

/** Enqueues the digests whose hour has come, and names those of which a dead process left no word. */
async function enqueueDigests({ db, enqueue, now, log }: WorkerContext): Promise<number> {
  const dead = await settleDeadDigests(db, new Date(now().getTime() - 600_000));
  if (dead.unknown.length > 0) log.warn({ digests: dead.unknown }, "digests that may or may not have gone out");
  let count = 0;
  for (const subscriber of await activeSubscribers(db)) {
    for (const { day, period, dueAt } of lastDueDigests(subscriber, now())) {
      // Whoever subscribes at noon gets the first digest tomorrow, not this morning's.
      if (dueAt < (subscriber.confirmedAt ?? subscriber.createdAt)) continue;
      if (await isInHand(db, { subscriberId: subscriber.id, day, period })) continue;
      await enqueue("digest", { subscriberId: subscriber.id, day, period });
      count += 1;
    }
  }
  return count;
}

/** Tells whether a digest was sent, is being sent, or waits for its next try. */
async function isInHand(db: Database, job: Required<JobData["digest"]>): Promise<boolean> {
  const digest = await digestOf(db, job.subscriberId, job.day, job.period);
  const mayBeSentAgain = digest?.status === "failed" || (digest?.status === "unknown" && digest.repeats === 0);
  if (!mayBeSentAgain) return digest !== null;
  // The process may have died between recording the failure and filing its next try.
  return (await failedAttempts(db, "digest", subjectOf(job))) > 0;
}

async function enqueueRetries({ db, enqueue, now }: WorkerContext): Promise<number> {
  const due = await retriesDue(db, now(), MOST);
  let count = 0;
  for (const { stage, subject } of due) {
    // What reconcile does itself has no queue: the rows are found by what they lack.
    const data = dataOf(stage as Stage, subject);
    if (!data) continue;
    await enqueue(stage as Stage, data, { retry: true });
    count += 1;
  }
  return count;
}

/** Makes the data of a job again from the subject that its failure was filed under. */
function dataOf(stage: Stage, subject: string): JobData[Stage] | null {
  const [first = "", second = "", third = "daily"] = subject.split(".");
  const made: { readonly [S in Stage]?: JobData[S] } = {
    fetch: { itemId: Number(first) },
    read: { captureId: Number(first) },
    detect: { versionId: Number(first) },
    match: { developmentId: Number(first) },
    release: { ruleId: Number(first) },
    correct: { developmentId: Number(first) },
    recheck: { documentId: Number(first) },
    digest: { subscriberId: Number(first), day: second, period: third === "weekly" ? "weekly" : "daily" },
  };
  return made[stage] ?? null;
}
