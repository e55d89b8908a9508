import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import { readMarkdownDocument } from "../../src/demo/markdown-document.ts";
import { markdownToHtml } from "../../src/demo/markdown-html.ts";
import { renderMarkdownPage } from "../../src/demo/markdown-page.ts";
import { demoFolder } from "./demo-folder.ts";

const raw = (title: string, body = "Words.") => `---
date: '2023-11-15'
published_time: 2023-11-15 21:09:53-05:00
source_url: https://example.org/briefing-room/2023/11/15/a-page/
tags: statements-releases
title: ${title}
---
${body}
`;

describe("a document with front matter", () => {
  test("becomes a page with its title, its time with offset and its body apart from the topper", () => {
    const page = load(renderMarkdownPage(readMarkdownDocument(raw('"Readout of\\_Talks & <More>"'), "a.md")));
    expect(page("main h1").text()).toBe("Readout of\u00a0Talks & <More>");
    expect(page("main .wp-block-post-date time").attr("datetime")).toBe("2023-11-15T21:09:53-05:00");
    expect(page("main .wp-block-post-date time").text()).toBe("November 15, 2023");
    expect(page(".wp-block-whitehouse-topper > p").text()).toBe("Statements and Releases");
    expect(page("main .entry-content").text().trim()).toBe("Words.");
  });

  test("keeps a title that runs over lines whole", () => {
    expect(readMarkdownDocument(raw('"Talks on\\\n  \\ Artificial\\_Intelligence"'), "a.md").title).toBe(
      "Talks on Artificial\u00a0Intelligence",
    );
  });

  test.each([
    ["no front matter", "# A title\n"],
    ["front matter that never ends", "---\ntitle: A\n"],
    ["front matter that is no YAML", "---\ntitle: [\n---\nWords.\n"],
    ["no time", "---\ntitle: A\ntags: a\nsource_url: https://example.org/\n---\nWords.\n"],
    ["a time without offset", raw("A").replace("-05:00", "")],
    ["a time that cannot be", raw("A").replace("21:09", "29:09")],
  ])("with %s is refused by the name of its file", (_, text) => {
    expect(() => readMarkdownDocument(text, "a.md")).toThrow(
      expect.objectContaining({ code: "bad-input", message: expect.stringContaining("a.md") }),
    );
  });
});

describe("Markdown as converted pages hold it", () => {
  test.each([
    ["two spaces at the end break the line", "One  \nTwo", "<p>One<br>Two</p>"],
    ["other line ends are spaces", "One\ntwo", "<p>One\ntwo</p>"],
    ["escapes show the character alone", "\\###", "<p>###</p>"],
    ["escaped brackets stay text", "500 \\[50\\] billion", "<p>500 [50] billion</p>"],
    ["bold may touch a quotation", "**Name: “**Words", "<p><strong>Name: “</strong>Words</p>"],
    ["bold may end in a space", "**Name: **“Words”", "<p><strong>Name: </strong>“Words”</p>"],
    ["bold may run over lines", "**One\ntwo** three", "<p><strong>One\ntwo</strong> three</p>"],
    ["two bold parts stay two", "**a** b **c**", "<p><strong>a</strong> b <strong>c</strong></p>"],
    ["no-break spaces after a label stay", "Q\u00a0\u00a0 Thank you.", "<p>Q\u00a0\u00a0 Thank you.</p>"],
    ["a year that opens a line opens no list", "in the year\n2011. Then", "<p>in the year\n2011. Then</p>"],
  ])("%s", (_, text, html) => {
    expect(markdownToHtml(text)).toBe(html);
  });
});

test("no Markdown shows through on any recorded page", async () => {
  for (const name of await readdir(join(demoFolder, "white-house"))) {
    const document = readMarkdownDocument(await readFile(join(demoFolder, "white-house", name), "utf8"), name);
    const page = load(renderMarkdownPage(document));
    const body = page("main .entry-content");
    expect([name, body.find("pre, code").length, /\*\*|\\/.test(body.text())]).toEqual([name, 0, false]);
    expect(body.text().length).toBeGreaterThan(500);
  }
});
