import { get } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { createLine } from "../../../src/web/http/line.ts";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";
import { turns } from "../../../src/web/http/turns.ts";

const staying = new AbortController().signal;

describe("a line for two at a time", () => {
  test("lets two through, the others in the order in which they came", async () => {
    const line = createLine(2);
    const through: string[] = [];
    const come = async (name: string) => {
      const end = await line.turn(staying);
      through.push(name);
      return end;
    };
    const [first] = [await come("first"), await come("second")];
    const [third, fourth] = [come("third"), come("fourth")];
    expect([through, line.waiting()]).toEqual([["first", "second"], 2]);
    first?.();
    first?.();
    (await third)?.();
    await fourth;
    expect(through).toEqual(["first", "second", "third", "fourth"]);
  });

  test("gives the turn of whoever has left to the next", async () => {
    const line = createLine(1);
    const end = await line.turn(staying);
    const leaving = new AbortController();
    const [left, next] = [line.turn(leaving.signal), line.turn(staying)];
    leaving.abort();
    expect([await left, line.waiting()]).toEqual([null, 1]);
    end?.();
    expect(await next).not.toBeNull();
    expect(await line.turn(AbortSignal.abort())).toBeNull();
  });
});

let web: RunningWeb | null = null;
afterEach(async () => web?.close());

/** A server that makes one page at a time; a page is finished when the test says so. Gives what came, what was begun and who left. */
async function serving(slowMs = 60_000) {
  const seen: string[] = [];
  const finish = new Map<string, () => void>();
  const app = new Hono();
  app.use(async (c, next) => {
    seen.push(`${c.req.path} came`);
    c.req.raw.signal.addEventListener("abort", () => seen.push(`${c.req.path} left`));
    await next();
  });
  app.use(turns(1, slowMs));
  app.all("*", async (c) => {
    seen.push(`${c.req.path} begun`);
    await new Promise<void>((done) => finish.set(c.req.path, done));
    if (c.req.path === "/broken") throw new Error("broken");
    return c.text("made");
  });
  app.onError((_, c) => c.text("failed", 500));
  web = await startWeb({ app, port: 0 });
  const { url } = web;
  return {
    seen,
    until: async (what: string) => {
      while (!seen.includes(what)) await new Promise((done) => setTimeout(done, 5));
    },
    finish: (path: string) => finish.get(path)?.(),
    ask: (path: string, method = "GET") => fetch(`${url}${path}`, { method }),
    /** Asks, and gives what makes the reader go away. */
    askFor: (path: string) => {
      const request = get(`${url}${path}`, { agent: false });
      request.on("error", () => {});
      return () => request.destroy();
    },
  };
}

describe("a server that makes one page at a time", () => {
  test("does not make a page whose reader has left", async () => {
    const { ask, askFor, until, finish, seen } = await serving();
    const first = ask("/first");
    await until("/first begun");
    const leave = askFor("/left");
    await until("/left came");
    leave();
    await until("/left left");
    const next = ask("/next");
    await until("/next came");
    finish("/first");
    await until("/next begun");
    finish("/next");
    expect([(await first).status, (await next).status]).toEqual([200, 200]);
    expect(seen).not.toContain("/left begun");
  });

  test("makes the next one beside a page that takes long", async () => {
    const { ask, until, finish } = await serving(10);
    const slow = ask("/slow");
    await until("/slow begun");
    const next = ask("/next");
    await until("/next begun");
    finish("/next");
    expect((await next).status).toBe(200);
    finish("/slow");
    expect((await slow).status).toBe(200);
  });

  test("makes the next one when a page fails", async () => {
    const { ask, until, finish } = await serving();
    const broken = ask("/broken");
    await until("/broken begun");
    const next = ask("/next");
    await until("/next came");
    finish("/broken");
    await until("/next begun");
    finish("/next");
    expect([(await broken).status, (await next).status]).toEqual([500, 200]);
  });

  test.each([
    ["what changes something", "/rules", "POST"],
    ["health", "/healthz", "GET"],
    ["news as they come", "/live", "GET"],
    ["style and script", "/assets/1/parley.css", "GET"],
  ])("lets %s go ahead", async (_, path, method) => {
    const { ask, until, finish } = await serving();
    const first = ask("/first");
    await until("/first begun");
    const ahead = ask(path, method);
    await until(`${path} begun`);
    finish(path);
    expect((await ahead).status).toBe(200);
    finish("/first");
    await first;
  });
});
