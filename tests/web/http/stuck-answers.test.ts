import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { afterEach, describe, expect, test } from "vitest";
import { compression } from "../../../src/web/http/compression.ts";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";

let web: RunningWeb | null = null;
let socket: Socket | null = null;
afterEach(async () => {
  socket?.destroy();
  await web?.close();
});

const STUCK_MS = 400;
/** Nothing that compression could make small. */
const PIECE = Buffer.concat(Array.from({ length: 2_048 }, (_, at) => createHash("sha256").update(String(at)).digest()));

/** A server with an endless answer, one long one, and one that takes its time; a client that has asked and reads nothing. */
async function asking(path: string, more = "") {
  const state = { isOver: false, pieces: 0 };
  const app = new Hono();
  app.use(compression());
  app.get("/endless", (c) =>
    stream(c, async (out) => {
      c.header("Content-Type", "text/csv");
      try {
        while (!out.aborted && state.pieces < 20_000) {
          await out.write(PIECE);
          state.pieces += 1;
        }
      } finally {
        state.isOver = true;
      }
    }),
  );
  app.get("/long", (c) => c.body(Buffer.alloc(8 * 1_024 * 1_024, "b")));
  app.get("/late", async (c) => {
    await new Promise((done) => setTimeout(done, 4 * STUCK_MS));
    return c.text("late");
  });
  web = await startWeb({ app, port: 0, stuckMs: STUCK_MS });
  const client = connect(Number(new URL(web.url).port), "127.0.0.1");
  socket = client;
  client.on("error", () => {});
  await once(client, "connect");
  client.pause();
  client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`);
  return { client, state };
}

describe("an answer", () => {
  test.each([
    ["as it is", ""],
    ["compressed", "Accept-Encoding: gzip\r\n"],
  ])("whose reader takes nothing of it is ended, and what made it stops, sent %s", async (_, more) => {
    const { state } = await asking("/endless", more);
    await expect.poll(() => state.isOver, { timeout: 20_000 }).toBe(true);
    // Far from its own end: it was stopped.
    expect(state.pieces).toBeLessThan(20_000);
  });

  test("that was made whole is ended too, and its reader sees that it broke off", async () => {
    const { client } = await asking("/long");
    await new Promise((done) => setTimeout(done, 4 * STUCK_MS));
    let received = 0;
    client.on("data", (bytes) => {
      received += bytes.length;
    });
    client.resume();
    await once(client, "close");
    expect(received).toBeLessThan(8 * 1_024 * 1_024);
  });

  test("whose reader is slow comes to its end", async () => {
    const { client } = await asking("/long");
    let received = 0;
    client.on("data", (bytes) => {
      received += bytes.length;
      client.pause();
      setTimeout(() => client.resume(), 10);
    });
    client.resume();
    await expect.poll(() => received, { timeout: 30_000 }).toBeGreaterThan(8 * 1_024 * 1_024);
  });

  test("that takes long to be made is waited for", async () => {
    const { client } = await asking("/late");
    client.resume();
    const [bytes] = await once(client, "data");
    expect(String(bytes)).toContain("200 OK");
  });
});
