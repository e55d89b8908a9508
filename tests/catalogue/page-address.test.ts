import { describe, expect, test } from "vitest";
import { pageAddress } from "../../src/catalogue/page-address.ts";

describe("the address of a further page", () => {
  test.each([
    [
      "a numbered file beside the first",
      "https://a.example/list/",
      "index_{page}.html",
      1,
      "https://a.example/list/index_1.html",
    ],
    [
      "a numbered file in place of the first",
      "https://a.example/list/index.shtml",
      "index_{page}.shtml",
      1,
      "https://a.example/list/index_1.shtml",
    ],
    ["a folder below", "https://a.example/news/", "page/{page}/", 2, "https://a.example/news/page/2/"],
    [
      "a parameter more",
      "https://a.example/rss?site=945",
      "?paged={page}",
      2,
      "https://a.example/rss?paged=2&site=945",
    ],
    [
      "the parameter that the first page has too",
      "https://a.example/api?p=1&n=9",
      "?p={page}",
      2,
      "https://a.example/api?p=2&n=9",
    ],
    ["another place", "https://a.example/rss", "https://b.example/{page}", 2, "https://b.example/2"],
  ])("is %s", (_, list, url, from, address) => {
    expect(pageAddress(list, { url, from, most: 10 }, 0)).toBe(address);
  });

  test("counts on", () => {
    const paging = { url: "index_{page}.html", from: 1, most: 10 };
    expect(pageAddress("https://a.example/", paging, 4)).toBe("https://a.example/index_5.html");
  });
});
