import { checkRedis } from "../check-redis.ts";
import { capturesReadBefore, versionsSince } from "../db/archive/documents.ts";
import { movedByReader } from "../db/archive/moved.ts";
import type { Database } from "../db/client.ts";
import { clearFailuresOf } from "../db/collection/stage-failures.ts";
import { Failure } from "../domain/failure.ts";
import { readBound } from "../domain/query/period.ts";
import { openQueues, type QueuePlace } from "../queues.ts";
import { READER_VERSION } from "../read/version.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";
import { rowLimit } from "./search.ts";

const PART = 1_000;

/** What `parley replay` takes. */
export type ReplayOptions = {
  readonly since?: string;
  readonly until?: string;
  readonly moved?: boolean;
  readonly limit?: string;
  readonly format?: string;
};

/**
 * Asks for a stage to be run again over the archive: `read` over captures, `detect` over versions. Running workers do it;
 * what is the same adds nothing, and what our better reading finds is marked as ours, never as news.
 */
export async function replayCommand(stage: string, options: ReplayOptions): Promise<void> {
  if (stage !== "read" && stage !== "detect")
    throw new Failure("bad-input", `replay ${stage}: there are read and detect.`);
  const since = options.since === undefined ? new Date(0) : readBound(options.since, "since");
  if (!since) throw new Failure("bad-input", `--since ${options.since}: expected a date such as 2026-05-01.`);
  const until = options.until === undefined ? null : readBound(options.until, "until");
  if (options.until !== undefined && !until)
    throw new Failure("bad-input", `--until ${options.until}: expected a date such as 2026-05-01.`);
  if (options.moved) {
    if (stage !== "read") throw new Failure("bad-input", "--moved belongs to replay read.");
    return printMoved({ since, until }, options);
  }
  await withArchive(async ({ db, url }, config) => {
    if (config.REDIS_URL) await checkRedis(config.REDIS_URL);
    const count = await putOnQueue(stage, { since, until }, db, {
      ...{ databaseUrl: url, redisUrl: config.REDIS_URL ?? null },
      prefix: `parley-${new URL(url).pathname.slice(1)}`,
    });
    say(`${count} jobs for ${stage}; a running parley start does them.`);
    if (stage === "read" && count > 0)
      say("Once they are done, parley replay read --moved shows what is read differently.");
  });
}

/**
 * Puts what is to be run again on the queue.
 *
 * @returns How many jobs it took.
 * @throws {Failure} `redis-unreachable` or `database-unreachable` when the queue went away meanwhile: nobody else would ask for these.
 */
async function putOnQueue(
  stage: "read" | "detect",
  period: { readonly since: Date; readonly until: Date | null },
  db: Database,
  place: QueuePlace,
): Promise<number> {
  const troubles: unknown[] = [];
  const queues = openQueues({ ...place, onTrouble: (_, error) => void troubles.push(error) });
  try {
    await clearFailuresOf(db, stage === "read" ? ["read", "link", "index"] : ["detect", "record"]);
    let count = 0;
    for (let after = 0; ; ) {
      const ids =
        stage === "read"
          ? await capturesReadBefore(db, READER_VERSION, period, after, PART)
          : await versionsSince(db, period, after, PART);
      if (stage === "read") await queues.enqueue("read", ids.map(asCapture));
      else await queues.enqueue("detect", ids.map(asVersion));
      if (troubles.length > 0) throw queueAway(place, count, troubles[0]);
      count += ids.length;
      after = ids.at(-1) ?? 0;
      if (ids.length < PART) return count;
    }
  } finally {
    await queues.close();
  }
}

const asCapture = (captureId: number) => ({ captureId });
const asVersion = (versionId: number) => ({ versionId });

function queueAway({ redisUrl }: QueuePlace, count: number, cause: unknown): Failure {
  return new Failure(
    redisUrl ? "redis-unreachable" : "database-unreachable",
    `The queue took ${count} jobs and then could not be reached (${String(cause)}). Run the command again when it is there; what was done already adds nothing.`,
    { cause },
  );
}

/** Prints what our newer reader read differently in the bytes that were here. */
async function printMoved(period: { since: Date; until: Date | null }, options: ReplayOptions): Promise<void> {
  const limit = rowLimit(options.limit ?? "100");
  await withArchive(async ({ db }) => {
    const moved = await movedByReader(db, period, limit);
    printRows(
      moved,
      [
        { name: "document", value: ({ documentId }) => String(documentId), width: 10 },
        { name: "title", value: ({ title, url }) => title ?? url ?? "" },
        { name: "reader", value: ({ readerBefore, readerAfter }) => `${readerBefore} → ${readerAfter}`, width: 8 },
        { name: "text", value: ({ textMoved }) => (textMoved ? "moved" : "same"), width: 7 },
        { name: "gained", value: ({ gained }) => String(gained), width: 8 },
        { name: "lost", value: ({ lost }) => String(lost), width: 6 },
        { name: "other actors", value: ({ resolvedOtherwise }) => String(resolvedOtherwise), width: 13 },
      ],
      chooseFormat(options.format),
    );
    if (moved.length === 0) say("Nothing was read differently.");
  });
}
