import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { Webhook as Official } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { checkWebhookUrl, sendWebhook } from "../../src/net/webhook.ts";
import { newSecret, signWebhook } from "../../src/net/webhook-signature.ts";
import { corpus } from "./support/corpora.ts";
import { countConnections, type Loopback, serve, serveRaw } from "./support/loopback.ts";

const secret = newSecret();

/** A delivery to one loopback server; say only what the test is about. */
const deliver = (server: Loopback, over: Partial<Parameters<typeof sendWebhook>[0]> = {}) =>
  sendWebhook({
    url: `${server.url}/hook`,
    id: "msg_1",
    body: '{"type":"alert","words":"今天"}',
    secrets: [secret],
    now: new Date(),
    allowAddresses: [server.host],
    userAgent: "Parley/test (+mailto:desk@parley.example)",
    ...over,
  });

describe("a signature", () => {
  test("is accepted by the official library, with either secret while one is being changed", () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^msg_[A-Za-z0-9]{1,30}$/), (body, id) => {
        const now = new Date();
        const [older, newer] = [newSecret(), newSecret()];
        const headers = {
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
          "webhook-signature": signWebhook({ id, timestamp: now, body, secrets: [older, newer] }),
        };
        for (const one of [older, newer]) new Official(one).verify(body, headers, { jsonParse: false });
        expect(() => new Official(newSecret()).verify(body, headers, { jsonParse: false })).toThrow();
        expect(() => new Official(older).verify(`${body} `, headers, { jsonParse: false })).toThrow();
      }),
    );
  });

  const folder = corpus("standard-webhooks-vectors");
  test.runIf(folder)("equals the published vectors", () => {
    type Vector = { secret: string; id: string; timestamp: number; payload: string; signature: string; expect: string };
    const file = JSON.parse(readFileSync(join(folder ?? "", "vectors.json"), "utf8")) as { vectors: Vector[] };
    for (const vector of file.vectors) {
      const timestamp = new Date(vector.timestamp * 1_000);
      const ours = signWebhook({ id: vector.id, timestamp, body: vector.payload, secrets: [vector.secret] });
      expect(vector.signature.split(" ").includes(ours)).toBe(!vector.expect.startsWith("verify-fail"));
    }
  });

  test.each(["", "whsec_", "whsec_c2hvcnQ=", "not base64 at all !!", `whsec_${"A".repeat(100)}`])(
    "is not made with the secret %j",
    (bad) => {
      const sign = () => signWebhook({ id: "msg_1", timestamp: new Date(0), body: "{}", secrets: [bad] });
      expect(sign).toThrow(expect.objectContaining({ code: "bad-input" }));
    },
  );

  test("needs a secret and an id that cannot be mistaken", () => {
    const sign = (id: string, secrets: string[]) => () =>
      signWebhook({ id, timestamp: new Date(0), body: "{}", secrets });
    expect(sign("msg_1", [])).toThrow(RangeError);
    for (const id of ["", "a.b", "a b", "a\r\nb"]) expect(sign(id, [secret])).toThrow(RangeError);
  });

  test("starts from a new secret each time", () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});

describe("a delivery", () => {
  test("is a POST that the official library verifies", async () => {
    let seen: { method?: string; headers: IncomingHttpHeaders; body: string } | null = null;
    const server = await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen = { method: request.method, headers: request.headers, body };
      response.writeHead(202).end("thank\u0000you");
    });
    const result = await deliver(server);
    expect(result).toMatchObject({ status: 202, answer: "thank you" });
    expect(seen).toMatchObject({
      method: "POST",
      body: '{"type":"alert","words":"今天"}',
      headers: { "content-type": "application/json", "webhook-id": "msg_1" },
    });
    const { headers, body } = seen as unknown as { headers: Record<string, string>; body: string };
    expect(new Official(secret).verify(body, headers)).toEqual({ type: "alert", words: "今天" });
  });

  test.each([
    [200, null],
    [204, null],
    [301, "webhook-refused"],
    [307, "webhook-refused"],
    [400, "webhook-refused"],
    [404, "webhook-refused"],
    [410, "webhook-gone"],
    [429, "webhook-refused"],
    [500, "webhook-refused"],
  ])("answered with %i is %s", async (status, code) => {
    let visits = 0;
    const server = await serve((_request, response) => {
      visits++;
      response.writeHead(status, { Location: "/elsewhere", "Retry-After": "7" }).end();
    });
    if (code === null) expect((await deliver(server)).status).toBe(status);
    else await expect(deliver(server)).rejects.toMatchObject({ code, httpStatus: status });
    expect(visits).toBe(1);
  });

  test("answered with more headers than we take is tried again", async () => {
    const server = await serveRaw((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\nContent-Length: 0\r\n\r\n`);
    });
    await expect(deliver(server)).rejects.toMatchObject({ code: "webhook-refused", remedy: "retry" });
  });

  test("hears how long to wait", async () => {
    const server = await serve((_request, response) => response.writeHead(503, { "Retry-After": "7" }).end("later"));
    await expect(deliver(server)).rejects.toMatchObject({
      retryAfterMs: 7_000,
      message: expect.stringContaining("later"),
    });
  });

  test("keeps 1 KiB of the answer, and does not wait for an answer that never ends", async () => {
    const server = await serve((_request, response) => void response.writeHead(200).write("y".repeat(5_000)));
    const startedAt = performance.now();
    expect((await deliver(server)).answer).toBe("y".repeat(1_024));
    const slow = await serve((_request, response) => void response.writeHead(200).write("ok"));
    expect(await deliver(slow)).toMatchObject({ status: 200, answer: "ok" });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test("to an endpoint that says nothing ends when its time is over", async () => {
    const server = await serveRaw(() => {});
    const startedAt = performance.now();
    await expect(deliver(server, { timeoutMs: 400 })).rejects.toMatchObject({ code: "net-timeout", remedy: "retry" });
    expect(performance.now() - startedAt).toBeLessThan(1_400);
  });

  test("opens no connection into the network, by address or by name, and tells no path", async () => {
    const inside = await countConnections();
    const server = await serve((_request, response) => response.end());
    for (const url of [
      `http://127.0.0.1:${inside.port}/s3cret`,
      `https://[::1]:${inside.port}/s3cret`,
      "https://10.0.0.1/s3cret",
    ]) {
      await expect(deliver(server, { url })).rejects.toMatchObject({
        code: "net-forbidden",
        message: expect.not.stringContaining("s3cret"),
      });
    }
    const named = deliver(server, {
      url: "https://example.com/s3cret",
      lookup: (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
    });
    await expect(named).rejects.toMatchObject({
      code: "net-forbidden",
      message: expect.not.stringContaining("s3cret"),
    });
    expect(inside.seen()).toBe(0);
  });
});

describe("an address for webhooks", () => {
  test.each([
    "http://example.com/hook",
    "https://127.0.0.1/hook",
    "https://localhost/hook",
    "https://example.com:8443/hook",
    "https://me:pass@example.com/hook",
    "ftp://example.com/hook",
    "//example.com/hook",
    "example.com",
    "",
  ])("%s is refused at entry", (url) => {
    expect(() => checkWebhookUrl(url, [])).toThrow(expect.objectContaining({ code: "bad-input" }));
  });

  test("is https, or allowed by the operator", () => {
    expect(() => checkWebhookUrl("https://example.com/hook", [])).not.toThrow();
    expect(() => checkWebhookUrl("http://127.0.0.1:9999/hook", ["127.0.0.1:9999"])).not.toThrow();
  });
});
