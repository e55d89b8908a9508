import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, overlaps, type Span, wordsAt, wordsAtAll } from "../../src/domain/span.ts";

const spans = fc
  .tuple(fc.nat(50), fc.nat(50))
  .map(([a, b]): Span => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));

describe("a span", () => {
  test("cuts its words out exactly as they stand, in UTF-16 units", () => {
    const text = "中方表示 😀：“对话”。";
    const start = text.indexOf("对话");
    expect(wordsAt(text, { start, end: start + 2 })).toBe("对话");
  });

  test("joins interrupted words with one space", () => {
    const text = "“We will talk,” the spokesperson said, “and listen.”";
    const content = [
      { start: 1, end: 14 },
      { start: text.indexOf("and"), end: text.indexOf("and") + 11 },
    ];
    expect(wordsAtAll(text, content)).toBe("We will talk, and listen.");
  });

  test("that only touches another one does not overlap it", () => {
    expect(overlaps({ start: 0, end: 3 }, { start: 3, end: 5 })).toBe(false);
    expect(overlaps({ start: 0, end: 4 }, { start: 3, end: 5 })).toBe(true);
  });

  test("overlaps another one exactly when they share a position", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const shared = Array.from({ length: 60 }, (_, at) => at).some(
          (at) => a.start <= at && at < a.end && b.start <= at && at < b.end,
        );
        expect(overlaps(a, b)).toBe(shared);
        expect(overlaps(b, a)).toBe(shared);
      }),
    );
  });

  test("contains itself and whatever lies inside", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        expect(contains(a, a)).toBe(true);
        if (contains(a, b)) expect(overlaps(a, b)).toBe(true);
        if (contains(a, b) && contains(b, a)) expect(a).toEqual(b);
      }),
    );
  });
});
