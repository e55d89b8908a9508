import { randomBytes } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openQueues, prepareQueues, type Queues } from "../../../src/queues.ts";
import { createWeb } from "../../../src/web/app.tsx";
import { type RunningWeb, startWeb } from "../../../src/web/http/server.ts";
import { openBrowser } from "../../browser/browser.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { secretKey } from "../../support/rows.ts";

const db = useDatabase();
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(["redis", "postgres"] as const)("bull-board in a browser, with the queues in %s", (backend) => {
  let queues: Queues;
  let web: RunningWeb;
  beforeAll(async () => {
    const redisUrl = backend === "redis" ? inject("redisUrl") : null;
    const place = { databaseUrl: db.url(), redisUrl, prefix: `test-${randomBytes(6).toString("hex")}` };
    await prepareQueues(place);
    queues = openQueues(place);
    await queues.clear();
    await queues.enqueue("fetch", { itemId: 4_711 });
    const acts = {
      ...{ enqueue: queues.enqueue, allQueues: queues.all, secretKey, allowAddresses: [], openSubscription: false },
      mailUrl: () => "https://parley.example",
    };
    const report = (error: unknown) => {
      throw error;
    };
    const app = createWeb({
      db: db(),
      now: () => noon,
      version: "0",
      access: "loopback",
      publicUrl: null,
      report,
      acts,
    });
    web = await startWeb({ app, port: 0 });
  });
  afterAll(async () => {
    await web?.close();
    await queues?.clear();
    await queues?.close();
  });

  test("shows the jobs under a policy without inline script, and asks no other host", async () => {
    const page = await browser.newPage();
    const strangers: string[] = [];
    const trouble: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(web.url) && !url.startsWith("data:")) strangers.push(url);
    });
    page.on("pageerror", (error) => trouble.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") trouble.push(message.text());
    });
    await page.goto(`${web.url}/queues/board/`, { waitUntil: "networkidle" });
    expect(await page.locator("body").innerText()).toContain("fetch");
    await page.goto(`${web.url}/queues/board/queue/fetch?status=latest`, { waitUntil: "networkidle" });
    expect(await page.locator("body").innerText()).toContain("fetch-4711");
    expect({ strangers, trouble }).toEqual({ strangers: [], trouble: [] });
    await page.close();
  });
});
