import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "cheerio";
import { afterEach, describe, expect, test } from "vitest";
import { inventedPublications } from "../../src/demo/invented-publications.ts";
import { demoFolder } from "./demo-folder.ts";

test("the list and the pages themselves agree on title and time", async () => {
  for (const { title, publishedAt, page, path } of await inventedPublications(demoFolder)) {
    const html = load(page.html);
    const written =
      html('meta[name="PubDate"]').attr("content")?.replace(" ", "T") ??
      html('meta[property="article:published_time"]').attr("content") ??
      "none";
    expect([path, publishedAt.startsWith(written)]).toEqual([path, true]);
    expect([path, html("h1, .news_header_title").first().text()]).toEqual([path, title]);
    expect([path, html("title").text().startsWith(title)]).toEqual([path, true]);
  }
});

describe("the two languages of a press conference", () => {
  test.each(["08", "14", "28"])("have the same number of paragraphs on November %s", async (day) => {
    const pages = await inventedPublications(demoFolder);
    const counts = pages
      .filter(({ path }) => path.includes(`t202311${day}_`))
      .map(({ page }) => load(page.html)(".TRS_UEDITOR p, #News_Body_Txt_A p").length);
    expect(counts).toEqual([counts[0], counts[0]]);
  });
});

describe("a list of pages that cannot be used", () => {
  let folder = "";
  afterEach(() => rm(folder, { recursive: true }));

  test.each([
    ["is no YAML", "- [", "not YAML"],
    ["lacks a field", "- file: a.html", "source"],
    [
      "leads out of the folder",
      '- { source: a, file: ../a.html, path: /a, title: A, publishedAt: "2023-11-08T20:31:00Z" }',
      "file",
    ],
    [
      "has a time without offset",
      '- { source: a, file: a.html, path: /a, title: A, publishedAt: "2023-11-08T20:31:00" }',
      "publishedAt",
    ],
    [
      "names a page that is missing",
      '- { source: a, file: a.html, path: /a, title: A, publishedAt: "2023-11-08T20:31:00Z" }',
      "a.html",
    ],
  ])("because it %s is refused with the fault", async (_, list, fault) => {
    folder = await mkdtemp(join(tmpdir(), "parley-demo-"));
    await mkdir(join(folder, "invented"));
    await writeFile(join(folder, "invented", "pages.yaml"), list);
    await expect(inventedPublications(folder)).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining(fault),
    });
  });
});
