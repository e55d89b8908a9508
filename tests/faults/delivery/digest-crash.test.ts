import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { saveCatalogue } from "../../../src/db/catalogue.ts";
import type { Database } from "../../../src/db/client.ts";
import { digestOf } from "../../../src/db/digests.ts";
import { unsubscribe } from "../../../src/db/subscribers.ts";
import { createMailer } from "../../../src/net/mail.ts";
import { digest } from "../../../src/workers/digest.ts";
import { reconcile } from "../../../src/workers/reconcile.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildSubscriber } from "../../support/rows.ts";
import { sentTo, useWorkerContext } from "../../support/worker-context.ts";
import { figure, sized } from "./scale.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue({ sources: [] }), noon));
const day = "2026-05-19";

type CrashPoint = "before DATA" | "after DATA" | "after 250" | "after the record";

/** What never answers, whatever is asked of it: the database as a process that is gone sees it. */
const silence: unknown = new Proxy(() => silence, {
  get: (_, name) => (name === "then" ? () => {} : silence),
  apply: () => silence,
});

/** A database that a process can lose: after `die` nothing it does reaches the real one. */
function mortal(real: Database) {
  let dead = false;
  const seen = new Proxy(real, {
    get: (target, name, receiver) => {
      if (dead) return silence;
      const found = Reflect.get(target, name, receiver);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
  return {
    db: seen,
    die: () => {
      dead = true;
    },
  };
}

/** A real SMTP server that keeps what it accepted and tells of each step. */
async function startSmtp() {
  const accepted: string[] = [];
  let onStep: (step: CrashPoint) => "go on" | "hang" = () => "go on";
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      if (onStep("before DATA") === "go on") done();
    },
    onData: (stream, _session, done) => {
      let raw = "";
      stream.setEncoding("utf8");
      let hangs = false;
      stream.once("data", () => {
        hangs = onStep("after DATA") === "hang";
      });
      stream.on("data", (chunk: string) => {
        raw += chunk;
      });
      stream.on("end", () => {
        const id = /^Message-ID: (\S+)/m.exec(raw)?.[1] ?? "";
        if (hangs) return;
        accepted.push(id);
        onStep("after 250");
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    watch: (step: typeof onStep) => {
      onStep = step;
    },
    drop: () => {
      for (const one of server.connections) (one as unknown as { _socket: Socket })._socket.destroy();
    },
  };
}

test.each<[CrashPoint, number, number]>([
  ["before DATA", 1, 0],
  ["after DATA", 1, 1],
  ["after 250", 2, 1],
  ["after the record", 1, 0],
])(
  "a sender that dies %s leads to %i mail of one Message-ID, %i of them a repeat that is listed",
  { timeout: 580_000 },
  async (point, mails, repeats) => {
    const server = await startSmtp();
    const mailer = createMailer({ smtpUrl: server.url, mailDir: "/nowhere", from: "Parley <parley@example.org>" });
    const runs = sized(10, 500);
    const counts: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const subscriberId = await buildSubscriber(db());
      const life = mortal(db());
      let died = () => {};
      const death = new Promise<void>((done) => {
        died = done;
      });
      server.watch((step) => {
        if (step !== point) return "go on";
        life.die();
        died();
        return point === "after 250" ? "go on" : "hang";
      });
      const first = digest({ subscriberId, day }, { ...context({ mailer }), db: life.db });
      first.catch(() => {});
      await (point === "after the record" ? first : death);
      server.drop();
      server.watch(() => "go on");

      // Those who come after look twice, ten minutes apart: what they find to do they do.
      for (const later of [700, 1_400, 2_100]) {
        const job = context({ mailer, at: secondsOn(later) });
        await reconcile({}, job);
        for (const data of sentTo(job, "digest").filter((one) => one.subscriberId === subscriberId))
          await digest(data, job);
      }
      const stored = await digestOf(db(), subscriberId, day);
      expect(stored?.status).toBe("sent");
      expect(stored?.repeats).toBe(repeats);
      // Those who are done are not looked at again by the runs after.
      await unsubscribe(db(), subscriberId, noon);
      counts.push(server.accepted.filter((id) => id === stored?.messageId).length);
    }
    const doubled = counts.filter((count) => count > 1).length;
    figure(
      `digest, sender gone ${point}, ${runs} runs`,
      `${counts.filter((count) => count === 0).length} lost, ${doubled} twice${repeats > 0 ? " (the ambiguous class, each listed)" : ""}, none more often`,
    );
    expect(new Set(counts)).toEqual(new Set([mails]));
  },
);
