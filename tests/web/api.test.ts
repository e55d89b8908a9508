import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { useDatabase } from "../support/database.ts";
import { secondsOn } from "../support/moments.ts";
import { keepCatalogue, keepDevelopment, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const web = () => openWeb(db());
const SAID = 25;
const ids = { statement: 0, document: 0, development: 0 };

beforeAll(async () => {
  await keepCatalogue(db());
  const actors = [{ actorId: "ada-example", method: "exact" as const, confidence: 1 }];
  for (let index = 1; index <= SAID; index += 1) {
    const place = await keepWords(db(), `Sentence ${index} about talks.`, { actors, day: "2024-06-01" });
    ids.statement = place.id;
    ids.document = place.documentId;
    ids.development = await keepDevelopment(db(), place, {
      summary: `Development ${index}`,
      detectedAt: secondsOn(-index * 60),
      severity: index % 2 === 0 ? 4 : 2,
      status: index % 5 === 0 ? "background" : "new",
    });
  }
});

describe("statements", () => {
  test("have a stable shape with speaker, office on the day, document and links", async () => {
    const { body } = await web().json(`/api/v1/statements/${ids.statement}`);
    expect(body).toMatchObject({
      id: ids.statement,
      words: "Sentence 25 about talks.",
      kind: "direct",
      act: "speech",
      lang: "en",
      speaker: {
        text: "the spokesperson",
        actorIds: ["ada-example"],
        actors: [
          {
            name: "Ada Example",
            offices: [
              {
                role: "Deputy spokesperson",
                roleZh: "副发言人",
                body: "norland-ministry",
                bodyName: "Norland Ministry of Talks",
              },
            ],
          },
        ],
      },
      saidAt: { value: "2024-06-01", precision: "day" },
      topics: [{ id: "process.channel" }],
      document: { id: ids.document, version: 1, current: true, source: { id: "norland-briefings" } },
      links: {
        html: `http://localhost/statements/${ids.statement}`,
        self: `http://localhost/api/v1/statements/${ids.statement}`,
        text: `http://localhost/documents/${ids.document}?v=1#s${ids.statement}`,
      },
    });
  });

  test("say where in their words that stands which was looked for", async () => {
    const { body } = await web().json("/api/v1/statements?q=talk&limit=1");
    const [{ words, highlights }] = body.items;
    expect(highlights.map(({ start, end }: { start: number; end: number }) => words.slice(start, end))).toEqual([
      "talks",
    ]);
    expect((await web().json("/api/v1/statements?limit=1")).body.items[0].highlights).toEqual([]);
  });

  test("that nothing meets come with what may have been meant, where the words are a name", async () => {
    const { body } = await web().json("/api/v1/statements?q=channels&since=2024");
    const meant = { q: "topic:process.channel", field: "topic", id: "process.channel", statements: SAID };
    expect(body).toMatchObject({ items: [], suggestions: [meant] });
    expect((await web().json("/api/v1/statements?q=talks&limit=1")).body.suggestions).toEqual([]);
  });

  test("come in pages that together are the whole, each once", async () => {
    const seen: number[] = [];
    let next = "";
    do {
      const { body } = await web().json(`/api/v1/statements?q=talks&limit=7${next ? `&cursor=${next}` : ""}`);
      seen.push(...body.items.map(({ id }: { id: number }) => id));
      next = body.next;
    } while (next);
    expect(seen).toHaveLength(SAID);
    expect(new Set(seen).size).toBe(SAID);
  });

  test("link to the public address where there is one", async () => {
    const { body } = await openWeb(db(), { publicUrl: "https://parley.example/" }).json("/api/v1/statements?limit=1");
    expect(body.items[0].links.self).toMatch(/^https:\/\/parley\.example\/api\/v1\/statements\/\d+$/);
  });
});

describe("developments", () => {
  test("come latest first in pages that together are the whole", async () => {
    const seen: string[] = [];
    let next = "";
    do {
      const { body } = await web().json(`/api/v1/developments?limit=4${next ? `&cursor=${next}` : ""}`);
      seen.push(...body.items.map(({ summary }: { summary: string }) => summary));
      next = body.next;
    } while (next);
    expect(seen).toEqual(Array.from({ length: SAID }, (_, index) => `Development ${index + 1}`));
  });

  test.each([
    ["severity=4", 12],
    ["status=background", 5],
    ["type=document.silent-edit", 0],
    ["actor=norland&severity=4&status=new", 10],
    ["topic=process", 25],
    ["topic=frontier", 0],
    ["since=2026-05-19", 25],
    ["since=2026-05-20", 0],
    ["until=2026-05-19T11:50Z", 15],
  ])("%s narrows them", async (query, count) => {
    const { body } = await web().json(`/api/v1/developments?limit=200&${query}`);
    expect(body.items).toHaveLength(count);
  });

  test("say what shows them", async () => {
    const { body } = await web().json(`/api/v1/developments/${ids.development}`);
    expect(body).toMatchObject({ type: { id: "talks.announced" }, severity: 2, edited: false });
    expect(body.evidence[0].document).toMatchObject({ id: ids.document, version: 1 });
  });
});

test("a document has its text, its statements with exact spans, and the captures behind its versions", async () => {
  const { body } = await web().json(`/api/v1/documents/${ids.document}`);
  const [statement] = body.version.statements;
  const [span] = statement.content;
  expect(body.version.text.slice(span.start, span.end)).toBe(statement.words);
  expect(body.versions[0].capture.bodySha256).toMatch(/^[0-9a-f]{64}$/);
});

test("sources say how watching them goes", async () => {
  const { body } = await web().json("/api/v1/sources");
  expect(body.coverage).toMatchObject({ watched: 2, reached: 1, late: [{ id: "southmark-news" }] });
  expect(body.items.find(({ id }: { id: string }) => id === "southmark-news")).toMatchObject({ failuresInRow: 5 });
});

describe("a request that cannot be understood", () => {
  test.each([
    ["/api/v1/statements?limit=0", "limit", /1 to 200/],
    ["/api/v1/statements?limit=201", "limit", /1 to 200/],
    ["/api/v1/statements?limit=ten", "limit", /1 to 200/],
    ["/api/v1/statements?kind=spoken", "kind", /direct, mixed or indirect/],
    ["/api/v1/statements?since=yesterday", "since", /2026-05-19/],
    ["/api/v1/statements?actor=nobody", "actor", /No actor is called "nobody"/],
    ["/api/v1/statements?topic=weather", "topic", /No topic is called/],
    ["/api/v1/statements?source=nowhere", "source", /No source is called/],
    ["/api/v1/statements?actr=norland", "actr", /no such parameter/],
    ["/api/v1/statements?actor=norland&actor=southmark", "actor", /commas/],
    ["/api/v1/statements?cursor=xyz", "cursor", /next/],
    ["/api/v1/statements?q=%22open", "q", /never closed/],
    ["/api/v1/statements?q=a%00b", "q", /control character/],
    ["/api/v1/statements?actor=a%00b", "actor", /control character/],
    ["/api/v1/developments?severity=9", "severity", /1 to 5/],
    ["/api/v1/developments?status=old", "status", /new or background/],
    ["/api/v1/developments?type=talks.nothing", "type", /No development type/],
    ["/api/v1/developments?cursor=", null, null],
  ])("%s is answered with a problem that names the parameter", async (path, parameter, message) => {
    const { status, headers, body } = await web().json(path);
    if (parameter === null) return expect(status).toBe(200);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({
      status: 400,
      errors: [{ parameter, message: expect.stringMatching(message as RegExp) }],
    });
  });

  test.each([
    "/api/v1/statements/0",
    "/api/v1/statements/x",
    "/api/v1/statements/99999999999999999999",
    "/api/v1/developments/999999",
    "/api/v1/documents/999999",
    "/api/v1/nothing",
    "/api/v2",
  ])("%s is not found, as a problem", async (path) => {
    const { status, headers, body } = await web().json(path);
    expect(status).toBe(404);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body.detail).toContain("There is no");
  });

  test("a version that a document has not is named", async () => {
    const { status, body } = await web().json(`/api/v1/documents/${ids.document}?v=7`);
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ parameter: "v", message: 'v is "7"; expected a number from 1 to 1.' }]);
  });
});

