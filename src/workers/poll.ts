import { rhythmOf } from "../catalogue/rhythm.ts";
import { savePoll } from "../db/collection/polls.ts";
import { type WatchedSource, watchedSource } from "../db/collection/sources.ts";
import { Failure } from "../domain/failure.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import { type LastLook, nextPollAt } from "../domain/poll-time.ts";
import { followMove } from "../domain/source-move.ts";
import type { FetchResult } from "../net/fetcher.ts";
import type { Run, WorkerContext } from "./context.ts";
import { fillGap } from "./fill-gap.ts";
import { addressOf, lookAtList } from "./look-at-list.ts";

/** Looks at one source: fetches its list, keeps what is new in it, and says when to look again. A failed look is recorded too. */
export const poll: Run<"poll"> = async ({ sourceId }, context) => {
  const { db, enqueue, now } = context;
  const source = await watchedSource(db, sourceId);
  const startedAt = now();
  // A job that reconcile and the last poll both asked for comes twice: the second finds the source not due.
  if (!source?.nextPollAt || source.nextPollAt > startedAt) return { skipped: true };
  const { outcome, itemIds, due } = await look(source, startedAt, context);
  await enqueue(
    "fetch",
    itemIds.map((itemId) => ({ itemId })),
  );
  if (due) await enqueue("poll", { sourceId }, { at: due });
  return { sourceId, outcome, new: itemIds.length };
};

/** Records a look that a defect of ours broke off, so that the source is not asked again at once, and for ever. */
export async function giveUpPoll(
  { sourceId }: { readonly sourceId: string },
  { message }: Failure,
  context: WorkerContext,
): Promise<void> {
  const { db, enqueue, now } = context;
  const source = await watchedSource(db, sourceId);
  if (!source?.nextPollAt) return;
  const due = dueAfter(source, context, { failuresInRow: source.failuresInRow + 1 });
  const record = { sourceId, startedAt: now(), finishedAt: now(), nextPollAt: due, httpStatus: null };
  await savePoll(db, { ...record, outcome: "failed", failureCode: "defect", message });
  await enqueue("poll", { sourceId }, { at: due });
}

async function look(source: WatchedSource, startedAt: Date, context: WorkerContext) {
  const { db, now } = context;
  const { id: sourceId } = source;
  try {
    const { result, reading: list, validators } = await lookAtList(source, context);
    const reading = list && (await fillGap(list, source, context));
    const due = dueAfter(source, context, { failuresInRow: 0, freshForMs: result.freshForMs });
    const record = {
      ...{ sourceId, startedAt, finishedAt: now(), nextPollAt: due, httpStatus: result.status },
      ...moveOf(source, result),
    };
    if (!reading)
      return { outcome: "unchanged", itemIds: await savePoll(db, { ...record, outcome: "unchanged" }), due };
    const itemIds = await savePoll(db, {
      ...record,
      outcome: "read",
      ...(mustComeWhole(reading) ? { etag: null, lastModified: null } : validators),
      items: reading.items,
      problems: reading.problems,
    });
    return { outcome: "read", itemIds, due };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { httpStatus, code: failureCode, message, retryAfterMs } = error;
    // 410 says that it will not come back: asking on would be rude, and useless.
    const gone = httpStatus === 410;
    const due = gone ? null : dueAfter(source, context, { failuresInRow: source.failuresInRow + 1, retryAfterMs });
    const record = { sourceId, startedAt, finishedAt: now(), nextPollAt: due, httpStatus };
    const move = gone ? { move: { fromUrl: addressOf(source) ?? "", toUrl: null } } : {};
    await savePoll(db, { ...record, ...move, outcome: "failed", failureCode, message });
    return { outcome: failureCode, itemIds: [], due };
  }
}

/** Whether the list is to come whole next time, even if it did not change: 304 would hide that it stays empty, or a gap open. */
function mustComeWhole({ items, problems }: FeedReading): boolean {
  return items.length === 0 || problems.some(({ code }) => code === "gap-open");
}

/** What a permanent redirect of this look changes; nothing where there was none before nor now. */
function moveOf(source: WatchedSource, { permanentRedirectTo }: FetchResult) {
  if (permanentRedirectTo === null && source.sentOnTo === null) return {};
  const { movedTo, ...sentOn } = followMove(source, permanentRedirectTo);
  return { sentOn, ...(movedTo ? { move: { fromUrl: addressOf(source) ?? "", toUrl: movedTo } } : {}) };
}

function dueAfter(
  { definition, newsAt }: WatchedSource,
  { now, random }: WorkerContext,
  look: Pick<LastLook, "failuresInRow" | "freshForMs"> & { readonly retryAfterMs?: number | null },
): Date {
  return nextPollAt(rhythmOf(definition), now(), { retryAfterMs: null, newsAt, jitter: random(), ...look });
}
