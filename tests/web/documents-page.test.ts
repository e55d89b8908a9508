import { beforeAll, describe, expect, test } from "vitest";
import { indexDocuments, unindexedDocuments } from "../../src/db/search/document-index.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { lookAgain } from "../support/rows.ts";
import { keepCatalogue, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const web = () => openWeb(db());

beforeAll(async () => {
  await keepCatalogue(db());
  const words = "We will talk.";
  const text = `${"The weather was fine. ".repeat(100)}Then the zeppelin came. “${words}”`;
  const article = { title: "Zeppelins over the lake", publishedAt: buildDay("2026-05-19") };
  await keepDocument(db(), { text, statements: [buildStatement(text, words)], article });
  const chinese = { title: "飞艇", lang: "zh" as const, publishedAt: buildDay("2025-01-02") };
  const gone = await keepDocument(db(), { text: "湖上的飞艇来了。", article: chinese, sourceId: "southmark-news" });
  await lookAgain(db(), gone.documentId, "gone");
  for (let page = 1; page <= 31; page += 1) {
    const notes = { title: null, publishedAt: buildDay("2024-03-01") };
    await keepDocument(db(), { text: `A note, the ${page}th.`, article: notes });
  }
  await indexDocuments(db(), await unindexedDocuments(db(), { now: noon }, 100));
});

describe("the search over documents", () => {
  test("shows title and piece of the text with what was looked for marked, and where the document stood", async () => {
    const { $, status } = await web().page("/documents?q=zeppelin");
    expect(status).toBe(200);
    expect($(".count").text()).toBe("1 document");
    expect($("article.document h2 mark").text()).toBe("Zeppelins");
    expect($("article.document .passage mark").text()).toBe("zeppelin");
    expect($("article.document .passage").text()).toMatch(/^… .*Then the zeppelin came\./);
    expect($("article.document .proof").text()).toMatch(/19 May 2026.*Norland, briefings.*1 statement/s);
    expect($("article.document h2 a").attr("href")).toMatch(/^\/documents\/\d+$/);
  });

  test("keeps its state in the address and in the form", async () => {
    const { $ } = await web().page("/documents?q=note&source=norland-briefings&saidIn=en&since=2024&order=relevance");
    expect($('.filters input[name="q"]').attr("value")).toBe("note");
    for (const [name, value] of Object.entries({ source: "norland-briefings", saidIn: "en", order: "relevance" })) {
      expect($(`.filters select[name="${name}"] option[selected]`).attr("value")).toBe(value);
    }
    expect($(".count").text()).toBe("31 documents");
    expect($("details.fold").attr("open")).toBeUndefined();
    expect((await web().page("/documents")).$("details.fold").attr("open")).toBeDefined();
  });

  test("leads to the same search of statements and developments, and from them back", async () => {
    const hrefs = async (path: string) => {
      const { $ } = await web().page(path);
      return $("nav.kinds a")
        .toArray()
        .map((link) => $(link).attr("href"));
    };
    const same = ["/statements", "/documents", "/developments"].map((path) => `${path}?q=talk&since=2026`);
    for (const path of same) expect(await hrefs(`${path}&cursor=`)).toEqual(same);
    expect(await hrefs("/documents?q=talk&order=relevance&lang=zh")).toEqual([
      ...["/statements?q=talk&lang=zh", "/documents?q=talk&lang=zh", "/developments?q=talk&lang=zh"],
    ]);
  });

  test("goes on behind its first page, each document once", async () => {
    const seen: string[] = [];
    let next: string | undefined = "/documents?q=note";
    while (next) {
      const { $ } = await web().page(next);
      for (const link of $("article.document h2 a").toArray()) seen.push($(link).attr("href") ?? "");
      next = $("a[rel=next]").attr("href");
    }
    expect(seen).toHaveLength(31);
    expect(new Set(seen).size).toBe(31);
  });

  test("counts what was found by source, class, language and year, each leading to those that have it", async () => {
    const { $ } = await web().page("/documents");
    expect($(".counts summary").text()).toContain("33 counted");
    const links = $(".counts a")
      .toArray()
      .map((link) => $(link).attr("href"));
    expect(links).toEqual([
      ...["/documents?source=norland-briefings", "/documents?source=southmark-news"],
      ...["/documents?class=ministry-briefing", "/documents?saidIn=en", "/documents?saidIn=zh"],
      ...["/documents?since=2024&until=2024", "/documents?since=2025&until=2025", "/documents?since=2026&until=2026"],
    ]);
    expect((await web().page("/documents?since=2025&until=2025")).$(".count").text()).toBe("1 document");
  });

  test("finds Chinese words and says that a document was withdrawn, in the Chinese interface too", async () => {
    const { $ } = await web().page(`/documents?q=${encodeURIComponent("飞艇")}&lang=zh`);
    expect($("h1").text()).toBe("文件");
    expect($(".count").text()).toBe("1 份文件");
    expect($(".passage mark").text()).toBe("飞艇");
    expect($(".passage").attr("lang")).toBe("zh");
    expect($(".markWithdrawn").text()).toBe("已撤回");
  });

  test("says what was searched where nothing is found", async () => {
    const { $ } = await web().page("/documents?q=unicorn");
    expect($(".empty").text()).toContain("No document meets this search.");
    expect($(".empty").text()).toContain("titles and texts of 33 documents");
    expect($(".empty").text()).toContain("1 of 2 sources answer");
  });

  test("says what is wrong with a question, and keeps what was typed", async () => {
    const { $, status } = await web().page("/documents?q=kind:spoken");
    expect(status).toBe(400);
    expect($("[role=alert]").text()).toContain("direct, mixed or indirect");
    expect($('.filters input[name="q"]').attr("value")).toBe("kind:spoken");
  });
});

test("a search of documents can be followed as a feed, in both forms", async () => {
  const json = (await web().json("/feeds/documents.json?q=zeppelin")).body;
  expect(json).toMatchObject({
    title: "Parley: documents: zeppelin",
    home_page_url: "http://localhost/documents?q=zeppelin",
  });
  expect(json.items).toMatchObject([
    {
      ...{ title: "Zeppelins over the lake", tags: ["norland-briefings"], date_published: "2026-05-19T00:00:00.000Z" },
      content_text: expect.stringContaining("Then the zeppelin came."),
    },
  ]);
  const atom = await (await web().get("/feeds/documents.atom?q=zeppelin")).text();
  expect(atom).toContain("<title>Zeppelins over the lake</title>");
  expect((await web().get("/feeds/documents.atom?q=kind:spoken")).status).toBe(400);
});