test("the API describes itself", async () => {
  const { body } = await web().json("/api/v1/openapi.json");
  expect(body.openapi).toBe("3.1.0");
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(["/statements", "/statements/{id}", "/developments", "/documents/{id}", "/sources"]),
  );
  expect(body.paths["/statements"].get.parameters.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining([
      "q",
      "actor",
      "topic",
      "side",
      "kind",
      "lang",
      "source",
      "since",
      "until",
      "limit",
      "cursor",
    ]),
  );
});

test("a question that takes too long is answered with 503 that says so, on a page too", async () => {
  const slow = openDatabase(db.url(), { name: "parley test", maxConnections: 2, longestQueryMs: 200 });
  const reported: unknown[] = [];
  const impatient = openWeb(slow.db, { report: (error) => reported.push(error) });
  try {
    await db().transaction(async (tx) => {
      // Whoever asks now has to wait.
      await tx.execute(sql`lock table statement_index in access exclusive mode`);
      const { status, headers, body } = await impatient.json("/api/v1/statements?q=talks");
      expect([status, headers.get("Content-Type")]).toEqual([503, "application/problem+json; charset=utf-8"]);
      expect(body.detail).toContain("This question took too long");
      const page = await impatient.page("/statements?q=talks");
      expect([page.status, page.$("h1").text()]).toEqual([503, "This question took too long"]);
    });
    expect(reported).toHaveLength(2);
    expect((await impatient.get("/api/v1/statements?q=talks")).status).toBe(200);
  } finally {
    await slow.close();
  }
});
