import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, test, vi } from "vitest";
import { answerParts } from "../../../src/web/http/answer-parts.ts";
import { compression } from "../../../src/web/http/compression.ts";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";

let web: RunningWeb | null = null;
afterEach(async () => {
  await web?.close();
  web = null;
});

/** Serves an answer in parts, and counts how often one was over. */
async function serve(parts: () => AsyncGenerator<string>, idleMs = 10_000) {
  const [over, report] = [vi.fn(), vi.fn()];
  const app = new Hono();
  app.use(compression());
  app.get("/", (c) => answerParts(c, parts(), { headers: { "Content-Type": "text/csv" }, over, report, idleMs }));
  app.onError((error, c) => c.text(error.message, 503));
  web = await startWeb({ app, port: 0 });
  return { url: web.url, over, report };
}

const MEGABYTE = "many words, ".repeat(90_000);
async function* endless() {
  for (;;) {
    // As a database does, it lets others go on.
    await new Promise((wake) => setImmediate(wake));
    yield MEGABYTE;
  }
}

/** Asks on a bare connection and reads nothing of the answer. Gives the connection. */
async function askAndWait(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.pause();
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  return socket;
}

describe.each(["gzip", "identity"])("an answer in parts, sent as %s,", (coding) => {
  const ask = (url: string) => fetch(url, { headers: { "Accept-Encoding": coding } });

  test("comes whole, and is over once", async () => {
    const { url, over } = await serve(async function* () {
      yield "one\n";
      yield "双\n";
    });
    const response = await ask(url);
    expect([response.headers.get("content-encoding") ?? "identity", await response.text()]).toEqual([
      coding,
      "one\n双\n",
    ]);
    expect(over).toHaveBeenCalledTimes(1);
  });

  test("whose first part fails is answered like any error", async () => {
    const { url, over, report } = await serve(async function* () {
      yield* [];
      throw new Error("no database");
    });
    const response = await ask(url);
    expect([response.status, await response.text()]).toEqual([503, "no database"]);
    expect([over, report].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  test("of which a later part fails is broken off, so that nobody takes it for the whole", async () => {
    const { url, over, report } = await serve(async function* () {
      yield MEGABYTE;
      throw new Error("the database went away");
    });
    await expect(ask(url).then((response) => response.text())).rejects.toThrow();
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: "the database went away" }));
    await vi.waitFor(() => expect(over).toHaveBeenCalledTimes(1));
  });

  test("is not gone on with when its reader has left", async () => {
    const { url, over } = await serve(endless);
    const asked = get(url, { headers: { "Accept-Encoding": coding } }).on("error", () => {});
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    await once(response, "data");
    expect(over).not.toHaveBeenCalled();
    asked.destroy();
    await vi.waitFor(() => expect(over).toHaveBeenCalledTimes(1));
  });
});

test("a reader who takes nothing has the connection closed", async () => {
  const { url, over, report } = await serve(endless, 200);
  const socket = await askAndWait(url);
  await vi.waitFor(() => expect(over).toHaveBeenCalledTimes(1), { timeout: 5_000 });
  socket.resume();
  let text = "";
  socket.on("data", (bytes) => {
    text = (text + bytes.toString()).slice(-10);
  });
  await once(socket, "close");
  // The piece that ends a whole answer (RFC 9112, 7.1) did not come.
  expect(text.endsWith("\r\n0\r\n\r\n")).toBe(false);
  expect(report).not.toHaveBeenCalled();
});

test("a reader who takes a little again and again is served on", async () => {
  const { url, over } = await serve(async function* () {
    for (let at = 0; at < 8; at += 1) yield `${at}${MEGABYTE}`;
  }, 400);
  const response = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
  let length = 0;
  for await (const bytes of response.body ?? []) {
    length += bytes.length;
    if (length % 7 === 0) await new Promise((wake) => setTimeout(wake, 20));
  }
  expect(length).toBe(8 * (MEGABYTE.length + 1));
  expect(over).toHaveBeenCalledTimes(1);
});

test("a reader who takes a little again and again, so that it would never end, is not", async () => {
  const over = vi.fn();
  const app = new Hono();
  const parts = async function* () {
    for (;;) yield "a line\n";
  };
  app.get("/", (c) => answerParts(c, parts(), { headers: {}, over, report: () => {}, idleMs: 400 }));
  const reader = (await app.request("/")).body?.getReader();
  let taken = 0;
  const takeOn = async () => {
    for (; taken < 100; taken += 1) {
      await reader?.read();
      await new Promise((wake) => setTimeout(wake, 50));
    }
  };
  await expect(takeOn()).rejects.toThrow("too slowly");
  expect(taken).toBeGreaterThan(0);
  await vi.waitFor(() => expect(over).toHaveBeenCalledTimes(1));
});
