import { expect, test } from "vitest";
import { isCatalogueId } from "../../src/catalogue/fields.ts";

test.each(["china", "us-state", "cn-mfa-briefings-en", "safety.frontier", "g20"])("%s could be an id", (text) => {
  expect(isCatalogueId(text)).toBe(true);
});

test.each(["", "China", "us_state", "-china", "china-", "a..b", "a b", "中国", "china\n", "x".repeat(81)])(
  "%j could not be an id",
  (text) => {
    expect(isCatalogueId(text)).toBe(false);
  },
);
