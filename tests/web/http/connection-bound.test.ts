import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { LOOPBACK } from "../../../src/web/http/connection-bound.ts";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";

let web: RunningWeb | null = null;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await web?.close();
});

const GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/** A server that lets each address have three connections; 127.0.0.2 is told to be a proxy. */
async function bounded(uncounted: readonly string[] = ["127.0.0.2/32"]) {
  const refused: string[] = [];
  const app = new Hono().get("/", (c) => c.text("answered"));
  web = await startWeb({ app, port: 0, mostOfOne: 3, uncounted, onRefused: (address) => refused.push(address) });
  const port = Number(new URL(web.url).port);
  /** Connects, asks, and waits for the answer or the end. */
  const ask = async (localAddress = "127.0.0.1") => {
    const socket = connect({ port, host: "127.0.0.1", localAddress });
    sockets.push(socket);
    socket.on("error", () => {});
    socket.write(GET);
    const [bytes] = await Promise.race([once(socket, "data"), once(socket, "close")]);
    return { socket, answer: bytes instanceof Buffer ? bytes.toString() : null };
  };
  return { ask, refused, port };
}

describe("connections of one address", () => {
  test("beyond the bound are told so and closed, those there were go on, and one that leaves makes room", async () => {
    const { ask, refused } = await bounded();
    const served = [await ask(), await ask(), await ask()];
    expect(served.every(({ answer }) => answer?.endsWith("answered"))).toBe(true);

    const fourth = await ask();
    expect(fourth.answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(fourth.answer).toMatch(/\r\nRetry-After: \d+\r\n/i);
    expect(fourth.answer).toContain("Too many connections from this address");
    if (!fourth.socket.closed) await once(fourth.socket, "close");
    expect(refused).toEqual(["127.0.0.1"]);

    const [first, second] = served;
    second?.socket.write(GET);
    const [again] = await once(second?.socket as Socket, "data");
    expect(String(again)).toContain("200 OK");
    first?.socket.destroy();
    let answer: string | null = null;
    while (!answer?.endsWith("answered")) ({ answer } = await ask());
  });

  test("that come in a flood are closed at once, and one that asks nothing is closed too", async () => {
    const { refused, port } = await bounded();
    const flood = Array.from({ length: 40 }, () => connect(port, "127.0.0.1"));
    sockets.push(...flood);
    let open = flood.length;
    for (const socket of flood) socket.on("error", () => {}).once("close", () => (open -= 1));
    await expect.poll(() => open, { timeout: 5_000 }).toBe(3);
    expect(refused.length).toBe(37);
  });

  test("are not counted where it is that of a proxy", async () => {
    const { ask, refused } = await bounded();
    for (let at = 0; at < 8; at += 1) expect((await ask("127.0.0.2")).answer).toContain("200 OK");
    for (let at = 0; at < 3; at += 1) expect((await ask()).answer).toContain("200 OK");
    expect((await ask()).answer).toContain("503");
    expect(refused).toEqual(["127.0.0.1"]);
  });

  test("are not counted where it is this machine", async () => {
    const { ask } = await bounded(LOOPBACK);
    for (let at = 0; at < 8; at += 1) expect((await ask()).answer).toContain("200 OK");
  });
});
