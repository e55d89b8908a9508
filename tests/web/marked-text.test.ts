import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markText } from "../../src/web/marked-text.ts";

const block = (start: number, end: number) => ({ kind: "paragraph" as const, lang: null, bold: [], start, end });

describe("marking an archived text", () => {
  test("cuts a paragraph where a mark begins and ends", () => {
    const [paragraph] = markText("We will talk soon.", [block(0, 18)], [{ id: "s1", spans: [{ start: 3, end: 12 }] }]);
    expect(paragraph?.pieces).toEqual([
      { text: "We ", marks: [], begins: [] },
      { text: "will talk", marks: ["s1"], begins: ["s1"] },
      { text: " soon.", marks: [], begins: [] },
    ]);
  });

  test("lets marks overlap, each with one beginning", () => {
    const [paragraph] = markText(
      "abcdef",
      [],
      [
        { id: "s1", spans: [{ start: 0, end: 4 }] },
        {
          id: "s2",
          spans: [
            { start: 0, end: 1 },
            { start: 2, end: 6 },
          ],
        },
      ],
    );
    expect(paragraph?.pieces.map(({ text, marks }) => [text, ...marks])).toEqual([
      ["a", "s1", "s2"],
      ["b", "s1"],
      ["cd", "s1", "s2"],
      ["ef", "s2"],
    ]);
    expect(paragraph?.pieces.flatMap(({ begins }) => begins)).toEqual(["s1", "s2"]);
  });

  test("keeps text that stands in no block", () => {
    const text = "A title\nThe body.\nA note";
    expect(markText(text, [block(8, 17)], []).map(({ pieces }) => pieces.map((piece) => piece.text).join(""))).toEqual([
      "A title",
      "The body.",
      "A note",
    ]);
  });

  test("shows every character but white space exactly once, and each mark its own words", () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.array(span, { maxLength: 5 }),
        fc.array(span, { maxLength: 5 }),
        (text, blocks, spans) => {
          const marks = spans.map((one, index) => ({ id: `s${index}`, spans: [one] }));
          const pieces = markText(
            text,
            blocks.map(({ start, end }) => block(start, end)),
            marks,
          ).flatMap((paragraph) => paragraph.pieces);
          const bare = (words: string) => words.replaceAll(/\s/g, "");
          expect(bare(pieces.map((piece) => piece.text).join(""))).toBe(bare(text));
          for (const {
            id,
            spans: [one],
          } of marks) {
            const shown = pieces.filter((piece) => piece.marks.includes(id)).map((piece) => piece.text);
            expect(bare(shown.join(""))).toBe(bare(text.slice(one?.start, one?.end)));
          }
        },
      ),
    );
  });
});
