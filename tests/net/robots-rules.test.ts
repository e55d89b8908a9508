import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { productToken, readRobots, robotsAllow } from "../../src/net/robots-rules.ts";
import { corpus } from "./support/corpora.ts";

const read = (text: string, token = "parley") => readRobots(Buffer.from(text), token);

describe("the group that holds for us", () => {
  test.each([
    ["a group with our name wins over *", "User-agent: *\nDisallow: /\nUser-agent: Parley\nDisallow: /x", "/a", true],
    ["without our name * holds", "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /x", "/x/1", false],
    ["our name is read without its version", "User-agent: Parley/2.0\nDisallow: /", "/a", false],
    [
      "two groups with our name count together",
      "User-agent: parley\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: PARLEY\nDisallow: /c",
      "/c",
      false,
    ],
    ["several names may share a group", "User-agent: a\nUser-agent: parley\nDisallow: /", "/", false],
    [
      "an empty group with our name allows all",
      "User-agent: *\nDisallow: /\n\nUser-agent: parley\nDisallow:",
      "/",
      true,
    ],
    ["rules before any name hold for nobody", "Disallow: /\nUser-agent: x\nDisallow: /", "/", true],
    ["a web page instead of rules allows all", "<html><body>User-agent wanted</body></html>", "/", true],
  ])("%s", (_title, text, path, allowed) => {
    expect(robotsAllow(read(text), path)).toBe(allowed);
  });
});

describe("patterns", () => {
  test.each([
    ["/fish", "/fish/salmon.html", true],
    ["/fish", "/Fish.asp", false],
    ["/fish*", "/fish", true],
    ["/*.php", "/folder/filename.php?parameters", true],
    ["/*.php$", "/filename.php?parameters", false],
    ["/*.php$", "/filename.php", true],
    ["/a*a$", "/a", false],
    ["/a*b*c$", "/abcbc", true],
    ["$", "/", false],
    ["*", "/anything", true],
    ["/中文", "/%E4%B8%AD%E6%96%87/a", true],
    ["/%e4%b8%ad", "/%E4%B8%AD", true],
  ])("%s against %s: %s", (pattern, path, matches) => {
    expect(robotsAllow(read(`User-agent: *\nDisallow: ${pattern}`), path)).toBe(!matches);
  });

  test("the longest pattern decides, and allow where two are equally long", () => {
    const rules = read("User-agent: *\nDisallow: /a/b\nAllow: /a\nAllow: /a/c\nDisallow: /a/c");
    expect(robotsAllow(rules, "/a/x")).toBe(true);
    expect(robotsAllow(rules, "/a/b/c")).toBe(false);
    expect(robotsAllow(rules, "/a/c")).toBe(true);
  });

  test("hostile patterns take no time", () => {
    const rules = read(`User-agent: *\nDisallow: ${"*a".repeat(200_000)}b`);
    const startedAt = performance.now();
    expect(robotsAllow(rules, `/${"a".repeat(50_000)}`)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test("a crawl delay is read in milliseconds for the group it stands in", () => {
  expect(read("User-agent: *\nCrawl-delay: 2.5\nDisallow:").crawlDelayMs).toBe(2_500);
  expect(read("User-agent: x\nCrawl-delay: 9\nDisallow: /\n\nUser-agent: *\nDisallow:").crawlDelayMs).toBeNull();
  expect(read("User-agent: *\nCrawl-delay: soon").crawlDelayMs).toBeNull();
});

test.each([
  ["Parley/0.1 (+https://example.org/bot)", "parley"],
  ["my-news_bot", "my-news_bot"],
  ["4bot", ""],
])("the product token of %s is %s", (userAgent, token) => {
  expect(productToken(userAgent)).toBe(token);
});

test("any bytes and any path give an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.webPath(), (bytes, path) => {
      expect(typeof robotsAllow(readRobots(bytes, "parley"), path)).toBe("boolean");
    }),
  );
});

describe("the RobotsTxt conformance suite", () => {
  const folder = corpus("robotstxt-ctc");
  type Case = {
    robotstxt_base64: string;
    url: string;
    user_agent: string;
    expected: string;
    type: string;
    file: string;
  };

  test.runIf(folder)("every STANDARD case is judged as the suite expects", () => {
    const lines = readFileSync(join(folder ?? "", "expected.dev.jsonl"), "utf8")
      .trim()
      .split("\n");
    const cases = lines.map((line) => JSON.parse(line) as Case);
    const judge = (one: Case) => {
      const rules = readRobots(Buffer.from(one.robotstxt_base64, "base64"), one.user_agent.toLowerCase());
      // The suite gives its addresses as they travel, and means them so.
      const path = one.url.replace(/^[a-z]+:\/\/[^/?]*/i, "").replace(/#.*/, "") || "/";
      return robotsAllow(rules, path.startsWith("/") ? path : `/${path}`) ? "ALLOWED" : "DISALLOWED";
    };
    const wrong = cases.filter((one) => judge(one) !== one.expected);
    console.log(`RobotsTxt suite: ${cases.length - wrong.length} of ${cases.length}`);
    expect(wrong.filter((one) => one.type === "STANDARD")).toEqual([]);
  });
});
