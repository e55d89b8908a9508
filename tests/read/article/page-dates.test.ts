import { describe, expect, test } from "vitest";
import { readArticle } from "../../../src/read/article/article.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched } from "../fetched.ts";

const prose =
  "<p>The delegates of Norland and Sudland met again in the small hall above the harbour of Vell.</p>".repeat(4);
const dates = (head: string, body: string, url = "https://paper.example/harbour.html") =>
  readArticle(
    fetched(`<html><head>${head}</head><body><h1>The harbour of Vell</h1>${body}</body></html>`, { url }),
    noHints,
  );

describe("the date of a page", () => {
  test.each([
    ["parts that run into each other", `<span class="date">May<b>06</b>2018</span>${prose}`, "2018-05-06"],
    [
      "a labelled date before those of comments",
      `<p>Published on 16 August 2019</p>${prose}<div class="comments"><time datetime="2019-08-24T03:36:11+02:00">24 August</time></div>`,
      "2019-08-16",
    ],
    [
      "a meta name of the publisher's own",
      `<meta property="paper:uploaded" content="2013-02-16T04:36:36-05:00">${prose}`,
      "2013-02-16T04:36:36-05:00",
    ],
  ])("is read from %s", (_case, body, value) => {
    expect(dates("", body).publishedAt?.value).toBe(value);
  });

  test.each([
    ["only its last change is printed", `<div class="date">last edited: 17 Jun 2018 15:15</div>${prose}`],
    [
      "only its comments are dated",
      `${prose}<ul class="comment-list"><li><time datetime="2019-08-24">24 August</time></li></ul>`,
    ],
    ["it tells of a week", `<div class="date">14–20 January 2022</div>${prose}`],
  ])("is not known where %s", (_case, body) => {
    expect(dates("", body).publishedAt).toBeNull();
  });

  test("is not known where today's date stands in its head beside another", () => {
    const page = `<p id="clock">Thursday, 16 February 2012</p><div><div><h1>The harbour of Vell</h1></div></div>${prose}<div><p>14 February 2012</p></div>`;
    expect(readArticle(fetched(page), noHints).publishedAt).toBeNull();
  });

  test.each([
    ["https://www.office.gov.cn/a.html", "2026-05-19T20:31+08:00"],
    ["https://norland.china-embassy.gov.cn/a.html", "2026-05-19T20:31"],
    ["https://paper.example/a.html", "2026-05-19T20:31"],
  ])("on %s is in the zone that is known for sure, or in none", (url, value) => {
    expect(dates('<meta name="PubDate" content="2026-05-19 20:31">', prose, url).publishedAt?.value).toBe(value);
  });

  test("in UTC takes the offset that the page writes for the same instant, so that the day is the publisher's", () => {
    const head = '<meta property="article:published_time" content="2023-11-09T05:30:59+00:00">';
    const script =
      '<script>page = { "hour": "2023-11-08T23:30:59-06:00", "checked": "2023-11-09T01:00:00-06:00" };</script>';
    const url = "https://paper.example/2023/11/08/harbour/";
    expect(dates(head, script + prose, url).publishedAt?.value).toBe("2023-11-08T23:30:59-06:00");
    expect(dates(head, prose, url).publishedAt?.value).toBe("2023-11-09T05:30:59Z");
  });
});
