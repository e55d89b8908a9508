import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highlightsOf, MOST_MARKED } from "../../../src/domain/query/highlight.ts";
import type { Near, Phrase, Word } from "../../../src/domain/query/query.ts";
import { soughtTerms, type Term } from "../../../src/domain/query/terms.ts";
import { finderOf, indexText, standsIn, type TextIndex } from "../../../src/domain/query/text-index.ts";

const word = (words: string): Word => ({ is: "word", words });
const phrase = (words: string): Phrase => ({ is: "phrase", words });
const near = (left: Word | Phrase, right: Word | Phrase, within: number): Near => ({ is: "near", left, right, within });

/** Positions [first, last] at which words stand, each place tried: what the finder must find by any shorter way. */
function runsIn({ places }: TextIndex, leaf: Word | Phrase) {
  const sought = soughtTerms(leaf.words);
  const width =
    [...(sought.at(-1)?.term ?? "")].length === 2 && /\p{Script=Han}/u.test(sought.at(-1)?.term ?? "") ? 1 : 0;
  return (places.get(sought[0]?.term ?? "") ?? []).flatMap((start) => {
    const run = sought.map(({ term, offset }) =>
      places.get(term)?.find((one) => one.position === start.position + offset),
    );
    const end = run.at(-1);
    if (!end || run.includes(undefined)) return [];
    return [{ start: start.start, end: end.end, first: start.position, last: end.position + width }];
  });
}

/** Counts how often a place is read. */
function countReads(index: TextIndex): { readonly index: TextIndex; readonly reads: () => number } {
  let reads = 0;
  const counting = (list: readonly Term[]) =>
    new Proxy(list, {
      get(target, name, self) {
        if (typeof name === "string" && /^\d+$/.test(name)) reads += 1;
        return Reflect.get(target, name, self);
      },
    });
  const places = new Map([...index.places].map(([term, list]) => [term, counting(list)]));
  return { index: { text: index.text, places }, reads: () => reads };
}

describe("a text made ready for some terms only", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "talks ",
      "Talking ",
      "U.S. ",
      "dying ",
      "skies ",
      "Ångström ",
      "ＡＩ ",
      "ﬁrst ",
      "人工智能",
      "，",
      "é́ ",
      "don’t ",
    ),
    fc.string({ maxLength: 6 }).map((word) => `${word} `),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  test("has them where a text made ready for all has them", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (all, chosen) => {
        const whole = indexText(all);
        const terms = [...whole.places.keys()];
        const wanted = new Set(chosen.flatMap((place) => terms[place % terms.length] ?? []));
        const expected = [...whole.places].filter(([term]) => wanted.has(term));
        expect([...indexText(all, wanted).places]).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("words in a text", () => {
  const text = fc
    .array(fc.constantFrom("a ", "b ", "c ", "中", "美", "，"), { maxLength: 40 })
    .map((parts) => parts.join(""));
  const words = fc
    .array(fc.constantFrom("a ", "b ", "中", "美"), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("").trim());

  test("are found wherever they stand one after the other", () => {
    fc.assert(
      fc.property(text, words, (all, sought) => {
        const index = indexText(all);
        const expected = runsIn(index, word(sought)).map(({ start, end }) => ({ start, end }));
        expect(finderOf(word(sought))(index)).toMatchObject(expected);
        expect(finderOf(word(sought))(index)).toHaveLength(expected.length);
        expect(standsIn(word(sought))(index)).toBe(expected.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test("are near each other where some place of the one is near some place of the other", () => {
    fc.assert(
      fc.property(text, words, words, fc.integer({ min: 1, max: 6 }), (all, left, right, within) => {
        const index = indexText(all);
        const [ones, others] = [runsIn(index, word(left)), runsIn(index, word(right))];
        const pairs = ones.flatMap((one) =>
          others
            .filter(({ first, last }) => {
              const [after, before] = [first - one.last, one.first - last];
              return (after >= 1 && after <= within) || (before >= 1 && before <= within);
            })
            .map((other) => [one.start, other.start] as const),
        );
        const leaf = near(word(left), word(right), within);
        const places = (runs: readonly { start: number }[]) => new Set(runs.map(({ start }) => start));
        expect(places(finderOf(leaf)(index))).toEqual(new Set(pairs.flat()));
        expect(standsIn(leaf)(index)).toBe(pairs.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a text that says the same over and over", () => {
  const places = 20_000;
  const characters = indexText("中".repeat(places));

  test("is walked a few times for a phrase, however often the phrase has the same character", () => {
    const { index, reads } = countReads(characters);
    expect(standsIn(word("中".repeat(900)))(index)).toBe(true);
    expect(reads()).toBeLessThan(900 * 905);
    const longer = countReads(characters);
    expect(standsIn(phrase(`${"中".repeat(50)}美`))(longer.index)).toBe(false);
    expect(longer.reads()).toBe(0);
  });

  test("is walked a few times for words near each other, not once for each place", () => {
    const { index, reads } = countReads(indexText("China talks ".repeat(places)));
    const found = finderOf(near(word("China"), word("talks"), 10))(index);
    expect(found).toHaveLength(2 * places);
    expect(reads()).toBeLessThan(5 * places);
  });

  test("is marked at its first places only", () => {
    const leaf = near(word("China"), word("talks"), 10);
    const text = "China talks. ".repeat(places);
    const marked = highlightsOf(leaf, text);
    expect(marked.length).toBe(2 * MOST_MARKED);
    expect(marked[0]).toEqual({ start: 0, end: 5 });
    expect(highlightsOf(word("zebra"), `${text}zebra`)).toEqual([]);
  });
});
