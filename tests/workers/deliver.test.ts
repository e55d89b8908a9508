import { readdir, readFile } from "node:fs/promises";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, test } from "vitest";
import { claimDelivery } from "../../src/db/alerts/deliveries.ts";
import { disableEndpoint } from "../../src/db/alerts/endpoints.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { deliveries, deliveryAttempts, endpoints } from "../../src/db/schema/delivery.ts";
import { createMailer } from "../../src/net/mail.ts";
import { deliver } from "../../src/workers/deliver.ts";
import { serve } from "../net/support/loopback.ts";
import { refusing, smtp } from "../net/support/smtp.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildDelivery, buildEndpoint, webhookSecret } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

type Call = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** Starts an endpoint that notes its calls and answers as it is told. */
async function receiver(answer: (response: ServerResponse) => void) {
  const calls: Call[] = [];
  const server = await serve((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      calls.push({ headers: request.headers, body });
      answer(response);
    });
  });
  return { server, calls };
}

async function delivery(id: string) {
  const [row] = await db().select().from(deliveries).where(eq(deliveries.id, id));
  return row;
}

function attemptsAt(id: string) {
  return db()
    .select({ httpStatus: deliveryAttempts.httpStatus, failureCode: deliveryAttempts.failureCode })
    .from(deliveryAttempts)
    .where(eq(deliveryAttempts.deliveryId, id))
    .orderBy(asc(deliveryAttempts.id));
}

