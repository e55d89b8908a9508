import fc from "fast-check";
import { expect, test } from "vitest";
import { spansBetween } from "../../src/domain/spans-between.ts";

const span = fc.record({ start: fc.nat(50), length: fc.nat(20) }).map(({ start, length }) => ({
  start,
  end: start + length,
}));

test.each([
  ["in the order of their starts", true],
  ["in any order", false],
])("what starts between two places is what a look at all finds, of spans %s", (_, ordered) => {
  fc.assert(
    fc.property(
      fc.array(span),
      fc.integer({ min: -5, max: 60 }),
      fc.integer({ min: -5, max: 60 }),
      (given, from, to) => {
        const all = ordered ? [...given].sort((a, b) => a.start - b.start) : given;
        expect(spansBetween(all, from, to)).toEqual(all.filter(({ start }) => from <= start && start <= to));
      },
    ),
  );
});
