import { expect, test } from "vitest";
import { readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { fetched } from "./fetched.ts";
import { lexicon } from "./invented.ts";

test("of a text beyond all measure the first part is searched for statements, the whole is kept, and the limit is named", () => {
  const text = `Ivy Marsh said that the line was open.\n${"Nothing else was written down on that day. \n".repeat(8_000)}Ivy Marsh said that the hall was closed.`;
  const { article, statements } = readDocument(fetched(text, { url: "file:///a.txt" }), noHints, lexicon);
  expect(article.text).toBe(text);
  expect(article.problems.map(({ code }) => code)).toEqual(["too-long"]);
  expect(statements.map((statement) => statement.text)).toEqual([expect.stringContaining("the line was open")]);
});
