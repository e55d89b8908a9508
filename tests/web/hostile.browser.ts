import { load } from "cheerio";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sources } from "../../src/db/schema/catalogue.ts";
import { deliveries } from "../../src/db/schema/delivery.ts";
import { digests } from "../../src/db/schema/subscription.ts";
import { indexDocuments } from "../../src/db/search/document-index.ts";
import { createWeb } from "../../src/web/app.tsx";
import { type RunningWeb, startWeb } from "../../src/web/http/server.ts";
import { digest } from "../../src/workers/digest.ts";
import { match } from "../../src/workers/match.ts";
import { openBrowser } from "../browser/browser.ts";
import { runParley } from "../commands/run-parley.ts";
import { buildCatalogue, buildSource } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { buildEndpoint, buildRule, buildSubscriber } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "./archive.ts";
import { payloads } from "./payloads.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const ids = { documents: [] as number[], statements: [] as number[], developments: [] as number[] };
/** What a page may have shown of a text: browsers fold white space. */
const folded = (text: string) => text.replaceAll(/\s+/g, " ").trim();
const all = new Set(payloads.map(folded));

let browser: Browser;
let web: RunningWeb;

beforeAll(async () => {
  await keepCatalogue(db());
  for (const [index, payload] of payloads.entries()) await keepHostile(payload, index);
  const report = (error: unknown) => {
    throw error;
  };
  const app = createWeb({ db: db(), now: () => noon, version: "0", access: "loopback", publicUrl: null, report });
  [browser, web] = await Promise.all([openBrowser(), startWeb({ app, port: 0 })]);
});

afterAll(async () => {
  await browser?.close();
  await web?.close();
});

/** Keeps a text as the title, byline and quotation of a document, as the name of its source and as a development. */
async function keepHostile(payload: string, index: number): Promise<void> {
  const source = buildSource({ id: `hostile-${index}`, title: payload, titleZh: payload });
  await db()
    .insert(sources)
    .values({ id: source.id, title: payload, actorId: "norland", enabled: true, definition: source, lastPollAt: noon });
  const speaker = { text: payload, start: null, end: null, form: "name", via: "byline" } as const;
  const saidAt = buildDay(index < 50 ? "2026-04-10" : "2026-05-10");
  const kept = await keepDocument(db(), {
    ...{ text: payload, statements: [buildStatement(payload, payload, { actors: [], speaker, saidAt })] },
    ...{ sourceId: source.id, article: { title: payload, byline: payload } },
  });
  const evidence = [{ start: 0, end: payload.length }];
  const detectedAt = hoursOn(-10 - 24 * (index % 3));
  ids.documents.push(kept.documentId);
  ids.statements.push(...kept.statementIds);
  ids.developments.push(await keepDevelopment(db(), kept, { summary: payload, evidence, detectedAt, severity: 4 }));
}

/**
 * Opens pages in a browser that obeys no policy against scripts, so that escaping alone is tried, and gives what ran, was asked for
 * elsewhere, or came out as markup.
 */
async function tryPages(work: (page: Page) => Promise<void>): Promise<readonly string[]> {
  const wrong: string[] = [];
  const browserContext = await browser.newContext({ bypassCSP: true });
  const page = await browserContext.newPage();
  await page.exposeFunction("ran", () => wrong.push(`something ran at ${page.url()}`));
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog at ${page.url()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(data:|about:)/.test(request.url()) && !request.url().startsWith(web.url))
      wrong.push(`asked for ${request.url()}`);
  });
  await work(page);
  await browserContext.close();
  return wrong;
}

/** Asked inside a page: what only a stranger can have put there. */
const STRANGERS = `[...document.querySelectorAll("*")].flatMap((element) => {
  const attributes = [...element.attributes].filter(
    ({ name, value }) => /^on|^srcdoc$/.test(name) || /^\\s*(javascript|vbscript):/i.test(value),
  );
  const named = ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE"].includes(element.tagName);
  const own = element.tagName === "SCRIPT" && element.getAttribute("src")?.startsWith("/assets/");
  return attributes.length > 0 || (named && !own) ? [element.outerHTML.slice(0, 120)] : [];
})`;

const strangers = (page: Page): Promise<readonly string[]> => page.evaluate(STRANGERS);

test("there are a hundred of them, and the browser runs those that are markup where nothing escapes them", async () => {
  expect(new Set(payloads).size).toBe(100);
  const ran = await tryPages(async (page) => {
    await page.setContent(`<title>x</title><p>${payloads.slice(0, 40).join("</p><p>")}</p>`);
    await page.waitForTimeout(300);
  });
  expect(ran.length).toBeGreaterThan(5);
});

