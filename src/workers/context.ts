import type { Logger } from "pino";
import type { MirrorTable } from "../catalogue/mirrors.ts";
import type { RuleBook } from "../db/alerts/rule-book.ts";
import type { Database } from "../db/client.ts";
import type { Judge } from "../detect/happening/judge.ts";
import type { SiteTable } from "../domain/site.ts";
import type { Fetcher } from "../net/fetcher.ts";
import type { Mailer } from "../net/mail.ts";
import type { Enqueue, JobData, Stage } from "../queues.ts";
import type { FirstLooks } from "./first-looks.ts";
import type { Lanes } from "./lanes.ts";
import type { Reader } from "./reader.ts";

/** What every worker is given; the only place from which it reaches the world. */
export type WorkerContext = {
  readonly db: Database;
  readonly enqueue: Enqueue;
  readonly fetcher: Fetcher;
  readonly mailer: Mailer;
  readonly reader: Reader;
  /** Tells what is news of what a document tells, by the catalogue's events and offices. */
  readonly judge: Judge;
  readonly ruleBook: RuleBook;
  /** Of this process: how many deliveries are under way to each endpoint. */
  readonly lanes: Lanes;
  /** Of this process: what was seen in the texts that were just read. */
  readonly firstLooks: FirstLooks;
  /** What is known of web sites and their addresses. */
  readonly sites: SiteTable;
  /** Which sources show documents of which others. */
  readonly mirrorsOf: MirrorTable;
  readonly now: () => Date;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Where readers reach the pages, without a slash at the end. */
  readonly publicUrl: string;
  /** `host:port` pairs that may be dialled although they are private. */
  readonly allowAddresses: readonly string[];
  /** Who asks and posts, and whom to write to. */
  readonly userAgent: string;
  /** 32 bytes that open webhook secrets. */
  readonly secretKey: Uint8Array;
  readonly log: Logger;
};

/** What one job came to, in numbers and words for the log. */
export type Outcome = Readonly<Record<string, number | string | boolean | null | undefined>>;

/** Does one job: reads, calls, writes, enqueues. Running it twice adds nothing. */
export type Run<S extends Stage> = (data: JobData[S], context: WorkerContext) => Promise<Outcome>;
