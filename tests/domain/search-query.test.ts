import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBound, readSearch } from "../../src/domain/search-query.ts";

describe("a search line", () => {
  test.each([
    ["talks on AI", [["talks"], ["on"], ["AI"]]],
    ['"red lines" talks', [["red lines", "phrase"], ["talks"]]],
    ["“red lines”", [["red lines", "phrase"]]],
    ["「红线」 对话", [["红线", "phrase"], ["对话"]]],
    ["talks -trade", [["talks"], ["trade", "not"]]],
    ['-"red lines"', [["red lines", "phrase", "not"]]],
    ["AI-enabled", [["AI-enabled"]]],
    ["at 10:30", [["at"], ["10:30"]]],
    ["https://norland.example/a", [["https://norland.example/a"]]],
    ["   ", []],
  ])("%s is cut into words, phrases and exclusions", (q, expected) => {
    const { query, mistakes } = readSearch({ q });
    expect(mistakes).toEqual([]);
    expect(
      query.terms.map(({ words, phrase, excluded }) => [
        words,
        ...(phrase ? ["phrase"] : []),
        ...(excluded ? ["not"] : []),
      ]),
    ).toEqual(expected);
  });

  test("holds filters inside it like those beside it", () => {
    const inside = readSearch({
      q: 'talks actor:"Ada Example" topic:process,frontier kind:direct lang:zh since:2026-05 until:2026-06-30',
    });
    const beside = readSearch({
      q: "talks",
      actor: "Ada Example",
      topic: "process,frontier",
      kind: "direct",
      lang: "zh",
      since: "2026-05",
      until: "2026-06-30",
    });
    expect(inside).toEqual(beside);
    expect(inside.query).toMatchObject({
      ...{ actors: ["Ada Example"], topics: ["process", "frontier"], kinds: ["direct"], langs: ["zh"] },
      ...{ since: new Date("2026-05-01T00:00:00Z"), until: new Date("2026-07-01T00:00:00Z") },
    });
  });

  test("takes the narrower of two bounds", () => {
    const { query } = readSearch({ q: "since:2026-05 until:2026-06", since: "2026-04", until: "2026-07" });
    expect(query.since).toEqual(new Date("2026-05-01T00:00:00Z"));
    expect(query.until).toEqual(new Date("2026-07-01T00:00:00Z"));
  });

  test.each([
    ['"red lines', "q", /never closed/],
    ["speaker:ada", "q", /No filter is called speaker.*actor:/],
    ["actor:", "q", /Nothing follows/],
    ["-", "q", /Nothing follows/],
    ["-actor:ada", "q", /cannot exclude/],
    ["kind:spoken", "q", /direct, mixed or indirect/],
    ["since:yesterday", "q", /2026-05-19/],
    ["???", "q", /no letter or digit/],
    ["talks\u0000", "q", /control character/],
    ["a ".repeat(21), "q", /at most 20/],
    ["a".repeat(501), "q", /at most 500/],
  ])("%j is refused with what is expected", (q, parameter, message) => {
    expect(readSearch({ q }).mistakes).toEqual([{ parameter, message: expect.stringMatching(message) }]);
  });

  test("names the parameter that is wrong", () => {
    const { mistakes } = readSearch({ kind: "spoken", since: "2026-02-30", topic: "Not an id" });
    expect(mistakes.map(({ parameter }) => parameter)).toEqual(["topic", "kind", "since"]);
  });

  test("a period that ends before it begins is a mistake", () => {
    expect(readSearch({ since: "2026-06", until: "2026-05" }).mistakes).toMatchObject([{ parameter: "until" }]);
  });

  test("is never more than understood or refused, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (q) => {
        const { query, mistakes } = readSearch({ q });
        expect(query.terms.every(({ words }) => words.trim() !== "") || mistakes.length > 0).toBe(true);
      }),
    );
  });
});

describe("a bound", () => {
  test.each([
    ["2026", "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["2026-12", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z", "2024-03-01T00:00:00.000Z"],
    ["0099", "0099-01-01T00:00:00.000Z", "0100-01-01T00:00:00.000Z"],
    ["2026-05-19T20:31+08:00", "2026-05-19T12:31:00.000Z", "2026-05-19T12:31:00.000Z"],
    ["2026-05-19T20:31 08:00", "2026-05-19T12:31:00.000Z", "2026-05-19T12:31:00.000Z"],
  ])("%s stands for the whole of its day, month or year", (text, since, until) => {
    expect(readBound(text, "since")?.toISOString()).toBe(since);
    expect(readBound(text, "until")?.toISOString()).toBe(until);
  });

  test.each([
    "2025-02-29",
    "2026-00",
    "2026-13",
    "2026-04-31",
    "0000",
    "19 May",
    "2026-5-1",
    "2026-05-19T25:00Z",
    "2026-02-30T10:00Z",
    "2026-05-19T10:00",
  ])("%s is no date", (text) => {
    expect(readBound(text, "since")).toBeNull();
    expect(readBound(text, "until")).toBeNull();
  });

  test("of a day is 24 hours long and begins at its first moment", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const [since, until] = [readBound(day, "since"), readBound(day, "until")];
          expect(since?.toISOString()).toBe(`${day}T00:00:00.000Z`);
          expect(Number(until) - Number(since)).toBe(86_400_000);
        },
      ),
    );
  });
});
