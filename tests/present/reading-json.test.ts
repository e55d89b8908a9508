import { describe, expect, test } from "vitest";
import { documentJson, feedJson } from "../../src/present/reading-json.ts";
import { buildArticle, buildDay, buildFeedItem, buildFinding, buildStatement } from "../support/readings.ts";

describe("what `parley read --json` prints", () => {
  const article = buildArticle();
  const statements = [buildStatement(article.text, "We will talk.")];
  const printed = documentJson("pages/a.html", { article, statements }, [buildFinding()]);

  test("has the documented fields of a document, and no others", () => {
    expect(Object.keys(printed)).toEqual(["path", "document", "statements", "developments", "problems"]);
    expect(Object.keys(printed.document)).toEqual([
      ...["url", "title", "byline", "kind", "lang", "publishedAt", "updatedAt", "text"],
    ]);
  });

  test("names actors by their ids, and marks the words by their place", () => {
    const [statement] = printed.statements;
    expect(statement?.actorIds).toEqual(["norland"]);
    const { start, end } = statement?.content[0] ?? { start: 0, end: 0 };
    expect(printed.document.text.slice(start, end)).toBe(statement?.text);
  });

  test("keeps unknown dates null", () => {
    const dateless = documentJson("a", { article: buildArticle({ publishedAt: null }), statements: [] }, []);
    expect(dateless.document.publishedAt).toBeNull();
    expect(printed.document.publishedAt).toEqual(buildDay("2026-05-19"));
  });

  test("keeps our own key of a development to ourselves", () => {
    expect(printed.developments[0]).not.toHaveProperty("key");
    expect(printed.developments[0]).toMatchObject({
      type: "talks.announced",
      status: "new",
      evidence: [{ start: 0, end: 20 }],
    });
  });
});

test("what `parley feed --json` prints has a line for each problem, null where it is unknown", () => {
  const printed = feedJson("feed.xml", {
    ...{ format: "rss", encoding: "utf-8", feed: { title: "Norland", link: null, updatedAt: null } },
    items: [buildFeedItem({ publishedAt: buildDay("2026-05-19") })],
    ...{ lists: [], older: null },
    problems: [
      { code: "bad-date", message: "no date" },
      { code: "bad-date", message: "no date", line: 7 },
    ],
  });
  expect(printed.problems.map(({ line }) => line)).toEqual([null, 7]);
  expect(printed.items[0]).toMatchObject({ key: "entry-1", publishedAt: { value: "2026-05-19", precision: "day" } });
});
