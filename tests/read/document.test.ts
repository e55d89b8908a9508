import { expect, test } from "vitest";
import { readDocument } from "../../src/read/document.ts";
import { noHints } from "../../src/read/hints.ts";
import { compileLexicon } from "../../src/read/statement/lexicon.ts";
import { buildCatalogue } from "../support/catalogue.ts";

const lexicon = compileLexicon(buildCatalogue());

/** Reads a plain text that begins and ends with words of a speaker. */
function readBetween(lines: string) {
  const said = (what: string) => `“We will ${what} the channel open,” Ines Corbel said.`;
  const text = `${said("keep")}\n${lines}\n${said("hold")}\n`;
  const fetched = { bytes: new TextEncoder().encode(text), url: "https://norland.example/list.txt" };
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return { text, ...readDocument({ ...fetched, headers }, noHints, lexicon) };
}

test("a text of usual length is searched to its end", () => {
  const { article, statements } = readBetween("A line of a list.\n".repeat(10));
  expect(statements.map(({ text }) => text)).toEqual([
    "We will keep the channel open,",
    "We will hold the channel open,",
  ]);
  expect(article.problems).toEqual([]);
});

test("a text of megabytes is kept whole and searched in its first part, which a problem says", () => {
  const { text, article, statements } = readBetween("12 17 19 23\n".repeat(100_000));
  expect(article.text).toBe(text);
  expect(statements.map((statement) => statement.text)).toEqual(["We will keep the channel open,"]);
  expect(article.problems).toMatchObject([{ code: "too-long" }]);
});

test("a text of a hundred thousand lines of a letter is kept whole and searched in its first lines", () => {
  const { text, article, statements } = readBetween("a\r\n\r\n".repeat(100_000));
  expect(article.text).toBe(text);
  expect(statements.map((statement) => statement.text)).toEqual(["We will keep the channel open,"]);
  expect(article.problems).toMatchObject([{ code: "too-long" }]);
});
