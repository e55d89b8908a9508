import { describe, expect, test } from "vitest";
import { wordsAt } from "../../../src/domain/span.ts";
import { readArticle } from "../../../src/read/article/article.ts";
import { opened } from "../../../src/read/container/open.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched } from "../fetched.ts";
import { type PrintedLine, pdfFile } from "../pdf-file.ts";

const read = async (bytes: Uint8Array, url = "https://office.example/paper.pdf") =>
  readArticle(await opened(fetched(bytes, { url, type: "application/pdf" })), noHints);

/** A running head and a page number around lines that are set 14 points apart from y 700 down. */
function page(number: number, ...lines: readonly (string | PrintedLine)[]): PrintedLine[] {
  return [
    { text: "Office of Norland | Paper on hotlines", y: 810, size: 8 },
    ...lines.map((line, at) => (typeof line === "string" ? { text: line, y: 700 - at * 14 } : line)),
    { text: `Page ${number} of 3`, x: 280, y: 30, size: 8 },
  ];
}

const paper = pdfFile([
  page(
    1,
    { text: "A paper on hotlines", y: 760, size: 22 },
    { text: "19 May 2026", y: 730 },
    "The two governments have spoken about the lines between their centres for",
    "emergencies, and both say that a person must answer. A line that nobody ans-",
    "wers is none, the office writes, and it counts the hours of each week.",
    { text: "The second paragraph stands apart, and it says that the work goes on until", y: 620 },
  ),
  page(
    2,
    "the end of the year in both of the states that have begun with it this spring.",
    { text: "What follows", y: 660, size: 15 },
    { text: "Next steps are to be taken together.", y: 640 },
  ),
  page(3, "Nothing else is known today."),
]);

describe("a PDF", () => {
  test("gives its paragraphs without running heads and page numbers, also across lines and pages", async () => {
    const { text, problems } = await read(paper);
    expect(text.split("\n")).toEqual([
      "A paper on hotlines",
      "19 May 2026",
      "The two governments have spoken about the lines between their centres for emergencies, and both say that a person must answer. A line that nobody answers is none, the office writes, and it counts the hours of each week.",
      "The second paragraph stands apart, and it says that the work goes on until the end of the year in both of the states that have begun with it this spring.",
      "What follows",
      "Next steps are to be taken together.",
      "Nothing else is known today.",
    ]);
    expect(problems).toEqual([]);
  });

  test("says of each block on which page it begins, and of what kind it is", async () => {
    const { text, blocks } = await read(paper);
    expect(blocks.map((block) => [block.page, block.kind, wordsAt(text, block).slice(0, 12)])).toEqual([
      [1, "heading", "A paper on h"],
      [1, "paragraph", "19 May 2026"],
      [1, "paragraph", "The two gove"],
      [1, "paragraph", "The second p"],
      [2, "heading", "What follows"],
      [2, "paragraph", "Next steps a"],
      [3, "paragraph", "Nothing else"],
    ]);
  });

  test("has the title of its largest letters and the one date of its first page", async () => {
    expect(await read(paper)).toMatchObject({
      title: "A paper on hotlines",
      lang: "en",
      publishedAt: { value: "2026-05-19", basis: "text" },
    });
  });

  test("printed by a browser has neither its address nor the moment of printing as text or date", async () => {
    const [head, foot] = [
      { text: "11/22/26, 7:26 AM", x: 20, y: 825, size: 8 },
      { text: "https://office.example/a 1/1", x: 20, y: 14, size: 8 },
    ];
    const article = await read(pdfFile([[head, { text: "Words of a text that was printed.", y: 700 }, foot]]));
    expect(article).toMatchObject({ text: "Words of a text that was printed.", publishedAt: null });
  });

  test("has the title that it states, unless a program wrote it", async () => {
    const lines = page(1, { text: "The printed title", y: 760, size: 22 }, "And then some words that make up a text.");
    expect((await read(pdfFile([lines], "A stated title"))).title).toBe("A stated title");
    expect((await read(pdfFile([lines], "Microsoft Word - draft7.docx"))).title).toBe("The printed title");
  });

  test.each([
    ["of pictures alone", pdfFile([[], []]), "no-text"],
    ["cut in half", paper.slice(0, 700), "bad-pdf"],
    ["of noise", Buffer.from(`%PDF-1.7\n${"\u0000\u00ff obj << stream".repeat(2000)}`, "latin1"), "bad-pdf"],
    ["of the first bytes alone", Buffer.from("%PDF-1.7"), "bad-pdf"],
    ["beyond all measure", Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(41_000_000)]), "too-large"],
  ])(
    "%s gives a named problem within a second or two",
    async (_case, bytes, code) => {
      const article = await read(bytes);
      expect(article.text).toBe("");
      expect(article.problems.map((problem) => problem.code)).toEqual([code]);
    },
    3_000,
  );
});
