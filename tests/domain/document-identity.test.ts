import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentIdentity } from "../../src/domain/document-identity.ts";
import { publicationMovedTo } from "../../src/domain/publication-moved.ts";
import { bareHost, noSites, siteTable } from "../../src/domain/site.ts";

const sites = siteTable([
  { id: "www.office.example", aliases: ["www.oldoffice.example"], document: "/(t\\d{8}_\\d+)\\.s?html$", keep: [] },
  { id: "feeds.example", aliases: [], keep: ["spm"] },
]);
const identity = (url: string) => documentIdentity(url, sites);

describe("one document is told by all spellings of its address", () => {
  test.each([
    ["http and https", "http://talks.example/a", "https://talks.example/a"],
    ["with and without www", "https://www.talks.example/a", "https://talks.example/a"],
    ["the mobile site", "https://m.talks.example/a", "https://www.talks.example/a"],
    ["a slash at the end", "https://talks.example/a/", "https://talks.example/a"],
    ["an index page", "https://talks.example/a/index.html", "https://talks.example/a/"],
    ["tracking", "https://talks.example/a?utm_source=x&at_medium=RSS", "https://talks.example/a"],
    ["the order of parameters", "https://talks.example/a?b=2&a=1", "https://talks.example/a?a=1&b=2"],
    ["AMP by path", "https://talks.example/a/amp/", "https://talks.example/a"],
    ["AMP by ending", "https://talks.example/a.amp.html", "https://talks.example/a.html"],
    ["endings behind endings", "https://talks.example/a/amp/amp/amp/index.html/index.html/", "https://talks.example/a"],
    ["AMP endings behind one another", "https://talks.example/a.amp.amp.html", "https://talks.example/a.html"],
    ["AMP by parameter", "https://talks.example/a?amp=1", "https://talks.example/a"],
    [
      "the AMP cache",
      "https://www-talks-example.cdn.ampproject.org/c/s/www.talks.example/a",
      "https://talks.example/a",
    ],
    ["percent-encoding", "https://talks.example/%e4%b8%ad%7Ea", "https://talks.example/%E4%B8%AD~a"],
    ["a session in the path", "https://talks.example/a;jsessionid=1F", "https://talks.example/a"],
    ["a port that says nothing", "http://talks.example:80/a", "https://talks.example:443/a"],
    [
      "a document number, wherever on the site it stands",
      "https://www.office.example/eng/xw/202605/t20260519_11912345.html",
      "http://oldoffice.example/mfa_eng/s2510/t20260519_11912345.shtml",
    ],
  ])("%s", (_, one, other) => {
    expect(identity(one)).toBe(identity(other));
    expect(identity(one)).not.toBeNull();
  });

  test.each([
    ["a parameter that may be the identity", "https://talks.example/a?id=1", "https://talks.example/a?id=2"],
    ["a parameter that is it on this site", "https://feeds.example/a?spm=1", "https://feeds.example/a?spm=2"],
    ["another path", "https://talks.example/a", "https://talks.example/b"],
    ["the case of a path", "https://talks.example/A", "https://talks.example/a"],
    ["another port", "https://talks.example:8443/a", "https://talks.example/a"],
    ["another site", "https://news.talks.example/a", "https://talks.example/a"],
    ["a page of a one-script site", "https://talks.example/#!/a", "https://talks.example/#!/b"],
    ["another number", "https://office.example/t20260519_1.html", "https://office.example/t20260519_2.html"],
  ])("but not over %s", (_, one, other) => {
    expect(identity(one)).not.toBe(identity(other));
  });

  test.each(["", "no address", "mailto:desk@talks.example", "javascript:alert(1)", "https://"])("%j has none", (text) =>
    expect(identity(text)).toBeNull(),
  );

  test("an identity that is an address is its own identity", () => {
    const path = fc.array(
      fc.constantFrom("a", "amp", "index.html", "t20260519_1.html", "%7e", "b.amp", "", ";jsessionid=2"),
    );
    const query = fc.array(
      fc.tuple(fc.constantFrom("utm_source", "id", "amp", "b", "spm"), fc.string({ unit: "binary" })),
    );
    const host = fc.constantFrom("www.m.talks.example", "M.cn", "www.office.example", "feeds.example", "中国.example");
    fc.assert(
      fc.property(host, path, query, (name, segments, pairs) => {
        const asked = `http://${name}/${segments.join("/")}?${pairs.map(([key, value]) => `${key}=${value}`).join("&")}`;
        const once = identity(asked);
        if (once?.startsWith("https://")) expect(identity(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

test("a name of two parts is a name of its own", () => {
  expect(["m.cn", "www.m.cn", "WWW.Talks.Example.", "amp.example"].map(bareHost)).toEqual([
    "m.cn",
    "m.cn",
    "talks.example",
    "amp.example",
  ]);
});

describe("where a redirect leads to is the same publication", () => {
  test.each([
    [
      "the page kept its name",
      "https://a.example/old/talks.html",
      "https://a.example/2026/talks.html",
      "https://a.example/2026/talks.html",
    ],
    [
      "a shortener led to an article",
      "https://sho.rt/x1",
      "https://talks.example/2026/second-round-of-talks",
      "https://talks.example/2026/second-round-of-talks",
    ],
    [
      "the site says which document it is",
      "https://sho.rt/x1",
      "https://office.example/w/t20260519_1.html",
      "office.example t20260519_1",
    ],
  ])("where %s", (_, asked, reached, moved) => {
    expect(publicationMovedTo(asked, reached, sites)).toBe(moved);
  });

  test.each([
    ["nothing moved", "https://talks.example/a", "https://www.talks.example/a/"],
    [
      "it may be a page for all that is gone",
      "https://a.example/2026/talks-one",
      "https://a.example/system/index_17321.html",
    ],
    ["it is the front page", "https://sho.rt/x1", "https://talks.example/"],
    ["it is an error page elsewhere", "https://a.example/2026/talks-one", "https://errors.example/404.html"],
    ["it is no address", "https://a.example/x", "about:blank"],
  ])("but not where %s", (_, asked, reached) => {
    expect(publicationMovedTo(asked, reached, noSites)).toBeNull();
  });
});

test("an address made of endings and slashes without end is named at once", () => {
  for (const path of ["/".repeat(60_000), "/amp".repeat(15_000), ".amp".repeat(15_000), "/index.html".repeat(6_000)])
    expect(documentIdentity(`https://norland.example/a${path}x`, noSites)).toContain("https://norland.example/a");
});
