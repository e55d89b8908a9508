import { expect, test } from "vitest";
import { createFirstLooks, type FirstLook } from "../../src/workers/first-looks.ts";

function firstLook(id: number, text = "Short."): FirstLook {
  return { version: { id, article: { text } }, look: {} } as FirstLook;
}

test("a first look is given away once", () => {
  const looks = createFirstLooks();
  looks.keep(firstLook(1));
  expect(looks.take(1)?.version.id).toBe(1);
  expect(looks.take(1)).toBeNull();
});

test("first looks that nobody takes make room for later ones, and very long texts are not held at all", () => {
  const looks = createFirstLooks();
  for (let id = 1; id <= 40; id += 1) looks.keep(firstLook(id));
  looks.keep(firstLook(41, "a".repeat(200_000)));
  const held = Array.from({ length: 41 }, (_, index) => index + 1).filter((id) => looks.take(id) !== null);
  expect(held).toEqual(Array.from({ length: 16 }, (_, index) => index + 25));
});
