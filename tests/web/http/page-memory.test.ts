import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { createPageMemory } from "../../../src/web/http/page-memory.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildDevelopment } from "../../support/rows.ts";
import { keepCatalogue } from "../archive.ts";
import { openWeb } from "../open-web.ts";

/** A small application whose pages say how often any was made; the clock stands until it is moved. */
function counting({ size = 0, status = 200 as 200 | 503 } = {}) {
  const app = new Hono();
  let [at, made] = [noon, 0];
  const memory = createPageMemory(
    3_000,
    () => at,
    (c) => c.req.header("X-Scope") ?? "",
  );
  app.use(memory.middleware);
  app.on(["GET", "POST"], "*", async (c) => {
    made += 1;
    const number = made;
    await new Promise((done) => setImmediate(done));
    if (c.req.path === "/refused") return c.text("refused", 403);
    return c.html(`page ${number}${"x".repeat(size)}`, status);
  });
  return {
    ...memory,
    get: (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }),
    text: async (path: string, headers: Record<string, string> = {}) => (await app.request(path, { headers })).text(),
    post: (path: string) => app.request(path, { method: "POST" }),
    wait: (seconds: number) => {
      at = new Date(at.getTime() + seconds * 1_000);
    },
    made: () => made,
  };
}

describe("a list that was made a moment ago", () => {
  test("is shown again as it was, and says how old it is", async () => {
    const web = counting();
    const first = await web.get("/statements?q=risk");
    expect(first.headers.get("Age")).toBe("0");
    web.wait(2);
    const again = await web.get("/statements?q=risk");
    expect([again.headers.get("Age"), await again.text()]).toEqual(["2", "page 1"]);
  });

  test("is made anew after three seconds", async () => {
    const web = counting();
    await web.get("/");
    web.wait(3);
    expect(await web.text("/")).toBe("page 2");
  });

  test("is kept when a POST is refused or changes no page, and made anew after one that does", async () => {
    const web = counting();
    await web.get("/");
    for (const path of ["/refused", "/mcp", "/api/v1/rules/test", "/unsubscribe/x"]) await web.post(path);
    expect(await web.text("/")).toBe("page 1");
    await web.post("/rules");
    expect(await web.text("/")).not.toBe("page 1");
  });

  test("is made anew when the clock was set back", async () => {
    const web = counting();
    await web.get("/");
    web.wait(-60);
    expect(await web.text("/")).toBe("page 2");
  });

  test("is sent once more only to who has another one", async () => {
    const web = counting();
    const tag = (await web.get("/")).headers.get("ETag") ?? "";
    const same = await web.get("/", { "If-None-Match": `"other", W/${tag}` });
    expect([same.status, await same.text(), same.headers.get("ETag")]).toEqual([304, "", tag]);
    web.wait(3);
    expect((await web.get("/", { "If-None-Match": tag })).status).toBe(200);
  });

  test("is forgotten as soon as somebody changes something", async () => {
    const web = counting();
    await web.get("/");
    await web.post("/rules");
    expect(await web.text("/")).toBe("page 3");
  });
});

test("many who ask for a page at once have it made once", async () => {
  const web = counting();
  const pages = await Promise.all(Array.from({ length: 50 }, () => web.text("/topics")));
  expect([new Set(pages), web.made()]).toEqual([new Set(["page 1"]), 1]);
});

test("what is forgotten while it is being made is not shown to those who ask later", async () => {
  const web = counting();
  const first = web.text("/");
  web.forget();
  expect(await web.text("/")).toBe("page 2");
  expect(await first).toBe("page 1");
  expect(await web.text("/")).toBe("page 2");
});

test.each([
  ["another question", "/statements?q=risk", "/statements?q=trust", {}],
  ["another language of the reader", "/", "/", { "Accept-Language": "zh" }],
  ["another packing", "/", "/", { "Accept-Encoding": "gzip" }],
  ["somebody who may see more", "/", "/", { "X-Scope": "admin" }],
])("%s has its own page", async (_, one, other, headers: Record<string, string>) => {
  const web = counting();
  await web.get(one);
  expect(await web.text(other, headers)).toBe("page 2");
});

test.each([
  "/statements/12",
  "/developments/3",
  "/documents/7",
  "/deliveries",
  "/rules",
  "/api/v1/statements",
  "/feeds/x",
])("%s is made each time", async (path) => {
  const web = counting();
  await web.get(path);
  expect(await web.text(path)).toBe("page 2");
});

test("an answer that failed is not remembered", async () => {
  const web = counting({ status: 503 });
  await Promise.all([web.get("/"), web.get("/")]);
  await web.get("/");
  expect(web.made()).toBe(3);
});

test("no more than sixteen megabytes are remembered, the oldest forgotten first", async () => {
  const web = counting({ size: 1_000_000 });
  for (let page = 0; page < 17; page += 1) await web.get(`/statements?q=${page}`);
  await web.get("/statements?q=16");
  expect(web.made()).toBe(17);
  await web.get("/statements?q=0");
  expect(web.made()).toBe(18);
});

describe("pages of an archive", () => {
  const db = useDatabase();

  test("show what is new at most three seconds late, a development's own page at once", async () => {
    await keepCatalogue(db());
    let at = noon;
    const web = openWeb(db(), { now: () => at, rememberMs: 3_000 });
    const shows = async (path: string) => (await web.page(path)).$("main").text().includes("agreed to meet again");
    expect(await shows("/developments")).toBe(false);
    const { developmentId } = await buildDevelopment(db(), { summary: "The two sides agreed to meet again." });
    expect([await shows(`/developments/${developmentId}`), await shows("/developments")]).toEqual([true, false]);
    at = secondsOn(3);
    expect(await shows("/developments")).toBe(true);
  });
});
