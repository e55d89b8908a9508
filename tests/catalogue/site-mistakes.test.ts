import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { catalogueDir, mistakesOf } from "./catalogue-dir.ts";

const ACTORS = "- { id: my-ministry, type: government-body, name: My Ministry, bloc: third, parent: null }\n";
const source = (more: string) => `- id: my-source
  title: A ministry
  actor: my-ministry
  class: ministry-briefing
  official: true
  bloc: third
  languages: [en]
  priority: A
  enabled: true
  confidence: high
  evidence: [seen by the desk]
  poll: { every: 10m }
  ${more}
`;
const feed = "list: { kind: feed, url: https://a.example/rss";

const loading = (files: Record<string, string>) => () =>
  loadCatalogue({ shippedDir: catalogueDir({ "actors.yaml": ACTORS, ...files }), overlayDir: null });

describe("what a source may say of its list", () => {
  test.each([
    [
      "paging and an archive",
      `${feed}, paging: { url: "?paged={page}" }, archive: { kind: page, url: https://a.example/news, item: li a } }`,
    ],
    ["a WordPress route", "list: { kind: wordpress, url: https://a.example/wp-json/wp/v2/posts }"],
    ["what tells its entries apart", `${feed} }\n  identity: { drop: '#\\d+$' }`],
  ])("%s", (_, more) => {
    expect(mistakesOf(loading({ "sources/mine.yaml": source(more) }))).toEqual([]);
  });

  test.each([
    [
      "a rule for pages without a place for the number",
      `${feed}, paging: { url: "?paged=2" } }`,
      /paging.url.*expected \{page\} once/,
    ],
    ["an archive that is no page", `${feed}, archive: { kind: feed, url: https://a.example/b } }`, /archive/],
    ["a pattern that could take for ever", `${feed} }\n  identity: { drop: '(a+)+$' }`, /identity.drop.*for ever/],
    ["a mirror of nobody", `${feed} }\n  mirrorOf: [nobody]`, /mirrorOf.*nobody is no source/],
    ["a mirror of itself", `${feed} }\n  mirrorOf: [my-source]`, /no mirror of itself/],
  ])("but not %s, which is told with file and line", (_, more, says) => {
    const mistakes = mistakesOf(loading({ "sources/mine.yaml": source(more) }));
    expect(mistakes.join("\n")).toMatch(says);
    expect(mistakes[0]).toMatch(/mine\.yaml:\d+: /);
  });
});

describe("what is known of web sites", () => {
  const site = (more: string) => ({ "sites.yaml": `- id: www.a.example\n  evidence: [seen]\n  ${more}\n` });

  test("their host names, and what names a document in their addresses", () => {
    expect(mistakesOf(loading(site("aliases: [b.example]\n  document: /(t\\d+)\\.html$\n  keep: [spm]")))).toEqual([]);
  });

  test.each([
    [
      "a host that belongs to another",
      "aliases: [b.example]\n- id: m.b.example\n  evidence: [seen]",
      /b\.example belongs to another site/,
    ],
    ["an address instead of a host", "aliases: [https://b.example/]", /expected a host name/],
    ["a pattern that is none", "document: '('", /document.*no regular expression/],
    ["evidence that nobody explains", "keep: []\n- id: c.example\n  evidence: [E999]", /E999 is not explained/],
  ])("but not %s", (_, more, says) => {
    expect(mistakesOf(loading(site(more))).join("\n")).toMatch(says);
  });
});
