import { expect, test } from "vitest";
import { withoutMailAddresses } from "../../src/net/without-mail-addresses.ts";

test.each([
  ["550 <Jane.Doe@example.org>: no jane.doe here", "jane.doe@example.org", "550 <J…@example.org>: no j… here"],
  ["550 desk-d2 unknown", "desk-d2@example.org", "550 d… unknown"],
  ["550 a+b/c unknown", "a+b/c@example.org", "550 a… unknown"],
])("%s is told without the address", (said, known, told) => {
  expect(withoutMailAddresses(said, [known])).toBe(told);
});
