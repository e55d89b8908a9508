import { describe, expect, test } from "vitest";
import { standInFor } from "../../../src/read/article/stand-in.ts";
import { briefing, page } from "../../support/pages.ts";

const asked = "https://norland.example/news/2026/05/talks.html";

function judge(html: string, { url = asked, type = "text/html; charset=utf-8" } = {}) {
  return standInFor(asked, { bytes: new TextEncoder().encode(html), url, headers: { "content-type": type } });
}

const script = `<script>${"var check = 1;".repeat(3_000)}</script>`;

describe("a page that answers 200 in place of the document", () => {
  test.each([
    ["says that it is not there", page(["The page you are looking for was not found."], "Page not found"), "gone"],
    ["has an error's number for a title", page(["Sorry."], "404"), "gone"],
    ["says so in Chinese", page(["您访问的页面不存在。"], "提示"), "gone"],
    ["is a bot check", page(["Verify you are human by completing the action below."], "Just a moment..."), "blocked"],
    [
      "is a bot check with much script",
      page(["Checking your browser."], "Just a moment...").replace("<body>", `<body>${script}`),
      "blocked",
    ],
    ["asks to type letters, in Chinese", page(["访问频繁，请输入验证码。"], "安全验证"), "blocked"],
    [
      "is down for the moment",
      page(["We are experiencing technical difficulties."], "Technical Difficulties"),
      "blocked",
    ],
  ])("%s", (_, html, standIn) => {
    expect(judge(html)).toBe(standIn);
  });

  test.each([
    ["the front page", "https://norland.example/", "gone"],
    ["the front page by its file name", "https://norland.example/index.html", "gone"],
    ["an error page", "https://norland.example/404.html", "gone"],
    ["a system page, as ministries do", "https://norland.example/web/system/index_17321.shtml", "gone"],
    ["a login", "https://norland.example/account/login?next=%2Fnews", "blocked"],
  ])("leads to %s", (_, url, standIn) => {
    expect(judge(page(briefing), { url })).toBe(standIn);
  });
});

describe("the document itself", () => {
  test.each([
    ["is no stand-in", page(briefing), undefined],
    [
      "may tell of captchas and pages not found at length",
      page(
        [
          ...briefing,
          ...briefing,
          ...briefing,
          ...briefing,
          "Its captcha asked: are you a robot? The page was not found.",
        ],
        "Not found: how the talks ended",
      ),
      undefined,
    ],
    ["may be short", page(["The ministry has taken note."], "Statement of the ministry"), undefined],
    ["may have moved to another address", page(briefing), "https://norland.example/archive/2026/05/talks.html"],
    ["may be asked for at the front page of its own site", page(briefing), "https://talks.norland.example/2026"],
  ])("%s", (_, html, url) => {
    expect(judge(html, { url })).toBeNull();
  });

  test("of another medium than HTML is not judged", () => {
    expect(judge("Page not found", { type: "text/plain" })).toBeNull();
    expect(judge('{"title":"404"}', { type: "application/json" })).toBeNull();
  });

  test("takes no time to be told from a stand-in, however large and hostile", () => {
    const hostile = ["<title>".repeat(30_000), "<".repeat(250_000), "<script>".repeat(30_000), "<h1 ".repeat(5_000)];
    for (const html of hostile) {
      const startedAt = performance.now();
      judge(html);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  });
});
