import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { missedOn } from "../../src/domain/gap.ts";

describe("what was missed on a page of a list", () => {
  test.each([
    ["all of it, where nothing on it is known", "abc", "", "abc", false],
    ["what stands before the known entry", "abK", "K", "ab", true],
    ["nothing behind the last known entry, which is older", "aKb", "K", "a", true],
    ["also what stands between a pinned old entry and the rest", "KabL", "KL", "ab", true],
    ["nothing, where all is known", "KL", "KL", "", true],
    ["nothing of an empty page", "", "", "", false],
  ])("is %s", (_, page, known, missed, reached) => {
    expect(missedOn([...page], (entry) => known.includes(entry))).toEqual({ missed: [...missed], reached });
  });

  test("never holds a known entry", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.array(fc.nat(20)), (page, known) => {
        const { missed } = missedOn(page, (entry) => known.includes(entry));
        expect(missed.filter((entry) => known.includes(entry))).toEqual([]);
      }),
    );
  });
});
