import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeToken } from "../../src/db/analysts/tokens.ts";
import { indexDocuments } from "../../src/db/search/document-index.ts";
import { developmentColumns } from "../../src/present/development-columns.ts";
import { documentColumns } from "../../src/present/document-columns.ts";
import { statementColumns } from "../../src/present/statement-columns.ts";
import { addDownloads } from "../../src/web/feeds/downloads.ts";
import { type RunningWeb, startWeb } from "../../src/web/http/server.ts";
import { runParley } from "../commands/run-parley.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDevelopment, keepDocument, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";
import { payloads } from "./payloads.ts";

const db = useDatabase();
let server: RunningWeb;

/** More than two pages of statements, on two days. */
const MANY = Array.from({ length: 1_050 }, (_, index) => `Guardrail ${index} was discussed.`);

beforeAll(async () => {
  await keepCatalogue(db());
  const text = MANY.join("\n");
  const statements = MANY.map((words, index) =>
    buildStatement(text, words, { saidAt: buildDay(index % 2 === 0 ? "2026-05-18" : "2026-05-17") }),
  );
  await keepDocument(db(), { text, statements, article: { title: "诺兰例行记者会, “many”" } });
  await keepWords(db(), "双方同意讨论护栏。", { day: "2026-05-19" });
  const documents: number[] = [];
  for (const payload of payloads) {
    const speaker = { text: payload, start: null, end: null, form: "name", via: "byline" } as const;
    const said = buildStatement(payload, payload, { actors: [], speaker, saidAt: null });
    const kept = await keepDocument(db(), {
      ...{ text: payload, statements: [said], sourceId: "southmark-news" },
      article: { title: payload, byline: payload },
    });
    documents.push(kept.documentId);
    await keepDevelopment(db(), kept, { summary: payload, evidence: [{ start: 0, end: payload.length }] });
  }
  await indexDocuments(db(), documents);
  server = await startWeb({ app: openWeb(db()).app, port: 0 });
}, 120_000);
afterAll(() => server?.close());

const take = (path: string, options: RequestInit = {}) => fetch(`${server.url}/feeds/${path}`, options);
const linesIn = async (response: Response) =>
  (await response.text()).split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));

/** Gives the cells of a CSV, as they stand in it without their quotation marks. */
function cellsOf(csv: string): readonly string[] {
  const cells = csv.replace(/^\uFEFF/, "").match(/"(?:[^"]|"")*"|[^,\n]+/g) ?? [];
  return cells.map((cell) => cell.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"'));
}

