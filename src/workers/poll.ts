import { rhythmOf } from "../catalogue/rhythm.ts";
import { savePoll } from "../db/polls.ts";
import { type WatchedSource, watchedSource } from "../db/sources.ts";
import { Failure } from "../domain/failure.ts";
import { nextPollAt } from "../domain/poll-time.ts";
import type { Run, WorkerContext } from "./context.ts";

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
  await enqueue("poll", { sourceId }, { at: due });
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
  const due = dueAfter(source, source.failuresInRow + 1, null, context);
  const record = { sourceId, startedAt: now(), finishedAt: now(), nextPollAt: due, httpStatus: null };
  await savePoll(db, { ...record, outcome: "failed", failureCode: "defect", message });
  await enqueue("poll", { sourceId }, { at: due });
}

async function look(source: WatchedSource, startedAt: Date, context: WorkerContext) {
  const { db, now } = context;
  const { id: sourceId } = source;
  try {
    const { result, reading } = await fetchList(source, context);
    const due = dueAfter(source, 0, null, context);
    const record = { sourceId, startedAt, finishedAt: now(), nextPollAt: due, httpStatus: result.status };
    if (!reading)
      return { outcome: "unchanged", itemIds: await savePoll(db, { ...record, outcome: "unchanged" }), due };
    const validators = { etag: result.headers.etag ?? null, lastModified: result.headers["last-modified"] ?? null };
    const itemIds = await savePoll(db, {
      ...record,
      outcome: "read",
      ...validators,
      items: reading.items,
      problems: reading.problems,
    });
    return { outcome: "read", itemIds, due };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const due = dueAfter(source, source.failuresInRow + 1, error.retryAfterMs, context);
    const record = { sourceId, startedAt, finishedAt: now(), nextPollAt: due, httpStatus: error.httpStatus };
    await savePoll(db, { ...record, outcome: "failed", failureCode: error.code, message: error.message });
    return { outcome: error.code, itemIds: [], due };
  }
}

async function fetchList({ definition, etag, lastModified }: WatchedSource, { fetcher, reader }: WorkerContext) {
  if (!definition.list)
    throw new Failure("bad-catalogue", `Source ${definition.id} has no list to poll; give it one in the catalogue.`);
  const { url } = definition.list;
  const result = await fetcher.fetch({ url, etag, lastModified, plainHttp: definition.plainHttp });
  if (result.status === 304) return { result, reading: null };
  const fetched = { bytes: result.bytes, url: result.finalUrl, headers: result.headers };
  const reading = await reader.readFeed(fetched, { source: definition, published: null, title: null, lang: null });
  if (reading.format === null) {
    const why = reading.problems[0]?.message ?? "it is no feed, listing or sitemap that Parley knows";
    throw new Failure("not-a-feed", `${url} answered ${result.status}, but ${why}`);
  }
  return { result, reading };
}

function dueAfter(
  { definition }: WatchedSource,
  failuresInRow: number,
  retryAfterMs: number | null,
  { now, random }: WorkerContext,
): Date {
  return nextPollAt(rhythmOf(definition), now(), { failuresInRow, retryAfterMs, jitter: random() });
}
