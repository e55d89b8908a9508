import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { makeToken } from "../../../src/db/analysts/tokens.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { fileFailure, retriesDue } from "../../../src/db/collection/stage-failures.ts";
import { openQueues, prepareQueues, type Queues, stages } from "../../../src/queues.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildItem, secretKey } from "../../support/rows.ts";
import { openWeb } from "../open-web.ts";

const db = useDatabase();
const HOSTILE = "<script>alert(1)</script>";
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

function web(says: Parameters<typeof openWeb>[1] = {}, countJobs?: () => Promise<Record<string, number>>) {
  const sent: string[] = [];
  const enqueue = async (stage: string) => void sent.push(stage);
  const acts = {
    enqueue,
    secretKey,
    allowAddresses: [],
    openSubscription: false,
    mailUrl: () => "https://parley.example",
    ...(countJobs ? { countJobs } : {}),
  };
  const opened = openWeb(db(), { acts, ...says });
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    opened.app.request(path, { method: "POST", body: new URLSearchParams(form), headers });
  return { ...opened, post, sent };
}

const park = (stage: string, subject: string) =>
  fileFailure(db(), { stage, subject, code: "reader-crashed", message: HOSTILE, remedy: "park", nextAt: null }, noon);

/** The numbers of a stage's row: active, waiting, later, rows, put aside. */
async function rowOf(stage: string, opened = web()): Promise<readonly string[]> {
  const { $ } = await opened.page("/queues");
  const row = $("tbody tr").filter((_, one) => $(one).find("th").text() === stage);
  return row
    .find("td")
    .toArray()
    .map((cell) => $(cell).clone().children().remove().end().text());
}

