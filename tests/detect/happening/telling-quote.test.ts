import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorthQuoting, tellingQuote } from "../../../src/detect/happening/telling-quote.ts";

const filler = "We spoke of fish and of the price of ferries for a good while. ".repeat(6);
const point = "Both sides will open a channel on frontier systems in June.";

describe("what is worth quoting", () => {
  test.each([
    ["(Laughter.)", false],
    ["Thank you. (Applause.) Thank you, everybody. [crosstalk among reporters]", false],
    ["（笑）谢谢大家。", false],
    ["We will open a channel on frontier systems in June.", true],
    ["双方将于六月就前沿人工智能系统建立对话渠道。", true],
  ])("%s → %s", (words, worth) => {
    expect(isWorthQuoting(words)).toBe(worth);
  });
});

describe("a telling quote", () => {
  test("is the whole of words that are short enough", () => {
    expect(tellingQuote(point, [], 420)).toBe(point);
  });

  test("is the sentence that carries the topic, with … where something was left out", () => {
    const words = `${filler}${point} ${filler}`;
    const start = words.indexOf("frontier");
    const quote = tellingQuote(words, [{ start, end: start + 16 }], 120);
    expect(quote).toBe(`… ${point} …`);
  });

  test("goes on with the next sentences while there is room", () => {
    const words = `${filler}${point} That is all.`;
    const start = words.indexOf("frontier");
    expect(tellingQuote(words, [{ start, end: start + 8 }], 120)).toBe(`… ${point} That is all.`);
  });

  test("shows the mark also in one endless sentence", () => {
    const words = `${"fish and ferries and ".repeat(60)}frontier systems${" and nets".repeat(60)}`;
    const start = words.indexOf("frontier");
    const quote = tellingQuote(words, [{ start, end: start + 16 }], 120);
    expect(quote).toContain("frontier systems");
    expect(quote.length).toBeLessThanOrEqual(124);
  });

  test("only ever holds words that stand there, never half a character", () => {
    const place = fc.record({ start: fc.nat(900), length: fc.nat(30) });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 800 }), fc.array(place), (words, places) => {
        const marks = places.map(({ start, length }) => ({ start, end: start + length }));
        const quote = tellingQuote(words, marks, 60);
        const inside = quote === words ? quote : quote.replace(/^… /, "").replace(/ …$/, "");
        expect(words).toContain(inside);
        expect(quote.isWellFormed()).toBe(words.isWellFormed());
      }),
    );
  });
});