test("in pages all of them are shown and none is run", { timeout: 300_000 }, async () => {
  const shown = new Set<string>();
  const marks: string[] = [];
  const wrong = await tryPages(async (page) => {
    const paths = [
      "/",
      "/statements",
      "/developments",
      "/sources",
      "/actors",
      "/topics",
      "/matrix",
      "/about",
      "/queues",
    ];
    for (const id of ids.documents) paths.push(`/documents/${id}`);
    for (const id of ids.statements) paths.push(`/statements/${id}`);
    for (const id of ids.developments) paths.push(`/developments/${id}?lang=zh`);
    for (const path of paths) {
      await page.goto(web.url + path, { waitUntil: "load" });
      marks.push(...(await strangers(page)));
      for (const text of await page.locator("blockquote.said, main h1").allTextContents()) shown.add(folded(text));
    }
  });
  expect([...wrong, ...marks]).toEqual([]);
  expect([...all].filter((payload) => !shown.has(payload))).toEqual([]);
});

test("in lists of documents all of them are shown, as titles and pieces of text, and none is run", {
  timeout: 120_000,
}, async () => {
  await indexDocuments(db(), ids.documents);
  const [titles, pieces] = [new Set<string>(), new Set<string>()];
  const marks: string[] = [];
  const wrong = await tryPages(async (page) => {
    for (let path: string | null = "/documents"; path !== null; ) {
      await page.goto(web.url + path, { waitUntil: "load" });
      marks.push(...(await strangers(page)));
      for (const text of await page.locator("article.document h2").allTextContents()) titles.add(folded(text));
      for (const text of await page.locator("article.document .passage").allTextContents()) pieces.add(folded(text));
      const [next] = await page.locator("a[rel=next]").all();
      path = (await next?.getAttribute("href")) ?? null;
    }
  });
  expect([...wrong, ...marks]).toEqual([]);
  expect([...all].filter((payload) => !titles.has(payload) || !pieces.has(payload))).toEqual([]);
});

test("in digests and alert mails none is run", { timeout: 200_000 }, async () => {
  const subscriberId = await buildSubscriber(db());
  for (const day of ["2026-05-17", "2026-05-18", "2026-05-19"]) await digest({ subscriberId, day }, context());
  const endpointId = await buildEndpoint(db(), { kind: "mail", address: "desk@example.org" });
  await buildRule(db(), { endpointIds: [endpointId], createdAt: hoursOn(-24 * 30) });
  for (const developmentId of ids.developments) await match({ developmentId }, context());
  const mails = (await db().select().from(digests)).map(({ html }) => html ?? "");
  const alerts = (await db().select().from(deliveries)).map(({ body }) => (JSON.parse(body) as { html: string }).html);
  expect(mails.length).toBe(3);
  expect(alerts.length).toBeGreaterThan(9);
  const seen: string[] = [];
  const marks: string[] = [];
  const wrong = await tryPages(async (page) => {
    for (const html of [...mails, ...alerts]) {
      await page.setContent(html, { waitUntil: "load" });
      marks.push(...(await strangers(page)));
      seen.push(folded(await page.locator("body").innerText()));
    }
  });
  expect([...wrong, ...marks]).toEqual([]);
  const text = seen.join("\n");
  expect([...all].filter((payload) => !text.includes(payload))).toEqual([]);
});

test("in feeds all of them are there as text, and a reader that shows an entry as markup runs none", {
  timeout: 200_000,
}, async () => {
  const marks: string[] = [];
  const seen: string[] = [];
  const wrong = await tryPages(async (page) => {
    for (const month of ["2026-04", "2026-05"]) {
      const address = `${web.url}/feeds/statements`;
      const atom = await (await fetch(`${address}.atom?since=${month}&until=${month}`)).text();
      const $ = load(atom, { xml: true });
      const textOf = (selector: string) =>
        $(selector)
          .toArray()
          .map((one) => $(one).text());
      const entries = textOf("title, content, summary, name");
      const json = (await (await fetch(`${address}.json?since=${month}&until=${month}`)).json()) as {
        items: readonly { readonly content_html?: string; readonly content_text?: string }[];
      };
      const shownAsMarkup = [...textOf("[type=html]"), ...json.items.map(({ content_html = "" }) => content_html)];
      seen.push(...entries.map(folded), ...json.items.map(({ content_text = "" }) => folded(content_text)));
      for (const html of shownAsMarkup.filter((one) => one !== "")) {
        await page.setContent(html, { waitUntil: "load" });
        marks.push(...(await strangers(page)));
      }
    }
  });
  expect([...wrong, ...marks]).toEqual([]);
  const text = seen.join("\n");
  expect([...all].filter((payload) => !text.includes(payload))).toEqual([]);
});

test("in CSV none is the beginning of a formula", async () => {
  const { code, out } = await runParley(["export", "--format", "csv"], { DATABASE_URL: db.url() });
  expect(code).toBe(0);
  const cells =
    out
      .replace(/^\uFEFF/, "")
      .match(/"(?:[^"]|"")*"|[^,\n]+/g)
      ?.map((cell) => cell.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"')) ?? [];
  expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  const words = new Set(cells.map((cell) => folded(cell.replace(/^'/, ""))));
  expect([...all].filter((payload) => !words.has(payload))).toEqual([]);
});
