import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";

let web: RunningWeb | null = null;
let socket: Socket | null = null;
afterEach(async () => {
  socket?.destroy();
  await web?.close();
});

/** A server whose answers to /held/… come when the test says so, and one connection to it. Counts what is made. */
async function connected() {
  const made: string[] = [];
  const atOnce = { now: 0, most: 0 };
  const finish: (() => void)[] = [];
  const app = new Hono();
  app.all("*", async (c) => {
    made.push(c.req.path);
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    if (c.req.path.startsWith("/held")) await new Promise<void>((done) => finish.push(done));
    const sent = await c.req.text();
    atOnce.now -= 1;
    return c.text(`[${c.req.path}${sent}]`);
  });
  web = await startWeb({ app, port: 0 });
  const client = connect(Number(new URL(web.url).port), "127.0.0.1");
  socket = client;
  let received = "";
  client.on("data", (bytes) => {
    received += bytes;
  });
  client.on("error", () => {});
  await once(client, "connect");
  const until = async (come: () => boolean) => {
    while (!come()) await new Promise((done) => setTimeout(done, 5));
  };
  return {
    ...{ client, made, atOnce, until },
    finish: () => finish.shift()?.(),
    answers: () => [...received.matchAll(/\[([^\]]+)\]/g)].map(([, path]) => path),
    url: web.url,
  };
}

const request = (path: string, body = "") =>
  `${body ? "POST" : "GET"} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const pathsOf = (count: number) => Array.from({ length: count }, (_, at) => `/${at}`);

describe("requests sent ahead on one connection", () => {
  test("are made one after the other and answered in their order", async () => {
    const { client, answers, atOnce, until } = await connected();
    client.write([request("/first", "with-a-body"), ...pathsOf(9).map((path) => request(path))].join(""));
    await until(() => answers().length === 10);
    expect(answers()).toEqual(["/firstwith-a-body", ...pathsOf(9)]);
    expect(atOnce.most).toBe(1);
    client.write(request("/later"));
    await until(() => answers().length === 11);
  });

  test("close it when there are thousands, and others are answered", async () => {
    const { client, made, url } = await connected();
    const closed = new Promise((done) => client.once("close", done));
    client.write(request("/held").repeat(20_000));
    await closed;
    expect(made).toEqual(["/held"]);
    expect(await (await fetch(`${url}/other`)).text()).toBe("[/other]");
  });

  test("are not made when the client has left", async () => {
    const { client, made, until, finish, url } = await connected();
    client.write([request("/held"), ...pathsOf(9).map((path) => request(path))].join(""));
    await until(() => made.length === 1);
    client.destroy();
    await once(client, "close");
    finish();
    await fetch(`${url}/other`);
    expect(made).toEqual(["/held", "/other"]);
  });
});
