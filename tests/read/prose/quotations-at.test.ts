import fc from "fast-check";
import { expect, test } from "vitest";
import { findQuotations, quotationsAt } from "../../../src/read/prose/quotation.ts";

test("the quotations at a part of a text are those that touch it", () => {
  const words = fc.array(fc.constantFrom("“we", "will”", "talk", '"now', 'then"', "said", "“open"), { maxLength: 60 });
  fc.assert(
    fc.property(words, fc.nat(200), fc.nat(60), (some, start, length) => {
      const text = some.join(" ");
      const all = findQuotations(text, { start: 0, end: text.length });
      const end = start + length;
      expect(quotationsAt(all, { start, end })).toEqual(
        all.filter(({ outer }) => outer.start <= end && outer.end >= start),
      );
    }),
  );
});
