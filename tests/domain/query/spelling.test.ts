import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { letterChanges } from "../../../src/domain/query/letter-changes.ts";
import { parseQuery } from "../../../src/domain/query/parse.ts";
import { printQuery } from "../../../src/domain/query/print.ts";
import { countWords, nearestWords, respelt, wordsToSpell } from "../../../src/domain/query/spelling.ts";

const TEXTS = [
  "A hotline was opened; the hotline rings.",
  "Tariffs on chips. Negotiations go on.",
  "The hotlines of 中国 and 2026AI.",
];

describe("a misspelt word", () => {
  test.each([
    ["hotlnie", ["hotline", "hotlines"]],
    ["Hotlne", ["hotline"]],
    ["otline", ["hotline"]],
    ["tarrifs", ["tariffs"]],
    ["negotations", ["negotiations"]],
    ["chps", ["chips"]],
    ["hotline", ["hotlines"]],
    ["ships", ["chips"]],
    ["treaty", []],
  ])("%s is near %j", (word, near) => {
    expect(nearestWords(word, countWords(TEXTS), 3)).toEqual(near);
  });

  test("of equal distance is first the one with its first letter, then the more frequent one", () => {
    const known = new Map([
      ["walks", 9],
      ["tanks", 1],
      ["talks", 3],
    ]);
    expect(nearestWords("taks", known, 3)).toEqual(["talks", "tanks"]);
    expect(nearestWords("palks", known, 3)).toEqual(["walks", "talks"]);
  });
});

test("only single words of Latin letters that are asked for are looked at", () => {
  const { query } = parseQuery('hotlnie "red lins" -trade lang:en 热线 GPT-4 (talsk OR ai) one NEAR/3 othr');
  expect(wordsToSpell(query)).toEqual(["hotlnie", "talsk"]);
});

test("words are replaced where they are asked for, and nothing else is", () => {
  const { query } = parseQuery('hotlnie (talsk OR treaty) -hotlnie "hotlnie" lang:en');
  const words = new Map([
    ["hotlnie", "hotline"],
    ["talsk", "talks"],
  ]);
  expect(printQuery(respelt(query, words))).toBe('hotline (talks OR treaty) -hotlnie "hotlnie" lang:en');
});

test("counting that stops early tells the same of what is near", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (one, other, most) => {
      const whole = letterChanges(one, other);
      const stopped = letterChanges(one, other, most);
      expect(whole <= most ? stopped === whole : stopped > most).toBe(true);
    }),
  );
});

test("no word within the slips is passed over", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "é"), minLength: 4, maxLength: 9 });
  fc.assert(
    fc.property(word, word, (typed, other) => {
      const isNear = letterChanges(typed, other) <= (typed.length < 7 ? 1 : 2) && typed !== other;
      expect(nearestWords(typed, new Map([[other, 1]]), 1)).toEqual(isNear ? [other] : []);
    }),
  );
});
