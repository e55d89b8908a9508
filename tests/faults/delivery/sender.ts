import { shipped } from "../../../src/paths.ts";
import { type Program, startProgram } from "../../support/program.ts";
import { secretKey } from "../../support/rows.ts";

/**
 * Starts a process that delivers, as `parley start --only deliver,reconcile` does, from compiled code; it says `ready`, and to each line
 * that it is told how many milliseconds of processor time it has used.
 */
export function startSender(place: {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly allow: readonly string[];
}): Program {
  const { databaseUrl, redisUrl, allow } = place;
  const dist = (path: string) => JSON.stringify(`file://${shipped(`dist/${path}.js`)}`);
  return startProgram(`
    import pino from "pino";
    import { openDatabase } from ${dist("db/client")};
    import { createRuleBook } from ${dist("db/alerts/rule-book")};
    import { openQueues } from ${dist("queues")};
    import { createLanes } from ${dist("workers/lanes")};
    import { performWith, stageWorkers } from ${dist("workers/worker")};
    const { db } = openDatabase(${JSON.stringify(databaseUrl)}, { name: "parley fault", maxConnections: 12 });
    const queues = openQueues({ databaseUrl: ${JSON.stringify(databaseUrl)}, redisUrl: ${JSON.stringify(redisUrl)}, prefix: "fault" });
    const context = {
      db, enqueue: queues.enqueue, now: () => new Date(), random: Math.random,
      log: pino({ level: "silent" }), ruleBook: createRuleBook(), lanes: createLanes(),
      publicUrl: "https://parley.example", allowAddresses: ${JSON.stringify(allow)}, userAgent: "Parley/test",
      secretKey: Buffer.from(${JSON.stringify(secretKey.toString("base64"))}, "base64"),
    };
    const workers = stageWorkers(1, 1);
    await queues.work("deliver", workers.deliver.concurrency, performWith(context, workers));
    console.log("ready");
    process.stdin.on("data", () => {
      const { user, system } = process.cpuUsage();
      console.log((user + system) / 1000);
    });
    for (;;) {
      await performWith(context, workers)("reconcile", {}, { retry: false }).catch(() => {});
      await new Promise((done) => setTimeout(done, 1000));
    }
  `);
}
