import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bibtexOf, type Citable, cslJsonOf, textFragmentUrl } from "../../src/present/cite.ts";

const citable: Citable = {
  id: 7,
  speakers: ["Ministry of Talks"],
  words: "We agree on 50% of it & more.",
  polarity: "affirmed",
  title: "Readout {final}",
  publisher: "Norland News",
  date: {
    value: "2026-05-19T10:00:00+08:00",
    precision: "minute",
    basis: "page",
    raw: "19 May 2026",
  } as Citable["date"],
  originalUrl: "https://norland.example/a?b={c}",
  archiveUrl: "https://parley.example/statements/7",
  lang: "en",
};

describe("citing words", () => {
  test("CSL-JSON carries the speaker as a literal name and the day of the page", () => {
    expect(cslJsonOf(citable)).toMatchObject({
      type: "webpage",
      author: [{ literal: "Ministry of Talks" }],
      issued: { "date-parts": [[2026, 5, 19]] },
      URL: "https://norland.example/a?b={c}",
      archive_location: "https://parley.example/statements/7",
    });
  });

  test("what is unknown is left out", () => {
    const bare = { ...citable, speakers: [], title: null, publisher: null, date: null, originalUrl: null, lang: null };
    expect(Object.keys(cslJsonOf(bare))).toEqual(["id", "type", "abstract", "archive", "archive_location"]);
    expect(bibtexOf(bare)).toBe(
      "@misc{parley-7,\n  note = {Archived: https://parley.example/statements/7},\n  abstract = {We agree on 50\\% of it \\& more.},\n}\n",
    );
  });

  test.each([
    ["negated", "denied or not said"],
    ["hypothetical", "only supposed"],
  ] as const)("words that are %s are never cited as said", (polarity, mark) => {
    const turned = { ...citable, polarity };
    expect(cslJsonOf(turned)).toMatchObject({ abstract: `${citable.words} (${mark})`, note: mark });
    expect(bibtexOf(turned)).toContain(`note = {Words ${mark}. Archived:`);
    expect(bibtexOf(turned)).toContain(`more. (${mark})},`);
  });

  test("a month stays a month", () => {
    const month = { ...citable, date: { ...citable.date, value: "2026-05", precision: "month" } as Citable["date"] };
    expect(cslJsonOf(month)).toMatchObject({ issued: { "date-parts": [[2026, 5]] } });
    expect(bibtexOf(month)).toContain("date = {2026-05}");
  });

  test("whatever was said, the braces of BibTeX stay even", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (words, title) => {
        const text = bibtexOf({ ...citable, words, title }).replace(/\\[{}]/g, "");
        expect(text.split("{").length).toBe(text.split("}").length);
      }),
    );
  });
});

describe("a link to the words in the publisher's page", () => {
  test.each([
    ["short words whole", "We agree, in part.", "We%20agree%2C%20in%20part."],
    ["hyphens escaped", "US-China talks", "US%2DChina%20talks"],
    ["long ones by their ends", "a b c d e f g h i j k l m n", "a%20b%20c%20d%20e%20f,i%20j%20k%20l%20m%20n"],
  ])("names %s", (_, words, fragment) => {
    expect(textFragmentUrl("https://x.example/p#old", words)).toBe(`https://x.example/p#:~:text=${fragment}`);
  });

  test("names long Chinese words by the characters at their ends", () => {
    const url = textFragmentUrl(
      "https://x.example/p",
      "双方同意建立人工智能政府间对话机制并就风险和安全问题开展定期交流与合作。",
    );
    expect(decodeURIComponent(url.split("text=")[1] ?? "")).toBe("双方同意建立人工智能政府,问题开展定期交流与合作。");
  });

  test("never fails, whatever the words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        expect(new URL(textFragmentUrl("https://x.example/p", words)).hash).toMatch(/^#:~:text=/);
      }),
    );
  });
});
