import type { Logger } from "pino";
import type { Archive } from "./archive.ts";
import type { Config } from "./config.ts";
import { openDatabase } from "./db/client.ts";
import { Failure } from "./domain/failure.ts";
import type { Queues } from "./queues.ts";
import { reportSparingly } from "./report-sparingly.ts";
import { version } from "./user-agent.ts";
import { isLoopback } from "./web/http/access.ts";
import { LOOPBACK } from "./web/http/connection-bound.ts";
import type { RunningWeb } from "./web/http/server.ts";
import type { WorkerContext } from "./workers/context.ts";

/** Longest query of a page or answer: nobody looks at a page for longer, and what they have left would go on without them. */
const LONGEST_ANSWER_MS = 15_000;
/** How long a list may be shown again as it was made: shorter than a person takes to notice. */
const REMEMBER_MS = 3_000;
/** Connections of the pages: what they ask at the same time takes the processors from what is being kept. */
const WEB_CONNECTIONS = 6;

/**
 * Opens the pages on connections of their own, and listens; `anyPort` takes any free port where that of the settings is taken.
 *
 * @throws {Failure} `in-use` when the port is taken.
 */
export async function openWeb(
  config: Config,
  { url: databaseUrl }: Archive,
  log: Logger,
  anyPort: boolean,
  { queues, secretKey, now }: Pick<WorkerContext, "secretKey" | "now"> & { readonly queues: Queues },
): Promise<RunningWeb> {
  // Processes that only work need not wait for the pages' code: it is a quarter of all there is to load.
  const [{ createWeb }, { startWeb }] = await Promise.all([import("./web/app.tsx"), import("./web/http/server.ts")]);
  // Its own connections: a reader's question must neither run for ever nor keep the work of the stages waiting.
  const { db, close } = openDatabase(databaseUrl, {
    maxConnections: WEB_CONNECTIONS,
    longestQueryMs: LONGEST_ANSWER_MS,
  });
  // Which port it is, is known once it listens.
  let url: string | null = null;
  const app = createWeb({
    db,
    now,
    version,
    access: isLoopback(config.PARLEY_HOST) ? "loopback" : "token",
    publicUrl: config.PARLEY_PUBLIC_URL ?? null,
    rememberMs: REMEMBER_MS,
    acts: {
      ...{ enqueue: queues.enqueue, countJobs: queues.counts, allQueues: queues.all, secretKey },
      mailUrl: () => mailUrlOf(config, url),
      allowAddresses: config.PARLEY_ALLOW_ADDRESSES,
      openSubscription: config.PARLEY_OPEN_SUBSCRIPTION === "yes",
    },
    report: (error) => log.error({ err: error }, "a page failed"),
  });
  const { PARLEY_HOST: host, PARLEY_PORT: port } = config;
  const refused = reportSparingly(
    (sentence, _, times) => log.warn({ times }, sentence),
    () => now().getTime(),
  );
  const says = {
    ...{ app, host, uncounted: [...LOOPBACK, ...config.PARLEY_PROXIES] },
    onRefused: (address: string) =>
      refused(`too many connections from ${address}; if it is a proxy, name it in PARLEY_PROXIES`, null),
  };
  const web = await startWeb({ ...says, port }).catch(async (error) => {
    if (anyPort && error instanceof Failure && error.code === "in-use") return startWeb({ ...says, port: 0 });
    await close();
    throw error;
  });
  url = web.url;
  return {
    ...web,
    close: async () => {
      await web.close();
      await close();
    },
  };
}

/** Gives the address that links in mails begin with, without a slash at the end; `webUrl` is where this process listens, if it does. */
export function mailUrlOf(config: Config, webUrl: string | null): string {
  return (config.PARLEY_PUBLIC_URL ?? webUrl ?? `http://${config.PARLEY_HOST}:${config.PARLEY_PORT}`).replace(
    /\/$/,
    "",
  );
}