describe("a delivery to a webhook", () => {
  test("arrives once, signed as Standard Webhooks says; a second run sends nothing", async () => {
    const { server, calls } = await receiver((response) => response.writeHead(204).end());
    const body = '{"type":"development.new","text":"对话 😀"}';
    const deliveryId = await buildDelivery(db(), {
      endpointId: await buildEndpoint(db(), { address: `${server.url}/hook` }),
      body,
    });
    // The library compares the signed time with its own clock.
    const at = new Date();
    const job = context({ servers: [server], at });
    expect(await deliver({ deliveryId }, job)).toMatchObject({ delivered: true });
    expect(calls[0]?.headers["webhook-id"]).toBe(deliveryId);
    const headers = calls[0]?.headers as Record<string, string>;
    expect(new Webhook(webhookSecret).verify(calls[0]?.body ?? "", headers)).toEqual(JSON.parse(body));
    expect(calls[0]?.body).toBe(body);
    expect(await delivery(deliveryId)).toMatchObject({ status: "delivered", attempts: 1, deliveredAt: at });
    expect(await deliver({ deliveryId }, context({ servers: [server], at }))).toEqual({ skipped: true });
    expect(calls).toHaveLength(1);
  });

  test("that two workers take at once is sent once", async () => {
    const { server, calls } = await receiver((response) => response.writeHead(204).end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    const outcomes = await Promise.all([0, 1, 2].map(() => deliver({ deliveryId }, context({ servers: [server] }))));
    expect(calls).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.skipped)).toHaveLength(2);
    expect(await delivery(deliveryId)).toMatchObject({ status: "delivered", attempts: 1 });
  });

  test("whose worker died while sending is due again when its lease ends", async () => {
    const { server, calls } = await receiver((response) => response.writeHead(204).end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    expect(await claimDelivery(db(), deliveryId, noon, 300_000)).toBe(true);
    expect(await claimDelivery(db(), deliveryId, secondsOn(299), 300_000)).toBe(false);
    await deliver({ deliveryId }, context({ servers: [server], at: secondsOn(300) }));
    expect(calls).toHaveLength(1);
  });

  test("that is refused comes back at its times, with the same id and bytes, each attempt recorded", async () => {
    let status = 500;
    const { server, calls } = await receiver((response) => response.writeHead(status).end("come again"));
    const endpointId = await buildEndpoint(db(), { address: server.url });
    const deliveryId = await buildDelivery(db(), { endpointId });
    const first = context({ servers: [server] });
    expect(await deliver({ deliveryId }, first)).toEqual({ delivered: false, code: "webhook-refused" });
    expect(first.sent).toEqual([{ stage: "deliver", data: { deliveryId }, at: secondsOn(5) }]);
    expect(await deliver({ deliveryId }, context({ servers: [server], at: secondsOn(4) }))).toEqual({ skipped: true });
    const second = context({ servers: [server], at: secondsOn(5) });
    await deliver({ deliveryId }, second);
    expect(second.sent).toEqual([{ stage: "deliver", data: { deliveryId }, at: secondsOn(305) }]);
    status = 200;
    await deliver({ deliveryId }, context({ servers: [server], at: secondsOn(305) }));
    expect(await delivery(deliveryId)).toMatchObject({ status: "delivered", attempts: 3 });
    expect(await attemptsAt(deliveryId)).toEqual([
      { httpStatus: 500, failureCode: "webhook-refused" },
      { httpStatus: 500, failureCode: "webhook-refused" },
      { httpStatus: 200, failureCode: null },
    ]);
    expect(new Set(calls.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  });

  test("waits for as long as the endpoint asks", async () => {
    const { server } = await receiver((response) => response.writeHead(429, { "retry-after": "120" }).end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    await deliver({ deliveryId }, context({ servers: [server] }));
    expect(await delivery(deliveryId)).toMatchObject({ status: "pending", nextAttemptAt: secondsOn(120) });
  });

  test("is given up after ten attempts", async () => {
    const { server } = await receiver((response) => response.writeHead(500).end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    let at = noon;
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const job = context({ servers: [server], at });
      expect(await deliver({ deliveryId }, job)).toMatchObject({ delivered: false });
      at = job.sent[0]?.at ?? at;
    }
    expect(await delivery(deliveryId)).toMatchObject({ status: "failed", attempts: 10, nextAttemptAt: null });
    expect(await deliver({ deliveryId }, context({ servers: [server], at }))).toEqual({ skipped: true });
  });

  test("that is answered 410 switches the endpoint off, and nothing more is sent there", async () => {
    const { server, calls } = await receiver((response) => response.writeHead(410).end());
    const endpointId = await buildEndpoint(db(), { address: server.url });
    const [one, other] = [await buildDelivery(db(), { endpointId }), await buildDelivery(db(), { endpointId })];
    expect(await deliver({ deliveryId: one }, context({ servers: [server] }))).toMatchObject({ code: "webhook-gone" });
    const [endpoint] = await db().select().from(endpoints).where(eq(endpoints.id, endpointId));
    expect(endpoint).toMatchObject({ enabled: false, disabledBecause: expect.stringContaining("410") });
    await deliver({ deliveryId: other }, context({ servers: [server] }));
    expect(calls).toHaveLength(1);
    for (const id of [one, other]) expect(await delivery(id)).toMatchObject({ status: "failed" });
    expect(await attemptsAt(other)).toEqual([{ httpStatus: null, failureCode: "endpoint-off" }]);
  });

  test("does not follow a redirect", async () => {
    const { server, calls } = await receiver((response) => response.writeHead(307, { location: "/elsewhere" }).end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    expect(await deliver({ deliveryId }, context({ servers: [server] }))).toMatchObject({ code: "webhook-refused" });
    expect(calls).toHaveLength(1);
  });

  test("inside our own network is never made", async () => {
    const { server, calls } = await receiver((response) => response.end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    expect(await deliver({ deliveryId }, context())).toMatchObject({ delivered: false, code: "net-forbidden" });
    expect(calls).toEqual([]);
  });

  test("whose secret another key sealed says so and is not sent unsigned", async () => {
    const { server, calls } = await receiver((response) => response.end());
    const deliveryId = await buildDelivery(db(), { endpointId: await buildEndpoint(db(), { address: server.url }) });
    const job = context({ servers: [server], secretKey: Buffer.alloc(32, 1) });
    expect(await deliver({ deliveryId }, job)).toMatchObject({ code: "bad-setting" });
    expect(calls).toEqual([]);
  });
});

describe("a delivery to a mail address", () => {
  const mail = JSON.stringify({
    subject: "Parley: they will talk",
    text: "They will talk.",
    html: "<p>They will talk.</p>",
  });

  test("is one mail with an id that says which delivery it is", async () => {
    const endpointId = await buildEndpoint(db(), { kind: "mail", address: "desk@desk.example" });
    const deliveryId = await buildDelivery(db(), { endpointId, body: mail });
    const job = context();
    expect(await deliver({ deliveryId }, job)).toMatchObject({ delivered: true });
    expect(await deliver({ deliveryId }, job)).toEqual({ skipped: true });
    const texts = await Promise.all(
      (await readdir(job.mailDir)).map((name) => readFile(join(job.mailDir, name), "utf8")),
    );
    expect(texts.filter((text) => text.includes(`Message-ID: <${deliveryId}@parley>`))).toHaveLength(1);
  });

  test("waits while the mail server does not let us in, and the address is not held to fail for it", async () => {
    const server = await smtp({ authOptional: false, onAuth: (_auth, _session, done) => done(refusing(535)) });
    const smtpUrl = server.url.replace("smtp://", "smtp://me:wrong@");
    const mailer = createMailer({ smtpUrl, mailDir: "/nowhere", from: "Parley <parley@example.org>" });
    const endpointId = await buildEndpoint(db(), { kind: "mail", address: "patient@desk.example" });
    const deliveryId = await buildDelivery(db(), { endpointId, body: mail });
    expect(await deliver({ deliveryId }, context({ mailer }))).toEqual({ delivered: false, code: "mail-denied" });
    expect(await delivery(deliveryId)).toMatchObject({ status: "pending", nextAttemptAt: secondsOn(5) });
    const [endpoint] = await db().select().from(endpoints).where(eq(endpoints.id, endpointId));
    expect(endpoint).toMatchObject({ enabled: true, failingSince: null });
  });

  test("to an endpoint that was switched off meanwhile is not sent", async () => {
    const endpointId = await buildEndpoint(db(), { kind: "mail", address: "off@desk.example" });
    const deliveryId = await buildDelivery(db(), { endpointId, body: mail });
    await disableEndpoint(db(), endpointId, "the desk has moved");
    expect(await deliver({ deliveryId }, context())).toMatchObject({ delivered: false });
    expect(await delivery(deliveryId)).toMatchObject({ status: "failed" });
  });
});
