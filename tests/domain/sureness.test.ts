import { expect, test } from "vitest";
import { surenessOf } from "../../src/domain/sureness.ts";

test.each([
  ["provisional", 1, [], "one-account"],
  ["confirmed", 2, [], "accounts"],
  ["confirmed", 3, ["confirm"], "accounts"],
  ["confirmed", 1, [], "official"],
  ["confirmed", 1, ["severity"], "official"],
  ["confirmed", 1, ["confirm"], "analyst"],
] as const)("%s with %i independent accounts and the acts %j is sure by %s", (certainty, families, acts, by) => {
  expect(
    surenessOf(
      { certainty, families },
      acts.map((act) => ({ act })),
    ),
  ).toBe(by);
});
