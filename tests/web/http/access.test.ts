import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { makeToken, revokeTokens } from "../../../src/db/analysts/tokens.ts";
import { isLoopback } from "../../../src/web/http/access.ts";
import { script, stylesheet } from "../../../src/web/http/assets.ts";
import { startWeb } from "../../../src/web/http/server.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { openWeb } from "../open-web.ts";

const db = useDatabase();
const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

describe("where more than this machine can reach the server", () => {
  const web = () => openWeb(db(), { access: "token" });

  test.each(["/", "/statements", "/api/v1/statements", "/developments.atom", "/metrics", stylesheet.path, "/nothing"])(
    "%s needs a token and says how to send one",
    async (path) => {
      const response = await web().get(path);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain("Basic");
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining("Bearer TOKEN") });
    },
  );

  test("a token opens it, as Bearer and as a password", async () => {
    const token = await makeToken(db(), "desk", "reader", noon, hoursOn(1));
    expect((await web().get("/", { Authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await web().get("/", basic("anyone", token))).status).toBe(200);
    expect((await web().get("/", { Authorization: `bearer ${token}` })).status).toBe(200);
  });

  test("a wrong, expired or revoked token opens nothing", async () => {
    const expired = await makeToken(db(), "old", "admin", hoursOn(-2), hoursOn(-1));
    const revoked = await makeToken(db(), "gone", "admin", hoursOn(-2), null);
    await revokeTokens(db(), "gone", hoursOn(-1));
    for (const token of [expired, revoked, "parley_wrong", "\u00e9"]) {
      expect((await web().get("/", basic("", token))).status).toBe(401);
    }
    expect((await web().get("/", { Authorization: "Basic !!!" })).status).toBe(401);
    expect((await web().get("/", { Authorization: "Bearer" })).status).toBe(401);
  });

  test("a token in the address is not one", async () => {
    const token = await makeToken(db(), "link", "reader", noon, null);
    expect((await web().get(`/?token=${token}`)).status).toBe(401);
  });

  test("only health is told without one", async () => {
    expect(await (await web().get("/healthz")).text()).toBe("ok");
    expect(await (await web().get("/readyz")).text()).toBe("ok");
  });
});

describe("a flood without a token", () => {
  test("asks the database of itself once a second", async () => {
    const asked = vi.spyOn(db(), "execute");
    try {
      let at = noon.getTime();
      const { get } = openWeb(db(), { access: "token", now: () => new Date(at) });
      const flood = () => Promise.all(Array.from({ length: 50 }, async () => (await get("/readyz")).status));
      expect(new Set(await flood())).toEqual(new Set([200]));
      expect(asked).toHaveBeenCalledTimes(1);
      at += 1_000;
      await flood();
      expect(asked).toHaveBeenCalledTimes(2);
    } finally {
      asked.mockRestore();
    }
  });

  test("looks up two wrong tokens at a time, and one known to be good beside them", async () => {
    const token = await makeToken(db(), "beside", "reader", noon, null);
    const { get } = openWeb(db(), { access: "token" });
    const ask = async (one: string) => (await get("/nothing", { Authorization: `Bearer ${one}` })).status;
    expect(await ask(token)).toBe(404);
    const waiting = async () => {
      const [row] = await db().execute<{ count: number }>(
        sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return row?.count ?? 0;
    };
    const answers: Promise<number>[] = [];
    await db().transaction(async (tx) => {
      await tx.execute(sql`lock table tokens in access exclusive mode`);
      for (let at = 0; at < 50; at += 1) answers.push(ask(`parley_${at}`));
      while ((await waiting()) < 2) await new Promise((done) => setTimeout(done, 10));
      answers.push(ask(token));
      while ((await waiting()) < 3) await new Promise((done) => setTimeout(done, 10));
      await new Promise((done) => setTimeout(done, 100));
      expect(await waiting()).toBe(3);
    });
    const [last, ...others] = (await Promise.all(answers)).reverse();
    expect([last, new Set(others)]).toEqual([404, new Set([401])]);
  });
});

test("on this machine alone, a page whose name was made to point here gets nothing", async () => {
  const { app } = openWeb(db());
  expect((await app.request("http://rebound.example/")).status).toBe(403);
  expect((await app.request("http://127.0.0.1:4750/")).status).toBe(200);
  expect((await app.request("http://[::1]:4750/")).status).toBe(200);
});

test.each([
  ["127.0.0.1", true],
  ["127.9.8.7", true],
  ["localhost", true],
  ["::1", true],
  ["[::1]", true],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.1", false],
  ["parley.example", false],
  ["127.0.0.1.example", false],
])("%s is this machine alone: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe("every answer", () => {
  test.each([
    "/",
    "/statements",
    "/nothing",
    "/api/v1/statements",
    "/api/v1/statements?limit=0",
    "/developments.atom",
    "/healthz",
    stylesheet.path,
    script.path,
  ])("%s forbids everything but the page's own stylesheet and script", async (path) => {
    const { headers } = await openWeb(db()).get(path);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("of a failed page too, which tells nothing of what went wrong but reports it", async () => {
    const reported: unknown[] = [];
    const broken = openWeb(db(), {
      now: () => {
        throw new Error("secret detail");
      },
      report: (error) => reported.push(error),
    });
    const answer = await broken.get("/api/v1/sources");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(reported).toHaveLength(1);
  });
});

test("stylesheet and script may be kept for ever, because their address changes with them", async () => {
  const { page, get } = openWeb(db());
  const { $ } = await page("/");
  expect($("link[rel=stylesheet]").attr("href")).toBe(stylesheet.path);
  expect($("script").attr("src")).toBe(script.path);
  expect((await get(stylesheet.path)).headers.get("cache-control")).toContain("immutable");
});

describe("the server", () => {
  test("listens on a free port and stops", async () => {
    const { app } = openWeb(db());
    const web = await startWeb({ app, port: 0 });
    expect(await (await fetch(`${web.url}/healthz`)).text()).toBe("ok");
    await web.close();
    await expect(fetch(`${web.url}/healthz`)).rejects.toThrow();
  });

  test("says so when its port is in use", async () => {
    const { app } = openWeb(db());
    const first = await startWeb({ app, port: 0 });
    const port = Number(new URL(first.url).port);
    await expect(startWeb({ app, port })).rejects.toMatchObject({
      ...{ name: "Failure", code: "in-use" },
      message: expect.stringContaining(`Port ${port}`),
    });
    await first.close();
  });
});
