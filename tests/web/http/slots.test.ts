import { expect, test } from "vitest";
import { createSlots } from "../../../src/web/http/slots.ts";

test("there are so many slots, and of these so many for each who asks", () => {
  const slots = createSlots(3, 2);
  const [first, second] = [slots.take("ada"), slots.take("ada")];
  expect([first, second, slots.take("ada")].map((slot) => slot !== null)).toEqual([true, true, false]);
  expect(slots.take("bo")).not.toBeNull();
  expect(slots.take("cy")).toBeNull();
  first?.();
  // Freed a second time it is not freed twice.
  first?.();
  expect(slots.take("cy")).not.toBeNull();
  expect(slots.take("cy")).toBeNull();
});
