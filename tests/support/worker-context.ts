import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { mirrorTable } from "../../src/catalogue/mirrors.ts";
import { createRuleBook } from "../../src/db/alerts/rule-book.ts";
import type { Database } from "../../src/db/client.ts";
import { createJudge } from "../../src/detect/happening/judge.ts";
import { siteTable } from "../../src/domain/site.ts";
import { createMailer } from "../../src/net/mail.ts";
import type { EnqueueOptions, JobData, Stage } from "../../src/queues.ts";
import type { WorkerContext } from "../../src/workers/context.ts";
import { createFirstLooks } from "../../src/workers/first-looks.ts";
import { createLanes } from "../../src/workers/lanes.ts";
import { type Reader, startReader } from "../../src/workers/reader.ts";
import { fetcherFor } from "../net/support/fetchers.ts";
import type { Loopback } from "../net/support/loopback.ts";
import { noon } from "./moments.ts";
import { secretKey } from "./rows.ts";

/** A job that a worker asked for. */
export type SentJob = { readonly stage: Stage; readonly data: JobData[Stage] } & EnqueueOptions;

/** A worker's context whose clock stands still at noon, whose jobs are noted and whose log is kept. */
export type TestContext = WorkerContext & {
  readonly sent: SentJob[];
  readonly lines: { readonly level: number; readonly [field: string]: unknown }[];
  readonly mailDir: string;
};

/** Lists what was sent to a stage. */
export function sentTo<S extends Stage>({ sent }: TestContext, stage: S): readonly JobData[S][] {
  return sent.flatMap((job) => (job.stage === stage ? [job.data as JobData[S]] : []));
}

/** The id of the only job that was sent to a stage. */
export function idSentTo<S extends "fetch" | "read" | "detect" | "match" | "recheck">(
  context: TestContext,
  stage: S,
): number {
  const [id, ...more] = sentTo(context, stage).flatMap((data) => Object.values(data) as number[]);
  if (id === undefined || more.length > 0)
    throw new Error(`${more.length + Number(id !== undefined)} jobs were sent to ${stage}`);
  return id;
}

/** What a test may say of its context. */
export type ContextSays = Partial<WorkerContext> & {
  /** Servers on loopback that may be asked. */
  readonly servers?: readonly Loopback[];
  readonly at?: Date;
};

/** Gives a test file real readers over a catalogue, a real mail folder and a real fetcher; call the result inside tests. */
export function useWorkerContext(db: () => Database, catalogue: () => Catalogue): (says?: ContextSays) => TestContext {
  let reader: Reader;
  let mailDir: string;
  beforeAll(async () => {
    reader = startReader(catalogue(), 1);
    mailDir = await mkdtemp(join(tmpdir(), "parley-mail-"));
  });
  afterAll(async () => {
    await reader?.close();
    await rm(mailDir, { recursive: true, force: true });
  });
  return ({ servers = [], at = noon, ...says } = {}) => {
    const sent: SentJob[] = [];
    const lines: TestContext["lines"] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    return {
      ...{
        db: db(),
        reader,
        log,
        sent,
        lines,
        mailDir,
        secretKey,
        userAgent: "Parley/test (+mailto:desk@parley.example)",
        ruleBook: createRuleBook(),
        lanes: createLanes(),
        firstLooks: createFirstLooks(),
      },
      fetcher: fetcherFor(servers),
      mailer: createMailer({ smtpUrl: null, mailDir, from: "Parley <parley@desk.example>" }),
      enqueue: async (stage, data, options = {}) => {
        const all = (Array.isArray(data) ? data : [data]) as readonly JobData[Stage][];
        for (const one of all) sent.push({ stage, data: one, ...options });
      },
      judge: createJudge(catalogue()),
      sites: siteTable(catalogue().sites),
      mirrorsOf: mirrorTable(catalogue().sources),
      now: () => at,
      random: () => 0,
      publicUrl: "https://parley.example",
      allowAddresses: servers.map(({ host }) => host),
      ...says,
    };
  };
}
