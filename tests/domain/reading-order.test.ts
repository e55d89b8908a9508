import { describe, expect, test } from "vitest";
import { type PlacedReading, placeReading } from "../../src/domain/reading-order.ts";

/** A reading of a capture; its version has ten times the capture's number. */
function reading(captureId: number, textSha256: string, readerVersion = 2): PlacedReading {
  return { versionId: captureId * 10, captureId, readerVersion, title: "Briefing", textSha256 };
}

describe("a reading is", () => {
  test.each([
    ["the first, where there is none", reading(1, "a"), [], { cause: "first", laterVersionId: null }],
    ["nothing, where it is here already", reading(1, "a"), [reading(1, "a")], null],
    ["nothing, where the capture before says the same", reading(2, "a"), [reading(1, "a")], null],
    ["an edit of the capture before", reading(2, "b"), [reading(1, "a")], { cause: "edited", laterVersionId: null }],
    ["an edit back", reading(3, "a"), [reading(1, "a"), reading(2, "b")], { cause: "edited", laterVersionId: null }],
    ["late, with a later one to compare", reading(1, "a"), [reading(2, "b")], { cause: "reread", laterVersionId: 20 }],
    ["late between two", reading(2, "b"), [reading(1, "a"), reading(3, "c")], { cause: "edited", laterVersionId: 30 }],
    [
      "no edit of what another reader read",
      reading(2, "b"),
      [reading(1, "a", 1)],
      { cause: "reread", laterVersionId: null },
    ],
  ] as const)("%s", (_what, own, others, expected) => {
    expect(placeReading(own, others, false)).toEqual(expected);
  });

  test("a better reading of ours, where the capture was read before", () => {
    const others = [reading(1, "old a", 1), reading(2, "old b", 1), reading(1, "a")];
    expect(placeReading(reading(2, "b"), others, true)).toEqual({ cause: "reread", laterVersionId: null });
    expect(placeReading(reading(2, "a"), others, true)).toEqual({ cause: "reread", laterVersionId: null });
  });
});