describe("the statements of a search as a file", () => {
  test.each(["ndjson", "csv"])("are what parley export writes as %s, all pages of them, newest first", async (form) => {
    const { out } = await runParley(["export", "discussed OR 护栏", "--format", form], { DATABASE_URL: db.url() });
    const response = await take(`statements.${form}?q=${encodeURIComponent("discussed OR 护栏")}`);
    const text = Buffer.from(await response.arrayBuffer()).toString();
    expect(text).toBe(out);
    expect(text.trim().split("\n").length).toBe(1_051 + (form === "csv" ? 1 : 0));
  });

  test("are each there once, in the order of the days on which they were said", async () => {
    const rows = await linesIn(await take("statements.ndjson?actor=norland"));
    expect(new Set(rows.map(({ words }) => words)).size).toBe(1_051);
    expect(rows.map(({ said }) => said)).toEqual([...rows.map(({ said }) => said)].sort().reverse());
    expect(rows[0]).toMatchObject({ words: "双方同意讨论护栏。", actors: ["norland"], sides: ["North"] });
  });

  test("come in CSV that Excel reads, under a name with the day", async () => {
    const { headers } = await take("statements.csv?q=护栏");
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="parley-statements-2026-05-19.csv"',
      "parley-most-rows": "100000",
    });
    const bytes = Buffer.from(await (await take("statements.csv?q=护栏")).arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  test("that nothing meets are a head in CSV, and nothing in NDJSON", async () => {
    const [csv, ndjson] = await Promise.all(["csv", "ndjson"].map((form) => take(`statements.${form}?q=nowhere`)));
    expect(await csv?.text()).toBe(`${statementColumns.map(([name]) => name).join(",")}\n`);
    expect([ndjson?.status, await ndjson?.text()]).toEqual([200, ""]);
  });
});

describe("documents and developments of a search as a file", () => {
  test("are all there, more than a page of them, with the piece that shows what was asked for", async () => {
    const documents = await linesIn(await take("documents.ndjson?source=southmark-news"));
    expect(documents.map(({ title }) => title).sort()).toEqual([...payloads].sort());
    const [found] = await linesIn(await take("documents.ndjson?q=noscript"));
    expect(found).toMatchObject({
      source: "southmark-news",
      statements: 1,
      excerpt: expect.stringContaining("noscript"),
    });
    expect(Object.keys(found)).toEqual(documentColumns.map(([name]) => name));
    const developments = await linesIn(await take("developments.ndjson?status=new"));
    expect(developments.map(({ summary }) => summary).sort()).toEqual([...payloads].sort());
    expect(Object.keys(developments[0])).toEqual(developmentColumns.map(([name]) => name));
    expect(developments[0]).toMatchObject({ type: "talks.announced", severity: 4, evidence: 1, actors: ["norland"] });
  });

  test.each([
    ["documents", ["search", "--documents", "source:southmark-news"]],
    ["developments", ["developments", "source:southmark-news"]],
  ])("of %s is what the command writes as CSV", async (noun, command) => {
    const { out } = await runParley([...command, "--limit", "10000", "--format", "csv"], { DATABASE_URL: db.url() });
    const bytes = await (await take(`${noun}.csv?source=southmark-news`)).arrayBuffer();
    expect(Buffer.from(bytes).toString()).toBe(out);
  });
});

test.each(["statements", "documents", "developments"])(
  "of a hundred hostile texts none is the beginning of a formula in the CSV of %s, and all are there",
  async (noun) => {
    const cells = cellsOf(await (await take(`${noun}.csv?source=southmark-news`)).text());
    const texts = new Set(cells.map((cell) => cell.replace(/^'/, "")));
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    expect(payloads.filter((payload) => !texts.has(payload))).toEqual([]);
  },
);

describe("a file of a search", () => {
  test.each(["q=kind:spoken", "q=actor:norlnd", "since=yesterday", "q=(talks"])(
    "is refused for %s as the feed is",
    async (asked) => {
      const answers = ["atom", "csv", "ndjson"].map(async (form) => {
        const response = await take(`statements.${form}?${asked}`);
        const { instance: _, ...problem } = (await response.json()) as Record<string, unknown>;
        return { status: response.status, type: response.headers.get("content-type"), problem };
      });
      const [feed, csv, ndjson] = await Promise.all(answers);
      expect(feed).toMatchObject({ status: 400, type: expect.stringContaining("application/problem+json") });
      expect([csv, ndjson]).toEqual([feed, feed]);
    },
  );

  test("is there under no other name", async () => {
    for (const name of ["statements.xlsx", "sources.csv", "statements.csv.csv"])
      expect([name, (await take(name)).status]).toEqual([name, 404]);
  });

  test("tells who asks with HEAD what would come, and is not made for them", async () => {
    const app = openWeb(db());
    for (let at = 0; at < 6; at += 1) {
      const response = await app.app.request("/feeds/developments.ndjson?q=talks", { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
      expect(response.headers.get("content-type")).toContain("application/x-ndjson");
      expect(response.headers.get("content-disposition")).toContain('"parley-developments-2026-05-19.ndjson"');
    }
    expect((await take("statements.csv?q=kind:spoken", { method: "HEAD" })).status).toBe(400);
  });

  test("has so many of the newest hits at most, and says so", async () => {
    const app = new Hono();
    addDownloads(app, { db: db(), now: () => noon, report: () => {}, mostRows: 700 });
    const response = await app.request("/feeds/statements.ndjson?actor=norland");
    expect(response.headers.get("parley-most-rows")).toBe("700");
    const all = await linesIn(await take("statements.ndjson?actor=norland"));
    expect(await linesIn(response)).toEqual(all.slice(0, 700));
  });

  test("is one of three that are made for this machine at a time, and one whose reader has left makes room", async () => {
    const { get } = openWeb(db());
    const begun = [];
    for (let at = 0; at < 3; at += 1) begun.push(await get("/feeds/statements.csv"));
    const refused = await get("/feeds/documents.ndjson");
    expect([...begun, refused].map(({ status }) => status)).toEqual([200, 200, 200, 503]);
    expect(refused.headers.get("Retry-After")).toBe("10");
    await begun[0]?.body?.cancel();
    await vi.waitFor(async () => {
      const next = await get("/feeds/documents.ndjson");
      expect([next.status, (await linesIn(next)).length]).toEqual([200, 102]);
    });
    // Those that were read to their end make room as well.
    for (const one of begun.slice(1)) await one.text();
    for (let at = 0; at < 3; at += 1) expect((await get("/feeds/statements.csv")).status).toBe(200);
  });

  test("is wanted with a token where others may reach the server, and none of these keeps others from it", async () => {
    const { get } = openWeb(db(), { access: "token" });
    const [one, other] = [
      await makeToken(db(), "one", "reader", noon, null),
      await makeToken(db(), "other", "reader", noon, null),
    ];
    const ask = async (token: string) =>
      (await get("/feeds/statements.csv", { Authorization: `Bearer ${token}` })).status;
    expect((await get("/feeds/statements.csv")).status).toBe(401);
    const asked = [];
    for (const token of [one, one, one, one, other, other]) asked.push(await ask(token));
    expect(asked).toEqual([200, 200, 200, 503, 200, 503]);
  });

  test("whose reader takes nothing for some time is broken off", async () => {
    const app = new Hono();
    addDownloads(app, { db: db(), now: () => noon, report: () => {}, idleMs: 1_000 });
    const readers = [];
    for (let at = 0; at < 3; at += 1) {
      const { body } = await app.request("/feeds/statements.csv?actor=norland");
      readers.push(body?.getReader());
    }
    expect((await app.request("/feeds/statements.csv")).status).toBe(503);
    expect((await readers[0]?.read())?.done).toBe(false);
    const next = async () => (await app.request("/feeds/statements.csv")).status;
    await vi.waitFor(async () => expect(await next()).toBe(200), { timeout: 10_000 });
    await expect(readers[1]?.read()).rejects.toThrow("too slowly");
  });
});

test("docs/api.md names every column of every file, in its order", async () => {
  const text = await readFile(new URL("../../docs/api.md", import.meta.url), "utf8");
  for (const columns of [statementColumns, documentColumns, developmentColumns])
    expect(text.replaceAll(/\s+/g, " ")).toContain(columns.map(([name]) => `\`${name}\``).join(", "));
});