describe("the page of queues", () => {
  test("counts the jobs of a real queue and the rows that wait", async () => {
    const place = { databaseUrl: db.url(), redisUrl: null };
    await prepareQueues(place);
    const queues = openQueues(place);
    try {
      await queues.enqueue("fetch", [{ itemId: 1 }, { itemId: 2 }]);
      await queues.enqueue("fetch", { itemId: 3 }, { at: new Date(Date.now() + 3_600_000) });
      await buildItem(db(), { firstSeenAt: hoursOn(-1) });
      const opened = web();
      const counted = web({
        acts: {
          enqueue: queues.enqueue,
          countJobs: queues.counts,
          secretKey,
          allowAddresses: [],
          openSubscription: false,
          mailUrl: () => "https://parley.example",
        },
      });
      expect(await rowOf("fetch", counted)).toEqual(["0", "2", "1", "1", "0"]);
      expect(await rowOf("fetch", opened), "no queue to ask").toEqual(["—", "—", "—", "1", "0"]);
    } finally {
      await queues.close();
    }
  });

  test("says so when the queue does not answer, and shows the rows all the same", async () => {
    const { $ } = await web({}, async () => Promise.reject(new Error("away"))).page("/queues");
    expect($("[role=status]").text()).toContain("does not answer");
    expect($("tbody tr").length).toBeGreaterThan(10);
  });

  test("shows what was put aside with its reason, and has it tried again", async () => {
    await park("read", "7");
    await park("read", "8");
    const opened = web();
    const { $ } = await opened.page("/queues");
    expect($("main").text()).toContain(HOSTILE);
    expect($("main script").length).toBe(0);
    expect((await opened.post("/queues/again", { stage: "read", subject: "7" })).status).toBe(303);
    expect(await retriesDue(db(), noon, 10)).toEqual([{ stage: "read", subject: "7" }]);
    expect(opened.sent).toEqual(["reconcile"]);
    await opened.post("/queues/again", { stage: "read" });
    expect(await retriesDue(db(), noon, 10)).toHaveLength(2);
    expect((await opened.post("/queues/again", { stage: "record", subject: "7" })).status).toBe(303);
    expect((await opened.post("/queues/again", { stage: "nothing" })).status).toBe(400);
  });

  test("is for admins alone, and takes nothing from a page elsewhere", async () => {
    for (const [scope, expected] of [
      ["reader", 403],
      ["editor", 403],
      ["admin", 200],
    ] as const) {
      const token = await makeToken(db(), scope, scope, noon, null);
      const headers = { Authorization: `Bearer ${token}` };
      const opened = web({ access: "token" });
      expect([scope, (await opened.get("/queues", headers)).status]).toEqual([scope, expected]);
      const again = await opened.post("/queues/again", { stage: "read" }, headers);
      expect([scope, again.status]).toEqual([scope, expected === 200 ? 303 : 403]);
    }
    expect((await web().post("/queues/again", { stage: "read" }, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await web({ acts: null }).post("/queues/again", { stage: "read" })).status).toBe(403);
  });
});

describe.each(["redis", "postgres"] as const)("bull-board, with the queues in %s", (backend) => {
  let queues: Queues;
  beforeAll(async () => {
    const redisUrl = backend === "redis" ? inject("redisUrl") : null;
    const place = { databaseUrl: db.url(), redisUrl, prefix: `test-${randomBytes(6).toString("hex")}` };
    await prepareQueues(place);
    queues = openQueues(place);
    await queues.clear();
    await queues.enqueue("fetch", [{ itemId: 101 }, { itemId: 102 }]);
    await queues.enqueue("read", { captureId: 7 }, { at: new Date(Date.now() + 3_600_000) });
  });
  afterAll(async () => {
    await queues?.clear();
    await queues?.close();
  });
  const board = (says: Parameters<typeof openWeb>[1] = {}) => {
    const acts = { enqueue: queues.enqueue, allQueues: queues.all, secretKey, allowAddresses: [] };
    return openWeb(db(), {
      acts: { ...acts, openSubscription: false, mailUrl: () => "https://parley.example" },
      ...says,
    });
  };
  type Told = { queues: { name: string; counts: Record<string, number>; jobs: { id: string; data: unknown }[] }[] };
  const told = async (path: string) => (await (await board().get(`/queues/board${path}`)).json()) as Told;

  test("shows every stage with its jobs", async () => {
    const { queues: all } = await told("/api/queues?activeQueue=fetch&status=latest&page=1&jobsPerPage=10");
    expect(all.map(({ name }) => name)).toEqual(stages);
    const fetch = all.find(({ name }) => name === "fetch");
    expect(fetch?.counts.waiting).toBe(2);
    expect(fetch?.jobs.map(({ data }) => data)).toEqual(expect.arrayContaining([{ itemId: 101 }, { itemId: 102 }]));
    expect(all.find(({ name }) => name === "read")?.counts.delayed).toBe(1);
  });

  test("lets a job go at once, and takes that from no page elsewhere", async () => {
    const { queues: all } = await told("/api/queues?activeQueue=read&status=delayed&page=1&jobsPerPage=10");
    const [job] = all.find(({ name }) => name === "read")?.jobs ?? [];
    const put = (site: string) =>
      board().app.request(`/queues/board/api/queues/read/${job?.id}/promote`, {
        method: "PUT",
        headers: { "Sec-Fetch-Site": site },
      });
    expect((await put("cross-site")).status).toBe(403);
    expect(await queues.counts("read")).toMatchObject({ delayed: 1 });
    expect((await put("same-origin")).status).toBe(204);
    expect(await queues.counts("read")).toMatchObject({ delayed: 0, waiting: 1 });
  });

  test("is a page that names files of this server alone, all of which are there", async () => {
    const answer = await board().get("/queues/board/queue/fetch");
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
    const page = await answer.text();
    expect(page).not.toMatch(/https?:|<style|style=/);
    const files = [...page.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, path]) => path);
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) expect([file, (await board().get(`/queues/board/${file}`)).status]).toEqual([file, 200]);
    for (const outside of ["static/../index.ejs", "static/%2e%2e/index.ejs", "static/%2e%2e%2findex.ejs"])
      expect(await (await board().get(`/queues/board/${outside}`)).text()).not.toContain("<%");
    for (const nothing of ["static/nothing.js", "static/%zz.js", "static/%00.js", "api/queues/poll/%00"])
      expect([nothing, (await board().get(`/queues/board/${nothing}`)).status]).toEqual([nothing, 404]);
  });

  test("is for admins alone", async () => {
    for (const [scope, expected] of [
      ["reader", 403],
      ["editor", 403],
      ["admin", 200],
    ] as const) {
      const token = await makeToken(db(), `${backend} ${scope}`, scope, noon, null);
      const headers = { Authorization: `Bearer ${token}` };
      for (const path of ["/queues/board/", "/queues/board/api/queues", "/queues/board/static/favicon-32x32.png"])
        expect([scope, path, (await board({ access: "token" }).get(path, headers)).status]).toEqual([
          scope,
          path,
          expected,
        ]);
    }
    expect((await board({ access: "token" }).get("/queues/board/")).status).toBe(401);
    expect((await board({ acts: null }).get("/queues/board/")).status).toBe(404);
  });
});
