import { setTimeout as sleep } from "node:timers/promises";
import { inArray } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { unsubscribe } from "../../../src/db/digests/subscribers.ts";
import { digests } from "../../../src/db/schema/subscription.ts";
import { createMailer } from "../../../src/net/mail.ts";
import { shipped } from "../../../src/paths.ts";
import { digest } from "../../../src/workers/digest.ts";
import { reconcile } from "../../../src/workers/reconcile.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { type Program, startProgram } from "../../support/program.ts";
import { buildSubscriber, secretKey } from "../../support/rows.ts";
import { sentTo, useWorkerContext } from "../../support/worker-context.ts";
import { type MailServer, type MailStep, startMailServer } from "./mail-server.ts";
import { figure, sized } from "./scale.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue({ sources: [] }), noon));
const day = "2026-05-19";

type CrashPoint = "before DATA" | "after DATA" | "after 250" | "after the record";

/** Digests that one process has under way when it is killed, all of them at the same point, and how many processes are. */
const [AT_ONCE, PROCESSES] = sized([10, 1], [25, 20]);
const SENDER = "parley fault digest";

/** Starts a process that sends the digest of the day to some subscribers, all at the same time. */
function startSender(databaseUrl: string, smtpUrl: string, subscriberIds: readonly number[]): Program {
  const dist = (path: string) => JSON.stringify(`file://${shipped(`dist/${path}.js`)}`);
  return startProgram(`
    import pino from "pino";
    import { openDatabase } from ${dist("db/client")};
    import { createMailer } from ${dist("net/mail")};
    import { digest } from ${dist("workers/digest")};
    const { db } = openDatabase(${JSON.stringify(databaseUrl)}, { name: ${JSON.stringify(SENDER)}, maxConnections: 12 });
    const context = {
      db, enqueue: async () => {}, now: () => new Date(${noon.getTime()}), log: pino({ level: "silent" }),
      mailer: createMailer({ smtpUrl: ${JSON.stringify(smtpUrl)}, mailDir: "/nowhere", from: "Parley <parley@example.org>" }),
      publicUrl: "https://parley.example", secretKey: Buffer.from(${JSON.stringify(secretKey.toString("base64"))}, "base64"),
    };
    await Promise.all(${JSON.stringify(subscriberIds)}.map((subscriberId) => digest({ subscriberId, day: ${JSON.stringify(day)} }, context)));
    setInterval(() => {}, 1_000);
  `);
}

/** Brings all that a process sends to the same step, one after the other as they come; and lets them go on together. */
function stepKeeper() {
  let held: MailStep | null = null;
  let waiting: (() => void)[] = [];
  return {
    atStep: (step: MailStep) => (step === held ? new Promise<void>((goOn) => waiting.push(goOn)) : Promise.resolve()),
    hold: (step: MailStep | null) => {
      held = step;
      waiting = [];
    },
    count: () => waiting.length,
    letGo: () => {
      for (const goOn of waiting.splice(0)) goOn();
    },
  };
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within a minute: ${what}`);
    await sleep(10);
  }
}

type Scene = { readonly server: MailServer; readonly steps: ReturnType<typeof stepKeeper>; readonly sql: postgres.Sql };

/** Lets a process send to new subscribers and kills it when all its mails stand at the point. */
async function crashAt(point: CrashPoint, { server, steps, sql }: Scene): Promise<readonly number[]> {
  const subscriberIds: number[] = [];
  for (let n = 0; n < AT_ONCE; n += 1) subscriberIds.push(await buildSubscriber(db()));
  if (point !== "after the record") steps.hold(point === "after 250" ? "before 250" : point);
  const leftBefore = server.left();
  const sender = startSender(db.url(), server.url, subscriberIds);
  onTestFinished(sender.kill);
  const ofThese = inArray(digests.subscriberId, subscriberIds);
  if (point === "after the record") {
    await until("all sent", async () => {
      const rows = await db().select({ status: digests.status }).from(digests).where(ofThese);
      return rows.filter(({ status }) => status === "sent").length === AT_ONCE;
    });
    await sender.kill();
    return subscriberIds;
  }
  await until(`all ${point}`, () => steps.count() === AT_ONCE);
  if (point !== "after 250") {
    await sender.kill();
    return subscriberIds;
  }
  // The sender hears 250, but what it wants to note down has to wait, and is lost with it.
  await sql.begin(async (lock) => {
    await lock`lock table digests in share mode`;
    steps.letGo();
    await until("all heard 250", () => server.left() - leftBefore === AT_ONCE);
    await sender.kill();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${SENDER} and datname = current_database()`;
  });
  return subscriberIds;
}

test.each<[CrashPoint, number, number]>([
  ["before DATA", 1, 0],
  ["after DATA", 1, 1],
  ["after 250", 2, 1],
  ["after the record", 1, 0],
])(
  "a sender that is killed %s leads to %i mail of one Message-ID, %i of them a repeat that is listed",
  { timeout: 900_000 },
  async (point, mails, repeats) => {
    const steps = stepKeeper();
    const server = await startMailServer(steps.atStep);
    onTestFinished(server.close);
    const sql = postgres(db.url(), { max: 2, onnotice: () => {} });
    onTestFinished(() => sql.end());
    const subscriberIds: number[] = [];
    for (let n = 0; n < PROCESSES; n += 1) subscriberIds.push(...(await crashAt(point, { server, steps, sql })));
    steps.hold(null);

    // Those who come after look three times, twelve minutes apart: what they find to do they do.
    const mailer = createMailer({ smtpUrl: server.url, mailDir: "/nowhere", from: "Parley <parley@example.org>" });
    for (const later of [700, 1_400, 2_100]) {
      const job = context({ mailer, at: secondsOn(later) });
      await reconcile({}, job);
      for (const data of sentTo(job, "digest")) await digest(data, job);
    }
    const stored = await db().select().from(digests).where(inArray(digests.subscriberId, subscriberIds));
    // Those who are done are not looked at again by the tests after.
    for (const subscriberId of subscriberIds) await unsubscribe(db(), subscriberId, noon);
    const counts = stored.map(({ messageId }) => server.accepted.filter((id) => id === messageId).length);
    const doubled = counts.filter((count) => count > 1).length;
    figure(
      `digest, ${PROCESSES} senders killed ${point}, ${subscriberIds.length} digests under way`,
      `${counts.filter((count) => count === 0).length} lost, ${doubled} twice${repeats > 0 ? " (the ambiguous class, each listed)" : ""}, none more often`,
    );
    expect(stored.map(({ status }) => status)).toEqual(subscriberIds.map(() => "sent"));
    expect(new Set(stored.map((one) => one.repeats))).toEqual(new Set([repeats]));
    expect(new Set(counts)).toEqual(new Set([mails]));
  },
);
