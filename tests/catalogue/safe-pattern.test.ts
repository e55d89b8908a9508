import { expect, test } from "vitest";
import { whyUnsafePattern } from "../../src/catalogue/safe-pattern.ts";
import { whyBadSelector } from "../../src/catalogue/selector.ts";

test.each([
  "/t\\d{8}_\\d+\\.html$",
  "^https://a\\.example/(?:news|blog)/[^/?#]+/?$",
  "/[a-z/]+/\\d{6}/x$",
  "(?:a/)?b+",
  "[)(+*]x",
])("%s may be used", (pattern) => expect(whyUnsafePattern(pattern)).toBeNull());

test.each([
  ["(a+)+$", "repeats a group"],
  ["(a|aa)+$", "repeats a group"],
  ["((a)*)*", "repeats a group"],
  ["(?:[^/]+/){2,}x", "repeats a group"],
  ["(?:a{1,9}){1,9}", "repeats a group"],
  [".*.*x", "more than one open repeat"],
  ["\\S+a\\S+", "more than one open repeat"],
  ["a+b+c+d+", "more than 3"],
  ["(a)\\1", "back-reference"],
  ["(?<=a)b", "look-behind"],
  ["(", "no regular expression"],
  ["a{2,1}", "no regular expression"],
  ["a".repeat(300), "longer"],
])("%s may not be used", (pattern, why) => expect(whyUnsafePattern(pattern)).toContain(why));

test.each([
  "a",
  ".news_list a",
  '[class*="TRS_UEDITOR"]',
  "ul > li:not(.x) a:first-child",
  "a, b",
  'meta[name="PubDate"]',
])("selector %s may be used", (selector) => expect(whyBadSelector(selector)).toBeNull());

test.each(["a[", "", "a >", "a::before", "a:hover-me", ":is(b:odd-one)", "a,,b"])(
  "selector %j may not be used",
  (selector) => expect(whyBadSelector(selector)).not.toBeNull(),
);
