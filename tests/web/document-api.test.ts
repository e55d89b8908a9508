import { beforeAll, describe, expect, test } from "vitest";
import { indexDocuments, unindexedDocuments } from "../../src/db/search/document-index.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const web = () => openWeb(db());
const PAGES = 25;

beforeAll(async () => {
  await keepCatalogue(db());
  const words = "We will talk.";
  const text = `${"The weather was fine. ".repeat(100)}Then the zeppelin came. “${words}”`;
  const statements = [buildStatement(text, words)];
  await keepDocument(db(), { text, statements, article: { title: "A <b>zeppelin</b> & more", publishedAt: null } });
  for (let page = 1; page <= PAGES; page += 1) {
    const article = { title: `Page ${page}`, publishedAt: buildDay("2025-06-01") };
    await keepDocument(db(), { text: `A page about pages, the ${page}th.`, article, sourceId: "southmark-news" });
  }
  await indexDocuments(db(), await unindexedDocuments(db(), { now: noon }, 100));
});

type Marked = {
  readonly text: string;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
};
const markedOf = ({ text, highlights }: Marked) => highlights.map(({ start, end }) => text.slice(start, end));

describe("documents over the API", () => {
  test("are found by words of their texts, with the piece that shows them and the marked title", async () => {
    const { body } = await web().json("/api/v1/documents?q=zeppelin");
    const [found] = body.items;
    expect(found).toMatchObject({
      ...{ title: "A <b>zeppelin</b> & more", kind: "transcript", lang: "en", publishedAt: null, withdrawnAt: null },
      ...{ version: 1, statements: 1, source: { id: "norland-briefings" } },
      links: { html: `http://localhost/documents/${found.id}`, self: `http://localhost/api/v1/documents/${found.id}` },
    });
    expect(markedOf({ text: found.title, highlights: found.titleHighlights })).toEqual(["zeppelin"]);
    expect(markedOf(found.excerpt)).toEqual(["zeppelin"]);
    expect(found.excerpt.text.length).toBeLessThanOrEqual(400);
    const { body: whole } = await web().json(`/api/v1/documents/${found.id}`);
    expect(whole.version.text.slice(found.excerpt.start)).toMatch(new RegExp(`^${found.excerpt.text.slice(0, 40)}`));
  });

  test("come in pages that together are the whole, each once, in either order", async () => {
    for (const order of ["newest", "relevance"]) {
      const seen: number[] = [];
      let next = "";
      do {
        const { body } = await web().json(
          `/api/v1/documents?q=pages&limit=7&order=${order}${next ? `&cursor=${next}` : ""}`,
        );
        seen.push(...body.items.map(({ id }: { id: number }) => id));
        next = body.next;
      } while (next);
      expect(seen).toHaveLength(PAGES);
      expect(new Set(seen).size).toBe(PAGES);
    }
  });

  test("are all listed without a question, those without a date last", async () => {
    const { body } = await web().json("/api/v1/documents?limit=200");
    expect(body.items).toHaveLength(PAGES + 1);
    expect(body.items.at(-1).title).toContain("zeppelin");
  });

  test("are counted by source, class, language and year", async () => {
    const { body } = await web().json("/api/v1/documents/facets");
    expect(body).toMatchObject({
      ...{ of: PAGES + 1, complete: true },
      by: {
        source: [
          { id: "southmark-news", count: PAGES },
          { id: "norland-briefings", count: 1 },
        ],
        class: [{ id: "ministry-briefing", count: PAGES + 1 }],
        lang: [{ id: "en", count: PAGES + 1 }],
        year: [{ id: "2025", count: PAGES }],
      },
    });
  });

  test("that a client has already are not sent again", async () => {
    const path = "/api/v1/documents?q=zeppelin";
    const etag = (await web().get(path)).headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    expect((await web().get(path, { "if-none-match": etag })).status).toBe(304);
  });

  test.each([
    ["/api/v1/documents?q=(", "q"],
    ["/api/v1/documents?actor=nobody-known", "actor"],
    ["/api/v1/documents?cursor=!", "cursor"],
    ["/api/v1/documents?order=best", "order"],
    ["/api/v1/documents?title=zeppelin", "title"],
    ["/api/v1/documents/facets?severity=9", "severity"],
  ])("%s is refused, and %s named", async (path, parameter) => {
    const { status, headers, body } = await web().json(path);
    expect([status, headers.get("content-type")]).toEqual([400, expect.stringContaining("application/problem+json")]);
    expect(body.errors.map((one: { parameter: string }) => one.parameter)).toEqual([parameter]);
  });
});
