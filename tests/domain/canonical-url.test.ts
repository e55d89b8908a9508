import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalUrl } from "../../src/domain/canonical-url.ts";

describe("the canonical form of an address", () => {
  test.each([
    ["drops the fragment", "https://talks.example/a#top", "https://talks.example/a"],
    ["drops what says how a reader came", "https://talks.example/a?utm_source=x&fbclid=1", "https://talks.example/a"],
    [
      "keeps what says which page it is, in its order",
      "https://talks.example/a?id=7&utm_medium=m&b=2",
      "https://talks.example/a?id=7&b=2",
    ],
    [
      "leaves the spelling of a query alone",
      "https://talks.example/a?q=%E4%B8%AD+x",
      "https://talks.example/a?q=%E4%B8%AD+x",
    ],
    ["writes the host in lower case", "HTTPS://Talks.EXAMPLE/A", "https://talks.example/A"],
    ["drops the default port", "https://talks.example:443/a", "https://talks.example/a"],
    ["keeps another port", "https://talks.example:8443/a", "https://talks.example:8443/a"],
    ["drops the dot after the host", "https://talks.example./a", "https://talks.example/a"],
    ["drops several dots after the host", "https://talks.example../a", "https://talks.example/a"],
    ["drops a question mark without a query", "https://talks.example/a?", "https://talks.example/a"],
    ["drops user name and password", "https://reader:word@talks.example/a", "https://talks.example/a"],
    ["keeps http and https apart", "http://talks.example/a", "http://talks.example/a"],
  ])("%s", (_, written, canonical) => {
    expect(canonicalUrl(written)).toBe(canonical);
  });

  test.each(["", "no address", "mailto:desk@talks.example", "javascript:alert(1)", "/relative", "https://"])(
    "is null for %j, which is no web address",
    (text) => {
      expect(canonicalUrl(text)).toBeNull();
    },
  );

  test("is null for a host that looks valid on the fast path of Node 20 alone", () => {
    for (let round = 0; round < 20_000; round++) canonicalUrl(`https://talks.example/${round}`);
    expect(canonicalUrl("http://\u00e2\u0098\u0083.net/")).toBeNull();
  });

  test("is its own canonical form", () => {
    const written = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc
        .record({
          scheme: fc.constantFrom("http", "https", "HTTP"),
          host: fc.constantFrom(
            "talks.example",
            "Talks.Example..",
            "xn--fiqs8s",
            "中国.example.",
            "[2001:db8::1]",
            "192.0.2.1.",
          ),
          port: fc.constantFrom("", ":80", ":443", ":8080"),
          path: fc.webPath(),
          query: fc.array(
            fc.tuple(fc.constantFrom("utm_source", "id", "spm", "q", "UTM_Medium", ""), fc.string({ unit: "binary" })),
          ),
        })
        .map(
          ({ scheme, host, port, path, query }) =>
            `${scheme}://${host}${port}${path}?${query.map(([name, value]) => `${name}=${value}`).join("&")}#end`,
        ),
    );
    fc.assert(
      fc.property(written, (text) => {
        const once = canonicalUrl(text);
        if (once !== null) expect(canonicalUrl(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
