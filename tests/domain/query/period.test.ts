import { describe, expect, test } from "vitest";
import { periodOf, readQuestion, withoutPeriod } from "../../../src/domain/query/ask.ts";

const asked = (q: string) => readQuestion({ q }).query;

describe("a question taken apart into its period and the rest", () => {
  test.each([
    ["talks since:2026-05 until:2026-06-03", "talks"],
    ["since:2026-05 side:US talks until:2026", "side:US talks"],
    ["since:2026-05", ""],
    ["talks", "talks"],
  ])("%s: asks %s within it", (q, rest) => {
    expect(withoutPeriod(asked(q))).toEqual(asked(rest));
  });

  test.each(["talks OR since:2026-05", "talks -until:2025"])(
    "%s: a bound within an OR or a NOT is no period and stays",
    (q) => {
      expect(periodOf(asked(q))).toEqual({ since: null, until: null });
      expect(withoutPeriod(asked(q))).toEqual(asked(q));
    },
  );
});
