import { capturesReadBefore, versionsSince } from "../db/documents.ts";
import { clearFailuresOf } from "../db/stage-failures.ts";
import { Failure } from "../domain/failure.ts";
import { readBound } from "../domain/query/period.ts";
import { openQueues } from "../queues.ts";
import { READER_VERSION } from "../read/version.ts";
import { withArchive } from "./context.ts";
import { say } from "./output.ts";

const PART = 1_000;

/**
 * Asks for a stage to be run again over the archive: `read` over captures, `detect` over versions. Running workers do it;
 * what is the same adds nothing, and what our better reading finds is marked as ours, never as news.
 */
export async function replayCommand(
  stage: string,
  options: { readonly since?: string; readonly until?: string },
): Promise<void> {
  if (stage !== "read" && stage !== "detect")
    throw new Failure("bad-input", `replay ${stage}: there are read and detect.`);
  const since = options.since === undefined ? new Date(0) : readBound(options.since, "since");
  if (!since) throw new Failure("bad-input", `--since ${options.since}: expected a date such as 2026-05-01.`);
  const until = options.until === undefined ? null : readBound(options.until, "until");
  if (options.until !== undefined && !until)
    throw new Failure("bad-input", `--until ${options.until}: expected a date such as 2026-05-01.`);
  await withArchive(async ({ db, url }, config) => {
    const queues = openQueues({
      databaseUrl: url,
      redisUrl: config.REDIS_URL ?? null,
      prefix: `parley-${new URL(url).pathname.slice(1)}`,
    });
    await clearFailuresOf(db, stage);
    let count = 0;
    for (let after = 0; ; ) {
      const ids =
        stage === "read"
          ? await capturesReadBefore(db, READER_VERSION, { since, until }, after, PART)
          : await versionsSince(db, { since, until }, after, PART);
      if (stage === "read")
        await queues.enqueue(
          "read",
          ids.map((captureId) => ({ captureId })),
        );
      else
        await queues.enqueue(
          "detect",
          ids.map((versionId) => ({ versionId })),
        );
      count += ids.length;
      after = ids.at(-1) ?? 0;
      if (ids.length < PART) break;
    }
    await queues.close();
    say(`${count} jobs for ${stage}; a running parley start does them.`);
  });
}
