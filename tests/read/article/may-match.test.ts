import { expect, test } from "vitest";
import { callingsOf, mayMatch } from "../../../src/read/article/may-match.ts";
import { isElement, parseHtml } from "../../../src/read/text/dom.ts";

const page = parseHtml(
  '<main class="Page wide"><h1 id="top">Talks</h1><p class="by-line"><time datetime="2026-05-19">19 May</time></p></main>',
);
const elements = page("*").toArray().filter(isElement);
const callings = callingsOf(elements);

test.each([
  "h1",
  "H1",
  "#top",
  ".wide",
  ".Page.wide",
  "main > h1",
  "time[datetime]",
  ".unknown, .by-line time",
  '[class*="line"]',
  '[class="by-line"]',
  "p:first-of-type",
  "time:not(.shown)",
  "[id]",
  ".by-line *",
  '[id="TOP" i]',
])("%s matches an element, so it may", (selector) => {
  expect(page(selector).length).toBeGreaterThan(0);
  expect(mayMatch(selector, callings)).toBe(true);
});

test.each([".published", "#date", "abbr", "time[pubdate]", ".page", "header time.shown", "main .date, #author"])(
  "%s matches nothing, which is told without looking",
  (selector) => {
    expect(page(selector)).toHaveLength(0);
    expect(mayMatch(selector, callings)).toBe(false);
  },
);

test("an element above need not be among those that were gathered", () => {
  const inner = elements.filter(({ name }) => name === "time");
  expect(mayMatch(".by-line time", callingsOf(inner))).toBe(true);
});
