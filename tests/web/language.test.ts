import { expect, test } from "vitest";
import { pageUrl, preferredLanguage, samePage, viewOf } from "../../src/web/view.ts";

test.each([
  [null, "en"],
  ["", "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en-US,en;q=0.9,zh;q=0.8", "en"],
  ["fr, zh;q=0.5, en;q=0.4", "zh"],
  ["zh;q=0, en", "en"],
  ["zh;q=0", "en"],
  ["ZH-hans", "zh"],
  ["zh, en", "zh"],
  ["de-DE,de;q=0.9", "en"],
  [`${"zh;q=x,".repeat(1_000)}`, "en"],
] as const)("Accept-Language %j gives %s", (accepts, lang) => {
  expect(preferredLanguage(accepts)).toBe(lang);
});

const view = (path: string, accepts: string | null) =>
  viewOf(new URL(path, "http://127.0.0.1:4750"), "http://127.0.0.1:4750", new Date(0), "0", { accepts });

test("what the address says goes before what the reader's program prefers", () => {
  expect(view("/", "zh-CN").lang).toBe("zh");
  expect(view("/?lang=en", "zh-CN").lang).toBe("en");
  expect(view("/?lang=zh", "en").lang).toBe("zh");
  expect(view("/?lang=xx", "zh").lang).toBe("zh");
});

test("links name the language only where the reader would get another without it", () => {
  expect(pageUrl(view("/", "zh"), "/topics")).toBe("/topics");
  expect(pageUrl(view("/?lang=en", "zh"), "/topics")).toBe("/topics?lang=en");
  expect(pageUrl(view("/?lang=zh", null), "/topics")).toBe("/topics?lang=zh");
});

test.each(["//elsewhere.example/x", "///elsewhere.example/x", "/\\elsewhere.example/x", "/.//elsewhere.example/x"])(
  "a link to the page %s in another language leads to no other host",
  (path) => {
    const here = "http://127.0.0.1:4750";
    const link = samePage(view(`${here}${path}`, null), { lang: "zh" });
    expect(new URL(link, here).origin).toBe(here);
  },
);
