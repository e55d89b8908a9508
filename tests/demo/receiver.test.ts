import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { type Receiver, startReceiver } from "../../src/demo/receiver.ts";

const secret = `whsec_${Buffer.from("a secret for the tests of Parley").toString("base64")}`;
const body = JSON.stringify({ type: "alert", summary: "新的对话 — new talks" });

const running: Receiver[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((receiver) => receiver.close()));
});

async function receive(): Promise<Receiver> {
  const receiver = await startReceiver({ secret });
  running.push(receiver);
  return receiver;
}

/** Headers as the official library signs them, at this moment because it refuses old ones. */
function signed(payload: string, id = "alert-1", at = new Date(), key = secret): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign(id, at, payload),
  };
}

const send = (url: string, payload: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(url, { method: "POST", body: payload, headers });

test("a webhook that the official library signed is kept with its id, time, bytes and meaning", async () => {
  const receiver = await receive();
  const headers = signed(body);
  expect((await send(receiver.url, body, headers)).status).toBe(204);
  expect(receiver.received).toEqual([
    {
      id: "alert-1",
      signedAt: new Date(Number(headers["webhook-timestamp"]) * 1000),
      body,
      payload: { type: "alert", summary: "新的对话 — new talks" },
    },
  ]);
});

test("one of two signatures is enough, as when a secret is being changed", async () => {
  const receiver = await receive();
  const other = `whsec_${Buffer.from("another secret").toString("base64")}`;
  const headers = signed(body);
  const signatures = `${signed(body, "alert-1", new Date(), other)["webhook-signature"]} ${headers["webhook-signature"]}`;
  expect((await send(receiver.url, body, { ...headers, "webhook-signature": signatures })).status).toBe(204);
});

describe("a webhook is refused and not kept", () => {
  const longAgo = new Date(Date.now() - 3_600_000);
  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number]>([
    ["with one byte changed", body.replace("new", "now"), signed(body), 401],
    ["with another id", body, { ...signed(body), "webhook-id": "alert-2" }, 401],
    ["without headers", body, {}, 401],
    ["with a signature of another secret", body, signed(body, "alert-1", new Date(), `whsec_${btoa("another")}`), 401],
    ["signed an hour ago", body, signed(body, "alert-1", longAgo), 401],
    ["that is no JSON", "{", signed("{"), 400],
    ["that is no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), signed('"\ufffd"'), 400],
    ["of more than a megabyte", "x".repeat(1_100_000), signed("x"), 413],
  ])("%s", async (_, payload, headers, status) => {
    const receiver = await receive();
    expect((await send(receiver.url, payload, headers)).status).toBe(status);
    expect(receiver.received).toEqual([]);
  });
});

test("only the hook takes webhooks, and only by POST", async () => {
  const { url } = await receive();
  expect((await fetch(url)).status).toBe(405);
  expect((await send(url.replace("/hook", "/"), body, signed(body))).status).toBe(404);
});

test.each(["", "whsec_", "whsec_***"])("the secret %j is refused with the remedy", async (bad) => {
  await expect(startReceiver({ secret: bad })).rejects.toMatchObject({ code: "bad-setting" });
});
